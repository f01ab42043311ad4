package mandate

import (
	"time"

	"estran/session"
)

// New is an empty mandate for one day, with what the configuration says of the structure. Nothing is explained, nothing
// is kept, no mail is sent on: each is a choice that a person makes.
func New(c session.AssistConfig, today time.Time) Mandate {
	return Mandate{
		Function: c.Function, Structure: c.Structure, Address: c.Address, Contact: c.Contact, CopyYears: c.CopyYears,
		Explained: map[Explanation]bool{},
		From:      today, Until: today,
	}
}

// Sample is a mandate that passes Check, of people and of a town that do not exist: for trying the printer, for guides
// and for tests.
func Sample(today time.Time) Mandate {
	m := New(session.AssistConfig{
		Function: "Conseillère numérique", Structure: "CCAS de Villexemple",
		Address: "1 place de la Mairie, 00000 Villexemple", Contact: "dpo@villexemple.example", CopyYears: 5,
	}, today)
	m.Person, m.Agent, m.Place = "Camille Exemple", "Dominique Modèle", "Villexemple"
	for _, e := range Explanations() {
		m.Explained[e] = true
	}
	m.Protection = ProtectionNone
	m.Formalities = []Formality{
		{Kind: FormalityMailbox},
		{Kind: FormalityAccount, Detail: "Caisse d’allocations familiales (CAF)"},
		{Kind: FormalityDeclare, Detail: "Caisse d’allocations familiales (CAF)"},
		{Kind: FormalityOther, Detail: "Imprimer une attestation de quotient familial"},
	}
	m.Sites = []session.Private{"caf.fr", "laposte.net"}
	return m
}
