package session

import (
	"context"
	"os"
	"time"
)

// Assist is the médiateur's half of a Station: who may help, how, and what is counted of it. Its calls need an agent who
// is signed in (ErrAgentNeeded), but for SignIn, and for a Count that is still due.
//
// Which agent it is, is told to nobody and kept nowhere: Status says that there is one, and of what profile.
type Assist interface {
	// SignIn lets an agent in, in Ready and Open, and never while a browser window has the keyboard (ErrBrowserOpen).
	// The answers to a refusal are ErrAgentForm, ErrAgentWrong, ErrAgentWait, ErrAgentBlocked, ErrAgentDisabled,
	// ErrAgentExpired, ErrNoAgents and ErrAgentsUntrusted. Signing in lasts until the session ends; in Ready, until
	// nobody touched anything for the idle limit.
	SignIn(ctx context.Context, login, code Private) error
	// SignOut ends it before that. A session in a mode that needs an agent goes on as Alone.
	SignOut(ctx context.Context) error
	// SetMode changes the mode of an open session: to Alone always, to the others with an agent. The browser must be
	// closed to enter or leave Act (ErrBrowserOpen). Act wants what the configuration says: ErrMandate without it.
	SetMode(ctx context.Context, mode Mode, o ActOptions) error
	// PrintPaper prints a sheet that the kiosk made, a PDF in sealed memory (session/paper/sealed); ErrNoPrinter where
	// there is none, ErrLimit when it was printed often enough, ErrForm when it is not such a file. The file stays the
	// caller's, who may close it once this has answered. Status.PrinterProblem tells when it waits for paper.
	PrintPaper(ctx context.Context, kind PaperKind, pdf *os.File) error
	// SavePaper writes it to the key, under a name that tells nothing of who it is for; ErrNoMedium, ErrReadOnly,
	// ErrFull, ErrBusy. Status.Medium tells the rest, as for CopyOut. The file stays the caller's, as for PrintPaper.
	SavePaper(ctx context.Context, kind PaperKind, pdf *os.File) error
	// Count adds one intervention to the counts of the day: what was tapped, and what the station knows of its mode and
	// length. Once a session, in it or after it until the next one opens; ErrState otherwise.
	Count(ctx context.Context, o CountOptions) error
	// Activity tells the counts of today, with an agent; small numbers are merged.
	Activity(ctx context.Context) (Activity, error)
}

// ActOptions says on what ground an agent acts for the visitor.
type ActOptions struct {
	// Mandate says that a mandate was signed.
	Mandate bool
	// Sites are the names of the hosts that it names, at most MaxActSites, such as "caf.fr": the browser opens those and
	// what is under them, nothing else. Without a mandate, where the structure allows it, none means no limit.
	Sites []Private
}

// MaxActSites is how many hosts a mandate may name.
const MaxActSites = 20

// PaperKind is a sheet that the kiosk makes.
type PaperKind string

// The sheets. Each has a fixed name on a key.
const (
	PaperMandate PaperKind = "mandate" // the whole text, to sign
	PaperPlain   PaperKind = "plain"   // the same in plain words
	PaperDone    PaperKind = "done"    // what an agent did for the person
	PaperLesson  PaperKind = "lesson"  // what to take home from a lesson
)

// PaperKinds lists them.
func PaperKinds() []PaperKind {
	return []PaperKind{PaperMandate, PaperPlain, PaperDone, PaperLesson}
}

// MaxPaper is the largest sheet, in bytes.
const MaxPaper = 4 << 20

// Profile is what an agent may do.
type Profile string

// The profiles (CNIL référentiel 2021-028 §10: profils d'habilitation).
const (
	NoProfile          Profile = ""
	ProfileMediateur   Profile = "mediateur"   // the three situations
	ProfileResponsable Profile = "responsable" // the same, and answers for the accounts
	ProfileMaintenance Profile = "maintenance" // looks after the computer: no situation, no count
)

// Profiles lists them.
func Profiles() []Profile {
	return []Profile{ProfileMediateur, ProfileResponsable, ProfileMaintenance}
}

// Helps says that the profile may help a visitor.
func (p Profile) Helps() bool { return p == ProfileMediateur || p == ProfileResponsable }

// AgentStatus tells whether an agent is there, never which one.
type AgentStatus struct {
	// Possible says that somebody can sign in here: agents were registered, and their file is sound.
	Possible bool
	// Present says that an agent is signed in, with that profile.
	Present bool
	Profile Profile
	// WaitLeft is how long the login that failed last must wait before it is tried again.
	WaitLeft time.Duration
	// TriesLeft is how many codes may still be tried with the login that failed last; 0 when none failed.
	TriesLeft int
	// Uncounted says that the session with an agent that goes on, or ended last, was not counted yet.
	Uncounted bool
}

// AssistedLength bounds a session in which an agent extends the time without ceremony, from its opening.
const AssistedLength = 8 * time.Hour
