package session

import "time"

// Status is what a station tells of itself. It holds counts and states only: no name, no address, no code.
type Status struct {
	// Serial grows by one at each change.
	Serial uint64
	State  State
	Mode   Mode
	// End is why the session ended or is ending.
	End EndReason
	// Fault is why the station is Stopped.
	Fault Fault

	// TimeLeft is what remains of the session, as of this Status.
	TimeLeft time.Duration
	// IdleLeft is what remains before an idle session ends, as of this Status; the warning has begun when it is
	// at most the configured one.
	IdleLeft time.Duration
	// Idle says that the idle warning has begun.
	Idle bool
	// Ending says that the end of the session is near enough to be told.
	Ending bool
	// Extensions is how many extensions are left.
	Extensions int
	// PauseLeft is what remains of a pause, and PauseTries how many codes may still be tried.
	PauseLeft  time.Duration
	PauseTries int
	// ReceiptLeft is what remains before the receipt goes by itself.
	ReceiptLeft time.Duration
	// Receipt says that the receipt of the last session can be read, until the next one opens.
	Receipt bool

	Agent     AgentStatus
	Browser   BrowserStatus
	Medium    MediumStatus
	Documents DocumentsStatus
	Antivirus AntivirusStatus
	// Wipe tells the steps of the wipe that runs or ran last, in order.
	Wipe []StepStatus
	// Refused is what was plugged in and not let in, for as long as it is plugged in.
	Refused Refusal
	// Printer says that documents can be printed.
	Printer bool
	// PrinterProblem is why what was printed in this session waits, as far as the printer tells.
	PrinterProblem PrinterProblem
	// Language, Large and Contrast are what the visitor chose, "" and false before: a kiosk that starts in mid-session
	// takes them up.
	Language        string
	Large, Contrast bool
}

// BrowserStatus tells how the browser is.
type BrowserStatus struct {
	State BrowserState
	// Problem is why it is not open, when that is not the visitor's doing.
	Problem BrowserProblem
	// Text says that the browser is a text one and needs BrowseOptions.Terminal.
	Text bool
	// Limited says that it opens only the sites of a mandate.
	Limited bool
}

// BrowserState is where the browser stands.
type BrowserState int

// The states of the browser.
const (
	BrowserClosed   BrowserState = iota
	BrowserStarting              // it is being started, no window was seen yet
	BrowserOpen                  // a window is there
	BrowserHung                  // it no longer answers
	BrowserClosing               // asked to close
)

// BrowserProblem is why a browser is not open.
type BrowserProblem string

// The problems of a browser.
const (
	BrowserFine      BrowserProblem = ""
	BrowserMissing   BrowserProblem = "missing"    // the program is not installed
	BrowserNoDisplay BrowserProblem = "no-display" // the display went away
	BrowserNoSandbox BrowserProblem = "no-sandbox" // bubblewrap refused
	BrowserCrashed   BrowserProblem = "crashed"    // it died by itself
	BrowserNoStart   BrowserProblem = "no-start"   // it died or stayed silent at once
	BrowserNoLimit   BrowserProblem = "no-limit"   // it cannot be held to the sites of a mandate
	BrowserMemory    BrowserProblem = "memory"     // a page took all the memory that the browser may have
)

// MediumStatus tells how the key is.
type MediumStatus struct {
	State MediumState
	// Files counts what was found; the next three add up to what was looked at.
	Files, Clean, Suspect, Unchecked int
	// BytesDone of BytesTotal have been looked at, or copied.
	BytesDone, BytesTotal int64
	// Current is the file being looked at or copied, 0 for none.
	Current FileID
	// Left is about how long what runs will take yet, 0 while nobody can tell.
	Left time.Duration
	// Copied and Failed count the files of the last copy.
	Copied, Failed int
	// Held counts those of Failed that nobody could check: they are copied when that is accepted.
	Held int
	// Problem is why the last copy, or the reading of the key, did not go well.
	Problem MediumProblem
	// Writable says that documents can be copied to the key.
	Writable bool
	// Free is the room left on the key, in bytes.
	Free int64
}

// Busy says that the key must not be pulled out now.
func (m MediumStatus) Busy() bool {
	switch m.State {
	case MediumReading, MediumChecking, MediumCopyingIn, MediumCopyingOut, MediumEjecting:
		return true
	default:
		return false
	}
}

// Present says that a key is plugged in and was not given back.
func (m MediumStatus) Present() bool { return m.Busy() || m.State == MediumReady }

// MediumState is where the key stands.
type MediumState int

