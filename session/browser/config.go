package browser

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"estran/session"
)

// Config says which browser is started, and in what.
type Config struct {
	// Program is the browser: an absolute path, "firefox-esr" or "w3m" (looked up in PATH). Choose gives it. A
	// program whose name begins with "w3m" is the text browser.
	Program string
	// Home, Documents, Temp and Shm are the session's own directories, on its memory: the browser's profile and
	// cache, the documents of the visitor, /tmp and /dev/shm of the sandbox. They are absolute, they exist, and they
	// are all that the sandbox can write. Start empties all of them but Documents, so that a browser always finds a
	// fresh home.
	Home, Documents, Temp, Shm string
	// Display is where the browser shows itself.
	Display Display
	// Sites are the official sites: bookmarks that cannot be removed, tiles of the home page.
	Sites []session.Site
	// HomePage is the page the browser opens on; "" is a page of tiles made here.
	HomePage string
	// Start is opened instead of the home page when it is not "". It never stands on a command line.
	Start session.Private
	// Limit, when there is any, are the hosts that the browser may open, with all that is under them: names in lower
	// case, such as "caf.fr". ErrNoLimit where the browser cannot be held to them.
	Limit []session.Private
	// Language of the browser and of the home page, "fr" or "en".
	Language string
	// Large asks for large text.
	Large bool
	// Headless runs Firefox without a window, for the tour and for tests.
	Headless bool
	// Credential is whom bubblewrap and all that is in it run as; nil is the caller. A caller that is root of the
	// computer (not of a user namespace) must give one, that of the user whose display it is, and must have given
	// the four directories to that user, who must be able to reach them.
	Credential *syscall.Credential
	// Cgroup is open on the directory of a cgroup2 that bubblewrap and all that is in it are born in; nil is the
	// caller's own. It stays open until the browser has ended.
	Cgroup *os.File
	// StartTimeout is how long the browser may take to show a window; 0 is DefaultStartTimeout.
	StartTimeout time.Duration
	// HangTimeout is how long the browser may stay silent; 0 is 20 seconds. The text browser is never hung.
	HangTimeout time.Duration

	// cookie is what the display asks of its clients (xauth.go); Start reads it.
	cookie []byte
	// command runs in the sandbox in place of the browser, Program being bound under its name; script is added to estran.cfg: for tests, which look
	// at the sandbox and at Firefox from the inside.
	command []string
	script  string
}

// Paths of the sandbox. The visitor's home holds the documents and nothing else that can be seen or written, so that
// what is saved is either in « Mes documents » or not saved.
const (
	sandboxHome      = "/home/visiteur"
	sandboxDocuments = sandboxHome + "/Documents"
	sandboxSession   = sandboxHome + "/.session"
	sandboxConfig    = sandboxSession + "/config"
	sandboxProfile   = sandboxSession + "/profile"
	sandboxRuntime   = "/run/visiteur"
	sandboxOwn       = "/estran"
	homePageFile     = sandboxOwn + "/accueil.html"
	homePageURL      = "file://" + homePageFile
)

func (c Config) text() bool    { return strings.HasPrefix(filepath.Base(c.Program), "w3m") }
func (c Config) firefox() bool { return strings.HasPrefix(filepath.Base(c.Program), "firefox") }

// x11 says that the browser shows itself through an X server.
func (c Config) x11() bool {
	return c.firefox() && !c.Headless && c.Display.Wayland == "" && c.Display.X11 != ""
}

// home is the address of the page that the browser opens on.
func (c Config) home() string {
	if c.HomePage != "" {
		return c.HomePage
	}
	return homePageURL
}

// DefaultStartTimeout is how long a browser may take to show a window when nothing else is said: on an old PC, from a
// cold disk, a minute is not enough.
const DefaultStartTimeout = 2 * time.Minute

func (c Config) startTimeout() time.Duration {
	if c.StartTimeout > 0 {
		return c.StartTimeout
	}
	return DefaultStartTimeout
}

func (c Config) hangTimeout() time.Duration {
	if c.HangTimeout > 0 {
		return c.HangTimeout
	}
	return 20 * time.Second
}

// check refuses what would open the sandbox, or could not run.
func (c Config) check() error {
	if !filepath.IsAbs(c.Program) {
		return errors.New("the path of the browser is not absolute")
	}
	if !c.text() && !c.firefox() && c.command == nil {
		return errors.New("the browser is neither Firefox nor w3m")
	}
	if err := c.checkLimit(); err != nil {
		return err
	}
	for _, d := range []struct{ name, path string }{
		{"home", c.Home}, {"documents", c.Documents}, {"temp", c.Temp}, {"shm", c.Shm},
	} {
		if !filepath.IsAbs(d.path) || filepath.Clean(d.path) == "/" {
			return fmt.Errorf("the %s directory has no absolute path", d.name)
		}
	}
	if c.text() && c.Display.Terminal == nil {
		return fmt.Errorf("%w: the text browser has no terminal", ErrNoDisplay)
	}
	if c.firefox() && !c.Headless && c.Display.Wayland == "" && x11Socket(c.Display.X11) == "" {
		return ErrNoDisplay
	}
	return nil
}
