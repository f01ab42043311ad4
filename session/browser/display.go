package browser

import (
	"os"
	"path/filepath"
	"regexp"

	"estran/session"
)

// Display is where a browser shows itself: the one thing of the host's that the sandbox can talk to.
type Display struct {
	// Wayland is the path of the compositor's socket, "" for none.
	Wayland string
	// X11 is a local display such as ":0", "" for none; XAuthority is the file with its cookie, "" for none. It is
	// used when there is no Wayland: any X client can read what is typed into the others.
	X11, XAuthority string
	// Terminal is the program's end of a pseudo-terminal, for the text browser. Start does not close it.
	Terminal *os.File
}

// FindDisplay reads the display from an environment (os.Getenv). A socket that is not there is no display.
func FindDisplay(getenv func(string) string) Display {
	var d Display
	if name := getenv("WAYLAND_DISPLAY"); name != "" {
		// An absolute name is the path itself (wl_display_connect, libwayland 1.15).
		if !filepath.IsAbs(name) {
			name = filepath.Join(getenv("XDG_RUNTIME_DIR"), name)
		}
		if filepath.IsAbs(name) && isSocket(name) {
			d.Wayland = name
		}
	}
	if name := getenv("DISPLAY"); localX11.MatchString(name) && isSocket(x11Socket(name)) {
		d.X11 = name
		d.XAuthority = getenv("XAUTHORITY")
		if d.XAuthority == "" && getenv("HOME") != "" {
			d.XAuthority = filepath.Join(getenv("HOME"), ".Xauthority")
		}
	}
	return d
}

// Choose says which browser a station gets: the path of the program, whether it is the text one, and BrowserFine; or
// why there is none. look finds a program (exec.LookPath).
//
// "firefox-esr" needs a display, "w3m" needs none, and "auto" is Firefox where there are both it and a display, w3m
// otherwise. The terminal of d plays no part: the kiosk makes one when it opens the text browser.
func Choose(program session.BrowserProgram, d Display, look func(string) (string, error)) (path string, text bool, problem session.BrowserProblem) {
	shown := d.Wayland != "" || d.X11 != ""
	if program == "firefox-esr" || program == "auto" && shown {
		path, err := look("firefox-esr")
		switch {
		case err != nil && program != "auto":
			return "", false, session.BrowserMissing
		case err == nil && !shown:
			return "", false, session.BrowserNoDisplay
		case err == nil:
			return path, false, session.BrowserFine
		}
	}
	path, err := look("w3m")
	if err != nil {
		return "", false, session.BrowserMissing
	}
	return path, true, session.BrowserFine
}

// localX11 is a display of this computer: ":0", ":0.0".
var localX11 = regexp.MustCompile(`^:(\d+)(\.\d+)?$`)

// x11Socket is where the server of a local display listens (X(7)).
func x11Socket(display string) string {
	number := localX11.FindStringSubmatch(display)
	if number == nil {
		return ""
	}
	return "/tmp/.X11-unix/X" + number[1]
}

func isSocket(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Type() == os.ModeSocket
}
