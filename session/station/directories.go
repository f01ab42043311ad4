package station

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"

	"estran/session"
)

// Directories chooses and makes the run and the state directory: the configured ones, or those that suit the user
// (XDG Base Directory Specification; /run and /var/lib for root). Each must belong to uid alone: a directory that
// somebody else could have made, or can write, is refused.
func Directories(c session.StationConfig, uid int, getenv func(string) string) (runDir, stateDir string, err error) {
	runDir, stateDir = string(c.RunDir), string(c.StateDir)
	if runDir == "" {
		runDir = defaultRunDir(uid, getenv)
	}
	if stateDir == "" {
		stateDir = defaultStateDir(uid, getenv)
	}
	return runDir, stateDir, errors.Join(ownDirectory(runDir, uid), ownDirectory(stateDir, uid))
}

func defaultRunDir(uid int, getenv func(string) string) string {
	if uid == 0 {
		return "/run/estran"
	}
	if dir := getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "estran")
	}
	return filepath.Join(os.TempDir(), "estran-"+strconv.Itoa(uid))
}

func defaultStateDir(uid int, getenv func(string) string) string {
	if uid == 0 {
		return "/var/lib/estran"
	}
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "estran")
	}
	return filepath.Join(getenv("HOME"), ".local/state/estran")
}

// ownDirectory makes a directory, or sees that it is ours alone. The run directory may be entered by others: a
// browser that runs as another user reaches its own directories through it.
func ownDirectory(dir string, uid int) error {
	if !filepath.IsAbs(dir) {
		return fmt.Errorf("cannot use %q: not an absolute path", dir)
	}
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return fmt.Errorf("cannot make a directory of the station: %w", err)
	}
	var st unix.Stat_t
	if err := unix.Lstat(dir, &st); err != nil {
		return fmt.Errorf("cannot look at a directory of the station: %w", err)
	}
	if st.Mode&unix.S_IFMT != unix.S_IFDIR || int(st.Uid) != uid || st.Mode&0o022 != 0 {
		return fmt.Errorf("cannot use %s: it is not a directory of ours alone", dir)
	}
	return nil
}
