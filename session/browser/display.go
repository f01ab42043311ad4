package browser

import (
	"os"

	"estran/session"
)

// Display is where a browser shows itself: the one thing of the host's that the sandbox can talk to.
type Display struct {
	// Wayland is the path of the compositor's socket, "" for none.
	Wayland string
	// X11 is a local display such as ":0", "" for none; XAuthority is the file with its cookie, "" for none.
	X11, XAuthority string
	// Terminal is the program's end of a pseudo-terminal, for the text browser. Start does not close it.
	Terminal *os.File
}

// FindDisplay reads the display from an environment (os.Getenv).
func FindDisplay(getenv func(string) string) Display { return Display{} }

// Choose says which browser a station gets: the path of the program, whether it is the text one, and BrowserFine; or
// why there is none. look finds a program (exec.LookPath).
//
// "firefox-esr" needs a display, "w3m" needs none, and "auto" is Firefox where there are both it and a display, w3m
// otherwise. The terminal of d plays no part: the kiosk makes one when it opens the text browser.
func Choose(program session.BrowserProgram, d Display, look func(string) (string, error)) (path string, text bool, problem session.BrowserProblem) {
	return "", false, session.BrowserMissing
}
