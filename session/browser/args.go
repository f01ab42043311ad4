package browser

import (
	"path/filepath"
	"strconv"
)

// The descriptors that bubblewrap inherits: it writes its status into the first one (bwrap(1), --json-status-fd) and
// reads the sandbox's generated files from the next ones, so that none of them is ever written outside.
const (
	statusFD    = 3
	firstFileFD = 4
)

// Args is the command line of bubblewrap, without its name. It is a function of the configuration alone: two equal
// ones give equal lists. It holds the paths of the session's directories and no address. It refuses a Config that
// would open the sandbox.
func Args(c Config) ([]string, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	files, err := files(c)
	if err != nil {
		return nil, err
	}
	var a argList
	a.add("--unshare-user", "--uid", visitorID, "--gid", visitorID)
	a.add("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
	// A neutral name: /etc/hostname often holds the name of the place, and sites can ask for it.
	a.add("--hostname", "poste", "--cap-drop", "ALL")
	// A session of its own keeps the sandbox from typing into the caller's terminal (TIOCSTI, CVE-2017-5226).
	a.add("--new-session", "--die-with-parent")
	if c.text() {
		// Firefox makes namespaces of its own to hold its pages; w3m needs none, so it gets none.
		a.add("--disable-userns")
	}
	a.add("--json-status-fd", strconv.Itoa(statusFD))

	a.add("--clearenv")
	for _, v := range environment(c) {
		a.add("--setenv", v[0], v[1])
	}
	for _, dir := range []string{"lib", "lib64"} {
		a.add("--symlink", "usr/"+dir, "/"+dir)
	}
	for _, m := range hostMounts() {
		a.add("--ro-bind-try", m.path, m.path)
	}
	a.add(programMount(c)...)

	a.add("--proc", "/proc")
	// bubblewrap's /dev is a file system without bounds: what can be written there is the session's own, the rest
	// is read-only.
	a.add("--dev", "/dev", "--bind", c.Shm, "/dev/shm", "--remount-ro", "/dev")
	a.add("--bind", c.Temp, "/tmp", "--bind", c.Home, sandboxSession, "--bind", c.Documents, sandboxDocuments)
	if c.firefox() {
		a.add("--perms", "0700", "--dir", sandboxProfile) // Firefox does not make it
	}
	for i, f := range files {
		a.add("--perms", "0444", "--file", strconv.Itoa(firstFileFD+i), f.path)
	}
	a.add(displayMounts(c)...)
	a.add("--remount-ro", "/", "--chdir", sandboxDocuments, "--")
	a.add(command(c)...)
	return a, nil
}

type argList []string

func (a *argList) add(args ...string) { *a = append(*a, args...) }

// programMount binds the browser itself: Firefox lives in a directory, w3m is one file.
func programMount(c Config) []string {
	switch {
	case c.command != nil:
		return []string{"--ro-bind", c.Program, c.command[0]}
	case c.firefox():
		dir := filepath.Dir(c.Program)
		return []string{"--ro-bind", dir, dir}
	default:
		return []string{"--ro-bind", c.Program, c.Program}
	}
}

// displayMounts binds the one socket that the browser shows itself through.
func displayMounts(c Config) []string {
	switch {
	case c.text() || c.Headless:
		return nil
	case c.Display.Wayland != "":
		return []string{"--ro-bind", c.Display.Wayland, sandboxRuntime + "/wayland-0"}
	case c.Display.X11 != "":
		socket := x11Socket(c.Display.X11)
		return []string{"--ro-bind", socket, socket}
	default:
		return nil
	}
}

// command is what runs in the sandbox. No address of a visitor stands in it: the host sees the command lines of the
// sandbox.
func command(c Config) []string {
	switch {
	case c.command != nil:
		return c.command
	case c.text():
		return []string{c.Program, "-config", w3mConfigFile, w3mStart(c)}
	}
	args := []string{c.Program, "--no-remote", "--profile", sandboxProfile}
	if c.Headless {
		args = append(args, "--headless")
	}
	return args
}
