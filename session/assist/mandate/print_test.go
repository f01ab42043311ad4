package mandate_test

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/assist/mandate"
	"estran/session/sessiontest"
)

func versions() []mandate.Version {
	return []mandate.Version{mandate.Full, mandate.Plain, mandate.Courtesy}
}

func TestFullSaysAllThatIsSigned(t *testing.T) {
	m := mandate.Sample(today)
	m.Sites = append(m.Sites, "https://www.préfecture.fr/x")
	text := said(t, printed(t, mandate.Full, m, "en"))
	for _, want := range []string{
		"Mandat d’aide aux démarches en ligne", "articles 1984 et suivants du Code civil",
		"Le mandant, la personne aidée : Camille Exemple", "Le mandataire, la personne qui aide : Dominique Modèle",
		"Fonction : Conseillère numérique", "Structure : CCAS de Villexemple", "Adresse : 1 place de la Mairie, 00000 Villexemple",
		"• Créer une adresse électronique et son mot de passe", "• Créer un compte : Caisse d’allocations familiales (CAF)",
		"• Autre : Imprimer une attestation de quotient familial", "caf.fr, laposte.net, préfecture.fr (xn--prfecture-c4a.fr)",
		"Ce mandat vaut pour un seul jour : le jeudi 26 novembre 2026.", "Ensuite, il en faut un autre.", "aucune mesure de protection juridique",
		"à quoi sert l’aide", "quelles données sont utilisées", "ses droits de voir, de corriger", "son droit d’arrêter à tout moment",
		"ne sont pas gardés", "jamais gardés sur l’ordinateur public", "Rien n’est envoyé vers la boîte du mandataire.",
		"révoquer ce mandat à tout moment, sans motif", "Articles 2003, 2004 et 2007",
		"La mort ou la tutelle met aussi fin au mandat.", "mission d’intérêt public", "Seuls le mandataire et les services concernés", "délégué à la protection des données, à qui il s’adresse : dpo@villexemple.example",
		"en années après la fin du mandat : 5", "Il se déconnecte de chaque compte",
		"Estran, le programme de l’ordinateur public, ne garde rien de ce mandat.", "Fait en deux exemplaires (mandant, structure).", "Fait à Villexemple, le :",
		"Signature du mandant Camille Exemple", "Signature du mandataire Dominique Modèle",
		"Coupon de révocation Je mets fin au mandat qui commence le jeudi 26 novembre 2026.", "Mon nom : Camille Exemple Le nom du mandataire : Dominique Modèle",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said", want)
		}
	}
	if n := strings.Count(text, "☑"); n != 4 {
		t.Errorf("%d explanations are ticked", n)
	}
	if t.Failed() {
		t.Log(text)
	}
}

// A choice says one thing, and not its contrary too.
func TestChoicesAreNotSaidBothWays(t *testing.T) {
	for _, c := range []struct {
		change     func(*mandate.Mandate)
		want, none string
	}{
		{func(m *mandate.Mandate) { m.Redirect = true }, "arrivent aussi au mandataire. À la fin du mandat, cet envoi cesse.", "restent dans sa boîte"},
		{func(m *mandate.Mandate) { m.Redirect = false }, "restent dans sa boîte", "arrivent aussi"},
		{func(m *mandate.Mandate) { m.Keep = mandate.KeepNone }, "ne sont pas gardés", "rendus au mandant"},
		{func(m *mandate.Mandate) { m.Keep = mandate.KeepSafe }, "au coffre de la structure", "ne sont pas gardés"},
		{func(m *mandate.Mandate) { m.Keep = mandate.KeepEnvelope }, "ouverte avec le mandant", "ne sont pas gardés"},
		{func(m *mandate.Mandate) { m.Keep = mandate.KeepVault }, "coffre-fort numérique du mandant", "ne sont pas gardés"},
		{func(m *mandate.Mandate) { m.Until = today.AddDate(0, 1, 0) }, "Ce mandat commence le jeudi 26 novembre 2026. Il finit le samedi 26 décembre 2026 au soir.", "un seul jour"},
		{func(m *mandate.Mandate) { m.From = time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC); m.Until = m.From }, "un seul jour : le lundi 1er mars 2027.", "2026"},
	} {
		m := mandate.Sample(today)
		c.change(&m)
		text := said(t, printed(t, mandate.Full, m, "fr"))
		if !strings.Contains(text, c.want) || strings.Contains(text, c.none) {
			t.Errorf("want %q and not %q in\n%s", c.want, c.none, text)
		}
	}
}

func TestPlainSaysTheSame(t *testing.T) {
	m := mandate.Sample(today)
	for lang, want := range map[string][]string{
		"fr": {"Je m’appelle Camille Exemple .", "Elle travaille pour : CCAS de Villexemple", "• caf.fr • laposte.net", "un seul jour : le jeudi 26 novembre 2026.", "Je peux dire stop à tout moment.", "Elle ne répète rien.", "Je signe le mandat, pas ce papier.", "dpo@villexemple.example", "inspiré du FALC"},
		"en": {"My name is Camille Exemple .", "They work for: CCAS de Villexemple", "• caf.fr • laposte.net", "for one day: Thursday 26 November 2026.", "I can say stop at any time.", "dpo@villexemple.example"},
	} {
		text := said(t, printed(t, mandate.Plain, m, lang))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is not said in\n%s", lang, w, text)
			}
		}
	}
}

