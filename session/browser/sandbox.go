package browser

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// sandbox is a bubblewrap that runs, or ran.
type sandbox struct {
	bwrap *os.Process
	// first gives the first process of the sandbox once bubblewrap has told its number, nil when there is none: when
	// it dies, the kernel kills the others. Whoever takes it from here closes it, after ended.
	first chan *process
	// ended tells how it ended, once no process of the sandbox is left.
	ended chan ending
}

// ending is how a sandbox ended.
type ending struct {
	// ran says that the program was started at all: otherwise bubblewrap could not make the sandbox.
	ran bool
	// code is the program's exit code, 128 and more for a signal.
	code int
	// killed says that bubblewrap itself was killed: it could not tell how the program ended.
	killed bool
}

// startSandbox starts bubblewrap and answers once it runs.
func startSandbox(bwrap string, c Config) (*sandbox, error) {
	args, err := Args(c)
	if err != nil {
		return nil, err
	}
	if err := noCores(); err != nil {
		return nil, err
	}
	choom, err := exec.LookPath("choom")
	if err != nil {
		return nil, fmt.Errorf("%w: util-linux is not installed", ErrNoSandbox)
	}
	inherited, status, err := descriptors(c)
	if err != nil {
		return nil, err
	}
	cmd := &exec.Cmd{
		Path: choom, Args: append([]string{"choom", "-n", firstToGo, "--", bwrap}, args...),
		Dir: "/", Env: []string{}, ExtraFiles: inherited,
		// What a browser writes to its outputs holds addresses and names of files: nobody reads it. bubblewrap's own
		// complaints are told by its status.
		SysProcAttr: &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL, Credential: c.Credential},
	}
	if c.Cgroup != nil {
		// Born in it (clone(2), CLONE_INTO_CGROUP): there is no moment at which a program could leave a child outside.
		cmd.SysProcAttr.UseCgroupFD, cmd.SysProcAttr.CgroupFD = true, int(c.Cgroup.Fd())
	}
	if c.text() && c.command == nil {
		cmd.Stdin, cmd.Stdout, cmd.Stderr = c.Display.Terminal, c.Display.Terminal, c.Display.Terminal
	}
	s := &sandbox{first: make(chan *process, 1), ended: make(chan ending, 1)}
	started := make(chan error)
	go s.run(cmd, c.x11(), inherited, status, started)
	if err := <-started; err != nil {
		return nil, err
	}
	return s, nil
}

// firstToGo makes what is in the sandbox the first to be killed when the computer runs out of memory: a page that eats
// it all must not take the kiosk away (choom(1), proc(5), oom_score_adj).
const firstToGo = "1000"

// try makes the sandbox of the text browser once without its terminal, which is bubblewrap's too: w3m takes its
// terminal from all three of its streams. So what bubblewrap would complain of never comes to the visitor's screen.
func try(bwrap string, c Config) error {
	c.command = []string{c.Program, "-version"}
	s, err := startSandbox(bwrap, c)
	if err != nil {
		return err
	}
	if p := <-s.first; p != nil {
		defer p.close()
	}
	if end := <-s.ended; !end.ran {
		return fmt.Errorf("%w: bubblewrap refused", ErrNoSandbox)
	}
	return nil
}

// noCores keeps what a program held when it crashed, a visitor's letters and passwords, out of the host's core dumps: of
// this process and of all that it starts. A limit of 0 would still feed a handler such as systemd-coredump; 1 is the
// value by which the kernel dumps nothing at all (core(5); do_coredump in fs/coredump.c).
func noCores() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: 1, Max: 1}); err != nil {
		return fmt.Errorf("cannot turn core dumps off: %w", err)
	}
	return nil
}

// bareThread takes from this thread, and so from the sandbox that it starts, what a program inherits without asking:
// the login's session keyring, in which a page's program could read keys or leave some (keyctl(2)), and descriptors
// that whoever started us left open (close_range(2)).
func bareThread() error {
	const anonymous = 0
	_, err := unix.KeyctlInt(unix.KEYCTL_JOIN_SESSION_KEYRING, anonymous, 0, 0, 0)
	if err != nil && !errors.Is(err, unix.ENOSYS) {
		return fmt.Errorf("cannot leave the session keyring: %w", err)
	}
	if err := unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		return fmt.Errorf("cannot keep descriptors to ourselves: %w", err)
	}
	return nil
}

// run holds the thread that starts bubblewrap until it has ended: the kernel kills a child whose parent *thread* died
// (prctl(2), PR_SET_PDEATHSIG), and this thread is not fit for anything else (scopeThread). It is not unlocked, so it
// ends with this function.
func (s *sandbox) run(cmd *exec.Cmd, x11 bool, inherited []*os.File, status *os.File, started chan<- error) {
	runtime.LockOSThread()
	defer status.Close()
	err := bareThread()
	if err == nil {
		err = scopeThread(x11)
	}
	if err == nil {
		err = cmd.Start()
	}
	for _, f := range inherited {
		f.Close()
	}
	if err != nil {
		started <- fmt.Errorf("cannot start bubblewrap: %w", err)
		return
	}
	s.bwrap = cmd.Process
	started <- nil
	end, first := s.read(status)
	_ = cmd.Wait() // how the program ended is in end
	if first != nil {
		first.wait()
	}
	waited, isWait := cmd.ProcessState.Sys().(syscall.WaitStatus)
	end.killed = isWait && waited.Signaled()
	s.ended <- end
}

// read follows bubblewrap's status until it closes (bwrap(1), --json-status-fd). An exit code comes only when the
// program was started.
func (s *sandbox) read(status io.Reader) (end ending, first *process) {
	told := false
	lines := bufio.NewScanner(status)
	for lines.Scan() {
		var line struct {
			Child *int `json:"child-pid"`
			Code  *int `json:"exit-code"`
		}
		if json.Unmarshal(lines.Bytes(), &line) != nil {
			continue
		}
		if line.Child != nil && !told {
			told = true
			if p, err := openProcess(*line.Child, s.bwrap.Pid); err == nil {
				first = p
			}
			s.first <- first
		}
		if line.Code != nil {
			end = ending{ran: true, code: *line.Code}
		}
	}
	if !told {
		s.first <- nil
	}
	return end, first
}

// descriptors are what bubblewrap inherits, in the order that Args counts on, and the end of the status that is read.
func descriptors(c Config) (inherited []*os.File, status *os.File, err error) {
	status, w, err := os.Pipe()
	if err != nil {
		return nil, nil, fmt.Errorf("cannot make a pipe: %w", err)
	}
	inherited = []*os.File{w}
	all, err := files(c)
	if err == nil {
		for _, f := range all {
			var m *os.File
			if m, err = memory(f.content); err != nil {
				break
			}
			inherited = append(inherited, m)
		}
	}
	if err != nil {
		status.Close()
		for _, f := range inherited {
			f.Close()
		}
		return nil, nil, err
	}
	return inherited, status, nil
}

// memory is a file that has no name and lies in memory (memfd_create(2)).
func memory(content []byte) (*os.File, error) {
	fd, err := unix.MemfdCreate("estran", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("cannot make a file in memory: %w", err)
	}
	f := os.NewFile(uintptr(fd), "memory")
	_, err = f.Write(content)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("cannot write a file in memory: %w", err)
	}
	return f, nil
}
