package station

import (
	"time"

	"golang.org/x/sys/unix"
)

// Boottime is the time since the computer started, time asleep included: setting the date does not move it, and a
// session does not last longer because the lid was closed (clock_gettime(2), CLOCK_BOOTTIME).
func Boottime() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
		panic("internal error: no CLOCK_BOOTTIME: " + err.Error())
	}
	return time.Duration(ts.Nano())
}