// The states of a key.
const (
	MediumNone       MediumState = iota
	MediumReading                // its files are being listed
	MediumChecking               // its files are being checked; those that are checked can be copied
	MediumReady                  // all is checked, nothing runs
	MediumCopyingIn              // files come from it; the others go on being checked
	MediumCopyingOut             // documents go to it
	MediumEjecting               // it is being given back
	MediumEjected                // it may be pulled out
	MediumUnreadable             // it cannot be read
	MediumPulled                 // it was pulled out while something ran
	MediumForgotten              // it was there before the session: somebody else's, perhaps; take it out first
)

// MediumProblem is what went wrong with a key or a copy.
type MediumProblem string

// The problems of a key.
const (
	MediumFine         MediumProblem = ""
	MediumNotReadable  MediumProblem = "unreadable"
	MediumEncrypted    MediumProblem = "encrypted"  // closed by a password: LUKS, BitLocker
	MediumEmpty        MediumProblem = "empty"      // it was never formatted
	MediumDamaged      MediumProblem = "damaged"    // its file system is broken
	MediumForeign      MediumProblem = "foreign"    // a file system that is not opened here: of a Mac, of a server
	MediumNeedsRoot    MediumProblem = "needs-root" // a block device, and no right to mount it
	MediumFull         MediumProblem = "full"       // no room on the key
	MediumSessionFull  MediumProblem = "session-full"
	MediumGone         MediumProblem = "pulled"
	MediumReadOnly     MediumProblem = "read-only"
	MediumRefused      MediumProblem = "refused"      // some files were suspect, or unchecked and not accepted
	MediumTooMany      MediumProblem = "too-many"     // more files than the station lists
	MediumWriteFailed  MediumProblem = "write-failed" // what was read back differs from what was written
	MediumCopyCanceled MediumProblem = "canceled"
	MediumUnfinished   MediumProblem = "unfinished" // an earlier copy to it was cut; what was left of it is removed
	MediumPartly       MediumProblem = "partly"     // a part of it cannot be opened here
)

// PrinterProblem is why a printer prints nothing.
type PrinterProblem string

// The problems of a printer that whoever stands there can mend.
const (
	PrinterFine  PrinterProblem = ""
	PrinterPaper PrinterProblem = "paper" // it has none
)

// Refusal is the kind of a device that was plugged in and not let in.
type Refusal string

// The refusals.
const (
	RefusedNothing  Refusal = ""
	RefusedKeyboard Refusal = "keyboard" // a second keyboard or mouse
	RefusedNetwork  Refusal = "network"  // a network card, a modem
	RefusedDouble   Refusal = "double"   // a key that says it is something else too
	RefusedPhone    Refusal = "phone"    // a telephone or a camera, which is no key
	RefusedOther    Refusal = "other"
)

// When signatures are old, counted from their day: from the first on it is said, from the second on no file is clean.
const (
	SignaturesOld    = 7 * 24 * time.Hour
	SignaturesTooOld = 30 * 24 * time.Hour
)

// AntivirusStatus tells whether files can be called clean at all.
type AntivirusStatus struct {
	// Problem is why not; ReasonNone when they can.
	Problem Reason
	// Signatures is the day of the signature base, zero when unknown.
	Signatures time.Time
}

// DocumentsStatus counts what the session holds.
type DocumentsStatus struct {
	Count int
	// Unsaved counts documents that are on no key: they would be lost.
	Unsaved int
	// Arriving counts downloads that are not finished.
	Arriving int
	// Used of Room bytes of the session's memory are used.
	Used, Room int64
	// Full says that the session's memory is full: a download cannot finish.
	Full bool
}

// StepStatus tells one step of a wipe.
type StepStatus struct {
	ID    string
	State StepState
}

// StepState is where a step stands.
type StepState int

// The states of a step.
const (
	StepWaiting  StepState = iota
	StepRunning            // being wiped or checked
	StepVerified           // wiped, looked for again, not found
	StepFailed             // not wiped, or not verified
)

// FileID names a file of the key for as long as the key is plugged in; 0 names none.
type FileID uint32

// DocumentID names a document of the session; it is its inode number on the session's file system.
type DocumentID uint64

// MediumFile is a file of the key.
type MediumFile struct {
	ID   FileID
	Name Private // with its folders, relative to the key
	Size int64   // in bytes
	// Modified is when it was last written, as the key says; zero when it does not.
	Modified time.Time
	Checked  bool // it was looked at: Verdict is final
	Verdict  Verdict
	Reasons  []Reason
}

// Document is a file that the session holds.
type Document struct {
	ID       DocumentID
	Name     Private
	Size     int64
	Saved    bool // it came from the key, or was copied to one
	Arriving bool // a download that is not finished
}
