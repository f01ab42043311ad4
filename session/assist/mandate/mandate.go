// Package mandate is the mandate under which an agent acts for a visitor: what it says, what makes it valid, and its
// sheet. A mandate lives in the kiosk's memory for as long as its screens, is printed or copied to the person's own key,
// and is kept nowhere: this package reads and writes no file.
package mandate

import (
	"strconv"
	"time"

	"estran/session"
)

// Mandate is what the wizard asks, one field a question. Check says what is missing.
type Mandate struct {
	// Person gives the mandate, Agent receives it: first name and name.
	Person, Agent session.Private
	// Function of the agent, and the Structure with its Address and whom to ask about one's data: the configuration
	// fills them in. Empty leaves a line to write on.
	Function, Structure, Address, Contact string
	// CopyYears is how long the structure keeps its signed copy after the last day, in years; the configuration fills it
	// in, 0 leaves a line to write on (règlement UE 2016/679, article 13, 2, a: the person is told).
	CopyYears int
	// Explained are the four explanations that were given (Explanations).
	Explained map[Explanation]bool
	// Protection is what the person answered on measures of legal protection.
	Protection Protection
	// Formalities are what the agent may do, one by one, and nothing else.
	Formalities []Formality
	// Sites are the names of the hosts, as typed; Hosts gives them clean.
	Sites []session.Private
	// Redirect says that mail may go to the agent's mailbox while the help lasts.
	Redirect bool
	// Keep says where the person's identifiers are kept, KeepNone by default. Never on this computer.
	Keep Keep
	// From and Until are the first and the last day.
	From, Until time.Time
	// Place is where it is signed.
	Place session.Private
}

// copyYears says CopyYears, nothing for 0.
func (m *Mandate) copyYears() string {
	if m.CopyYears == 0 {
		return ""
	}
	return strconv.Itoa(m.CopyYears)
}

// Explanation is one of the four things that make a consent valid (CNIL kit for social workers, January 2019).
type Explanation string

// The explanations.
const (
	ExplainPurpose  Explanation = "purpose"  // what the help is for
	ExplainData     Explanation = "data"     // which data, and why
	ExplainRights   Explanation = "rights"   // to see, to correct, to delete
	ExplainWithdraw Explanation = "withdraw" // and to stop at any time
)

// Explanations lists them in the order of the wizard.
func Explanations() []Explanation {
	return []Explanation{ExplainPurpose, ExplainData, ExplainRights, ExplainWithdraw}
}

// Protection is a measure of legal protection. A person under one does not sign alone: the wizard stops and says whom to
// call (Code civil, articles 425 and following, 1145 and 1146).
type Protection string

// The answers. The zero value is no answer, which is no « none ».
const (
	ProtectionUnasked    Protection = ""
	ProtectionNone       Protection = "none"
	ProtectionSauvegarde Protection = "sauvegarde"
	ProtectionCuratelle  Protection = "curatelle"
	ProtectionTutelle    Protection = "tutelle"
	ProtectionUnsure     Protection = "unsure"
)

// Stop says that the wizard goes no further.
func (p Protection) Stop() bool { return p != ProtectionNone }

// FormalityKind is a kind of thing to do.
type FormalityKind string

// The kinds. All but FormalityMailbox and FormalityOther name a service; FormalityOther says in words.
const (
	FormalityMailbox FormalityKind = "mailbox" // create an e-mail address
	FormalityAccount FormalityKind = "account" // create an account on a named service
	FormalityDeclare FormalityKind = "declare" // declare or update on a named service
	FormalityConsult FormalityKind = "consult" // look at a file on a named service
	FormalityUpload  FormalityKind = "upload"  // hand in papers on a named service
	FormalityOther   FormalityKind = "other"   // in words
)

// FormalityKinds lists them in the order of the wizard.
func FormalityKinds() []FormalityKind {
	return []FormalityKind{
		FormalityMailbox, FormalityAccount, FormalityDeclare, FormalityConsult, FormalityUpload, FormalityOther,
	}
}

// Formality is one thing that the agent may do. Detail is the service, or the words of FormalityOther; FormalityMailbox
// may have none.
type Formality struct {
	Kind   FormalityKind
	Detail session.Private
}

// Keep is where identifiers are kept.
type Keep string

// The places (CNIL référentiel 2021-028 §10; a password is kept only as an exception, and never on this computer).
const (
	KeepNone     Keep = ""
	KeepSafe     Keep = "safe"     // a notebook in a safe of the structure
	KeepEnvelope Keep = "envelope" // a closed envelope, opened with the person
	KeepVault    Keep = "vault"    // a digital vault of the person's
)

// Keeps lists them in the order of the wizard.
func Keeps() []Keep { return []Keep{KeepNone, KeepSafe, KeepEnvelope, KeepVault} }

// The bounds of what is typed, in characters, of how much there is of it, and of how long it holds. The sheet has room for
// all of them at once on two sides.
const (
	MaxName        = 200
	MaxDetail      = 120
	MaxSite        = 80 // of the clean name of a host
	MaxFormalities = 12
	MaxYears       = 1
)
