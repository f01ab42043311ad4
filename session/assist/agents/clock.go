package agents

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Clock is the time. Days are those of the clock on the wall; delays count on the time since the computer was started, which
// cannot be set and goes on while it sleeps (clock_gettime(2), CLOCK_BOOTTIME).
type Clock struct {
	// Wall is the clock on the wall.
	Wall func() time.Time
	// SinceBoot is how long ago the computer was started, Boot which start that was.
	SinceBoot func() (time.Duration, error)
	Boot      func() (string, error)
}

// SystemClock is the clock of this computer.
func SystemClock() Clock { return Clock{Wall: time.Now, SinceBoot: sinceBoot, Boot: bootID} }

func sinceBoot() (time.Duration, error) {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
		return 0, err
	}
	return time.Duration(ts.Nano()), nil
}

var bootForm = regexp.MustCompile(`^[0-9a-f-]{8,64}$`)

// bootID is a random name that the kernel gives itself when it starts (random(4)).
func bootID() (string, error) {
	data, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	id := strings.TrimSpace(string(data))
	if err == nil && !bootForm.MatchString(id) {
		err = errors.New("the kernel does not say which boot this is")
	}
	return id, err
}
