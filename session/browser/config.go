package browser

import (
	"syscall"
	"time"

	"estran/session"
)

// Config says which browser is started, and in what.
type Config struct {
	// Program is the browser: an absolute path, "firefox-esr" or "w3m" (looked up in PATH). Choose gives it. A
	// program whose name begins with "w3m" is the text browser.
	Program string
	// Home, Documents, Temp and Shm are the session's own directories, on its memory: the home and the documents of
	// the visitor, /tmp and /dev/shm of the sandbox. They exist, are absolute, and are all that the sandbox can write.
	Home, Documents, Temp, Shm string
	// Display is where the browser shows itself.
	Display Display
	// Sites are the official sites: bookmarks that cannot be removed, tiles of the home page.
	Sites []session.Site
	// HomePage is the page the browser opens on; "" is a page of tiles made here.
	HomePage string
	// Start is opened instead of the home page when it is not "". It never stands on a command line.
	Start session.Private
	// Language of the browser and of the home page, "fr" or "en".
	Language string
	// Large asks for large text.
	Large bool
	// Headless runs Firefox without a window, for the tour and for tests.
	Headless bool
	// Credential is whom bubblewrap and all that is in it run as; nil is the caller. A caller that is root of the
	// computer (not of a user namespace) must give one, and must have given the four directories to that user.
	Credential *syscall.Credential
	// StartTimeout is how long the browser may take to show a window; 0 is a minute.
	StartTimeout time.Duration
	// HangTimeout is how long the browser may stay silent; 0 is 20 seconds.
	HangTimeout time.Duration
}
