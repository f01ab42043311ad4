package session

// Receipt is what a wipe did, for the visitor to read. It names steps and limits by stable ids that assets puts in
// words, and nothing of the session.
type Receipt struct {
	Steps []StepStatus
	// Limits names what is out of the station's hands: the town's router, the printer's memory.
	Limits []string
}

// Verified says that every step was wiped, looked for again, and not found. A receipt without steps is not verified.
func (r Receipt) Verified() bool {
	for _, s := range r.Steps {
		if s.State != StepVerified {
			return false
		}
	}
	return len(r.Steps) > 0
}

// The steps of a wipe, in their order. assets holds a sentence for each.
const (
	StepBrowser   = "browser"   // the sandbox and all that ran in it
	StepMedium    = "medium"    // the key is no longer mounted
	StepPrinting  = "printing"  // no job waits in the queue
	StepDocuments = "documents" // the session's memory: home, documents, temporary files
	StepRemains   = "remains"   // nothing of any session is left in the station's directories
	StepScreen    = "screen"    // the compositor, the terminal and the kiosk were ended; only where the station rules them
	StepSystem    = "system"    // the kernel and the computer's services forgot the key; only where the station rules them
	StepRecord    = "record"    // the state file says that no session is open
)

// Steps lists every step, for tests that hold texts and steps together.
func Steps() []string {
	return []string{StepBrowser, StepMedium, StepPrinting, StepDocuments, StepRemains, StepScreen, StepSystem, StepRecord}
}

// What is out of the station's hands.
const (
	LimitNetwork  = "network"  // router, proxy, the sites themselves
	LimitAccounts = "accounts" // accounts left open on a site
	LimitPrinter  = "printer"  // the printer's own memory and its tray
	LimitMemory   = "memory"   // freed memory is not overwritten: no init_on_free
	LimitSwap     = "swap"     // a swap is on
	LimitDesktop  = "desktop"  // the station runs inside another desktop, whose clipboard and history it does not rule
	// LimitAccessLog is the line that the law asks for: which computer, when, how it ended (session/accesslog).
	LimitAccessLog = "access-log"
)

// Limits lists every limit, for tests that hold texts and limits together.
func Limits() []string {
	return []string{LimitNetwork, LimitAccounts, LimitPrinter, LimitMemory, LimitSwap, LimitDesktop, LimitAccessLog}
}