// Nothing on a translation can be taken for what is signed.
func TestCourtesyIsNotSigned(t *testing.T) {
	text := said(t, printed(t, mandate.Courtesy, mandate.Sample(today), "en"))
	if !strings.Contains(text, "The French text alone is binding.") || strings.Contains(text, "Signature") || strings.Contains(text, "slip I end") {
		t.Errorf("the translation reads\n%s", text)
	}
}

// What a screen reader says is all that there is to read: no word of the page is without an element.
func TestEveryWordIsTagged(t *testing.T) {
	m := mandate.Sample(today)
	m.Until = today.AddDate(0, 6, 0)
	sheets := map[string][]byte{
		"done":  pdf(t, func(w io.Writer) error { return mandate.PrintDone(w, done(), "fr") }),
		"blank": pdf(t, func(w io.Writer) error { return mandate.PrintBlank(w, mandate.Full, "fr") }),
	}
	for _, v := range versions() {
		sheets[string(v)] = printed(t, v, m, "fr")
	}
	footer := regexp.MustCompile(`\S.* – page \d sur \d`)
	for what, page := range sheets {
		seen := footer.ReplaceAllString(sessiontest.Filter(t, page, "pdftotext", "-raw", "-nopgbrk", "-", "-"), "")
		seen = strings.ReplaceAll(seen, "✂", "")
		if got, want := letters(said(t, page)), letters(seen); got != want {
			t.Errorf("%s: a reader says\n%s\nthe page shows\n%s", what, got, want)
		}
	}
}

func TestSheetsTellLanguageAndNoMaker(t *testing.T) {
	m := mandate.Sample(today)
	for v, lang := range map[mandate.Version]string{mandate.Full: "fr", mandate.Plain: "en", mandate.Courtesy: "en"} {
		page := printed(t, v, m, "en")
		if !bytes.Contains(page, []byte("/Lang ("+lang+")")) {
			t.Errorf("%s is not said to be in %s", v, lang)
		}
		info := sessiontest.Filter(t, page, "pdfinfo", "-")
		if !strings.Contains(info, "Tagged:          yes") || regexp.MustCompile(`(?i)producer|creator|author|creationdate|moddate|camille|dominique`).MatchString(info) {
			t.Errorf("%s tells of itself\n%s", v, info)
		}
		if !bytes.Equal(page, printed(t, v, m, "en")) {
			t.Errorf("%s is not the same file twice", v)
		}
	}
}

func TestANameThatCannotBePrintedHasALine(t *testing.T) {
	m := mandate.Sample(today)
	m.Person = "李小龍"
	for _, v := range []mandate.Version{mandate.Full, mandate.Plain} {
		text := said(t, printed(t, v, m, "fr"))
		if !strings.Contains(text, "□□□") || !strings.Contains(text, "Écrivez le nom à la main") {
			t.Errorf("%s reads\n%s", v, text)
		}
	}
}

func TestPrintRefusesWhatCannotBeSigned(t *testing.T) {
	m := mandate.Sample(today)
	m.Protection = mandate.ProtectionCuratelle
	var b bytes.Buffer
	err := mandate.Print(&b, mandate.Full, m, "fr")
	if err == nil || b.Len() > 0 {
		t.Fatalf("a mandate of somebody under protection was printed: %v", err)
	}
	for _, private := range []string{"Camille", "Dominique", "caf"} {
		if strings.Contains(err.Error(), private) {
			t.Errorf("the error tells %s: %v", private, err)
		}
	}
	if err := mandate.Print(&b, "other", mandate.Sample(today), "fr"); err == nil || b.Len() > 0 {
		t.Error("an unknown version was printed")
	}
	if err := mandate.Print(broken{}, mandate.Full, mandate.Sample(today), "fr"); !errors.Is(err, errBroken) {
		t.Errorf("a printer that fails gives %v", err)
	}
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func done() mandate.Done {
	return mandate.Done{
		When: today, Structure: "CCAS de Villexemple", Formalities: mandate.Sample(today).Formalities,
		Ticked: []bool{true, true, false, true}, Notes: []session.Private{"Rapporter un RIB.", "Rappel : 12 mars."},
	}
}

func TestDone(t *testing.T) {
	d := done()
	text := said(t, pdf(t, func(w io.Writer) error { return mandate.PrintDone(w, d, "fr") }))
	for _, want := range []string{
		"C’était le jeudi 26 novembre 2026.", "CCAS de Villexemple", "☑ Fait : Créer un compte",
		"☐ Pas fait : Déclarer", "☑ Fait : Imprimer une attestation", "Rapporter un RIB. Rappel : 12 mars.", "Je garde ce papier",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said in\n%s", want, text)
		}
	}
	d.Ticked = d.Ticked[:3]
	if err := mandate.PrintDone(io.Discard, d, "fr"); err == nil {
		t.Error("a formality of which nothing is said was printed")
	}
	pdf(t, func(w io.Writer) error { return mandate.PrintDone(w, mandate.Done{When: today}, "en") })
}
