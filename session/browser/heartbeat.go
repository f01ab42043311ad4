package browser

import (
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// heartbeat is what Firefox last said of itself (firefox/estran.js).
type heartbeat struct {
	count uint64
	shown bool
	idle  time.Duration
}

// readHeartbeat reads the heartbeat in a session's home. The file belongs to the sandbox, which may have put anything
// in its place: only a short line in a plain file is one.
func readHeartbeat(home string) (h heartbeat, ok bool) {
	fd, err := unix.Open(filepath.Join(home, heartbeatFile), unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return h, false
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if unix.Fstat(fd, &stat) != nil || stat.Mode&unix.S_IFMT != unix.S_IFREG {
		return h, false
	}
	line := make([]byte, 64)
	n, err := unix.Read(fd, line)
	if err != nil || n < 1 || n == len(line) || line[n-1] != '\n' { // it is being written
		return h, false
	}
	return parseHeartbeat(string(line[:n]))
}

func parseHeartbeat(line string) (h heartbeat, ok bool) {
	fields := strings.Fields(line)
	if len(fields) != 3 {
		return h, false
	}
	count, err1 := strconv.ParseUint(fields[0], 10, 64)
	idle, err2 := strconv.ParseUint(fields[2], 10, 32) // nsIUserIdleService counts in 32 bits
	if err1 != nil || err2 != nil {
		return h, false
	}
	return heartbeat{count: count, shown: fields[1] == "1", idle: time.Duration(idle) * time.Millisecond}, true
}
