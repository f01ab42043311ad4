package session

import "errors"

// What a caller acts on. Everything else is a sentence for the journal.
var (
	// ErrState: the present state does not allow the call. Read Status and show its screen.
	ErrState = errors.New("the station is in another state")
	// ErrBusy: the key is being read or written. Wait for Status.
	ErrBusy = errors.New("the key is busy")
	// ErrLimit: no extension is left, or no more copies of the receipt.
	ErrLimit = errors.New("the limit is reached")
	// ErrCode: the code is wrong, or is not four figures. Ask again.
	ErrCode = errors.New("the code is not right")
	// ErrBrowserOpen: a window that cannot be hidden is open. Ask the visitor to close it.
	ErrBrowserOpen = errors.New("the browser is open")
	// ErrNoBrowser: no browser can be started here. Status.Browser.Problem says why.
	ErrNoBrowser = errors.New("no browser can be started")
	// ErrNoMedium: there is no key.
	ErrNoMedium = errors.New("there is no key")
	// ErrNotFound: no such file or document; it may be gone. List again.
	ErrNotFound = errors.New("no such file")
	// ErrSuspect: the file is suspect and stays on the key.
	ErrSuspect = errors.New("the file is suspect")
	// ErrUnchecked: the file was not checked. Ask the visitor.
	ErrUnchecked = errors.New("the file was not checked")
	// ErrFull: there is no room, in the session or on the key.
	ErrFull = errors.New("there is no room left")
	// ErrReadOnly: the key cannot be written.
	ErrReadOnly = errors.New("the key is read-only")
	// ErrNoPrinter: no printer is set up.
	ErrNoPrinter = errors.New("there is no printer")
	// ErrSecondStation: another station runs on this computer.
	ErrSecondStation = errors.New("another station runs on this computer")
	// ErrGone: the station went away. Keep the screen, and try again.
	ErrGone = errors.New("the station went away")
)
