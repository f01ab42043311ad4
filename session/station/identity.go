package station

import (
	"os"
	"strings"
)

// RootOfComputer says that this process is root of the computer, not of a user namespace that maps somebody else to 0.
// It then may mount devices, and must run a browser as another user (user_namespaces(7), uid_map).
func RootOfComputer() bool {
	if os.Geteuid() != 0 {
		return false
	}
	data, err := os.ReadFile("/proc/self/uid_map")
	if err != nil {
		return true // the cautious answer: a browser then runs as somebody else
	}
	fields := strings.Fields(string(data))
	return len(fields) == 3 && fields[0] == "0" && fields[1] == "0" && fields[2] == "4294967295"
}
