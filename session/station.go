package session

import (
	"context"
	"os"
)

// Station is the PC and what governs it. There are two: session/station carries a session out, and session/bus
// reaches one across D-Bus. Both pass the suite in session/sessiontest.
//
// No call is long: a call that starts work answers once the work is accepted, and Status tells the rest. So a kiosk
// that restarts half-way reads Status and shows the right screen. A call that the present state does not allow
// answers ErrState and changes nothing. Names of files travel only in the answers of Medium and Documents, never in
// Status.
type Station interface {
	// Status tells the present state.
	Status(ctx context.Context) (Status, error)
	// Watch sends a Status at each change, the newest one only when the reader is slow. The first comes at once. The
	// channel is closed when ctx ends or the station is gone.
	Watch(ctx context.Context) (<-chan Status, error)

	// Open opens a session; the station must be Ready.
	Open(ctx context.Context, o OpenOptions) error
	// Touch says that somebody is there: it puts off the idle limit, and the going of the receipt, not the end of the
	// session.
	Touch(ctx context.Context) error
	// Extend adds one extension to the session, ErrLimit when none is left. With an agent in an assisted mode none is
	// counted, up to AssistedLength.
	Extend(ctx context.Context) error
	// Pause hides the session behind a code of four figures chosen on the spot, ErrCode when it is not that,
	// ErrBrowserOpen when a browser window that cannot be hidden is open.
	Pause(ctx context.Context, code Private) error
	// Resume comes back from a pause; a wrong code answers ErrCode, the last wrong one also ends the session.
	Resume(ctx context.Context, code Private) error
	// End ends the session: wiping begins.
	End(ctx context.Context) error
	// Receipt is what the last wipe did, from then on until the next session opens; ErrState when there is none.
	Receipt(ctx context.Context) (Receipt, error)
	// PrintReceipt prints the receipt on one page; ErrNoPrinter where there is none, ErrLimit when this receipt was printed
	// often enough.
	PrintReceipt(ctx context.Context) error
	// Dismiss leaves the receipt: the station is Ready for the next visitor.
	Dismiss(ctx context.Context) error

	// Browse opens the private browser, or does nothing when it is open already.
	Browse(ctx context.Context, o BrowseOptions) error
	// ResizeBrowser tells the text browser that its terminal has another size, after the size was set.
	ResizeBrowser(ctx context.Context) error
	// CloseBrowser closes the browser, politely first.
	CloseBrowser(ctx context.Context) error

	// Medium lists the files of the key that is plugged in, with what is known of each so far.
	Medium(ctx context.Context) ([]MediumFile, error)
	// CopyIn copies files from the key to the documents of the session. Each is copied, the copy checked, and the
	// copy given. Suspect files are refused, unchecked ones held back unless o.AcceptUnchecked. A file that was not
	// looked at yet may be named.
	CopyIn(ctx context.Context, files []FileID, o CopyOptions) error
	// CopyOut copies documents of the session to the key. Each is checked first; suspect ones are refused, unchecked ones
	// are held back unless o.AcceptUnchecked.
	CopyOut(ctx context.Context, documents []DocumentID, o CopyOptions) error
	// CheckFirst has these files of the key checked before the others, in this order.
	CheckFirst(ctx context.Context, files []FileID) error
	// CancelCopy stops the copy that runs; what was copied whole stays.
	CancelCopy(ctx context.Context) error
	// Eject makes the key safe to pull out.
	Eject(ctx context.Context) error

	// Documents lists what the session holds.
	Documents(ctx context.Context) ([]Document, error)
	// Delete deletes one document for good.
	Delete(ctx context.Context, document DocumentID) error
	// Print sends one document to the printer, ErrNoPrinter where there is none.
	Print(ctx context.Context, document DocumentID) error

	// What an agent does: sign in, help, count.
	Assist

	// Close gives the station back: an open session is ended and wiped first.
	Close() error
}

// OpenOptions says how a session is opened.
type OpenOptions struct {
	// Mode other than Alone needs an agent: ErrAgentNeeded. Act is not opened: a session becomes it (SetMode).
	Mode Mode
	// Language of the visitor, "fr" or "en": the browser follows it.
	Language string
	// Large asks for large text in the browser too, Contrast for the stronger of the two looks.
	Large, Contrast bool
}

// BrowseOptions says where the browser opens.
type BrowseOptions struct {
	// Site is the index, from 1, of an official site of the configuration; 0 is the home page. Where the sites of a mandate
	// alone are open and this is none of them, the home page, which tells them, opens in its place.
	Site int
	// Terminal is the end of a pseudo-terminal for the text browser; nil where the browser has windows. The station
	// closes its copy.
	Terminal *os.File
}

// CopyOptions says what a copy may take.
type CopyOptions struct {
	// AcceptUnchecked takes files that were not checked: the visitor has been asked.
	AcceptUnchecked bool
}
