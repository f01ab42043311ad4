package station

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"estran/session"
)

// LockName is the file in the run directory that a station holds locked.
const LockName = "lock"

// DaybookName is the file in the state directory in which an installed station and IT write what they did
// (session/daybook): nothing of a visitor, and so no remains.
const DaybookName = "daybook"

// AccessLogName is the file in the state directory that has a line for each session where the law asks for one
// (session/accesslog): nothing of a visitor, and so no remains.
const AccessLogName = "access-log"

// RestartDue is the file in the run directory by which an upgrade of the package asks for a restart of the service.
const RestartDue = "restart-due"

// LaunchName is the socket in the run directory by which a browser that runs elsewhere is reached while it starts
// (session/launch). It holds nothing of a visitor's.
const LaunchName = "browser"

// Lock takes the run directory for this process and those it becomes (flock(2)): session.ErrSecondStation when
// another station has it. The lock goes when the file is closed or the process ends, however it ends.
func Lock(runDir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(runDir, LockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot open the lock: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = session.ErrSecondStation
		}
		return nil, errors.Join(fmt.Errorf("cannot lock the run directory: %w", err), f.Close())
	}
	return f, nil
}
