package browser

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// errGone: the process is not there any more.
var errGone = errors.New("the process is gone")

// process is a process that cannot be taken for another one that got its number (pidfd_open(2)).
type process struct {
	pid, fd int
}

// openProcess opens the child of a parent. It errs when there is none.
func openProcess(pid, parent int) (*process, error) {
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return nil, errGone
	}
	// The number may have gone to another process before it was opened; it cannot change any more now.
	if parentOf(pid) != parent {
		unix.Close(fd)
		return nil, errGone
	}
	return &process{pid: pid, fd: fd}, nil
}

// kill sends a signal; a process that is gone is no error.
func (p *process) kill(signal unix.Signal) { _ = unix.PidfdSendSignal(p.fd, signal, nil, 0) }

// wait returns when the process has ended. The first process of a sandbox ends after all the others.
func (p *process) wait() {
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(p.fd), Events: unix.POLLIN}}, -1)
		if err != unix.EINTR && (err != nil || n > 0) {
			return
		}
	}
}

func (p *process) close() { unix.Close(p.fd) }

// children are the processes that a process started.
func children(pid int) []int {
	list, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return nil
	}
	var pids []int
	for _, field := range strings.Fields(string(list)) {
		if n, err := strconv.Atoi(field); err == nil {
			pids = append(pids, n)
		}
	}
	return pids
}

// name is the short name of a process, "" when it is gone (proc(5), comm).
func name(pid int) string {
	comm, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	return strings.TrimSpace(string(comm))
}

// parentOf is the process that started a process, 0 when it is gone.
func parentOf(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte("PPid:")); ok {
			n, _ := strconv.Atoi(string(bytes.TrimSpace(rest)))
			return n
		}
	}
	return 0
}
