package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// hostKey is a key in the keyring of whoever starts the sandbox.
const hostKey = "estran-test-key"

// insideReport is what this binary finds when it runs in the sandbox in place of the browser.
type insideReport struct {
	Env        []string
	Host       string
	UID, GID   int
	Dir        string
	Status     map[string]string // lines of /proc/self/status
	Tree       map[string][]string
	Processes  []int
	Inherited  []string          // descriptors but the three streams, by what they point at
	Key        string            // finding a key of the login's keyring, or why not
	FirstToGo  string            // its place when memory runs out
	Written    map[string]string // path: "" when it could be written, or why not
	Opened     map[string]string // path: "" when it could be read, or why not
	Terminal   string            // opening /dev/tty, or why not
	Push       string            // pushing a key into the terminal, or why not
	Abstract   string            // reaching the host's abstract socket, or why not
	Cores      string            // the limits of core dumps
	Namespace  string            // making a user namespace
	Executable []string          // programs in the usual directories
	Filled     map[string]int64  // bytes that went into a directory before it was full
	Files      int               // how many files could be made
}

func said(err error) string {
	if err == nil {
		return ""
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return unix.ErrnoName(errno)
	}
	return err.Error()
}

// inside is what this binary does in the sandbox.
func inside(args []string) int {
	// That it runs is looked at now and then, and must be seen: what ends before never began.
	const seen = time.Second
	switch args[0] {
	case "look":
		defer time.Sleep(seen)
		return insideLook(args[1:])
	case "fill":
		defer time.Sleep(seen)
		return insideFill()
	case "stay": // with a child that is in a session of its own
		cmd := exec.Command("/proc/self/exe", "inside", "sleep")
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		if err := cmd.Start(); err != nil {
			return 3
		}
		fallthrough
	case "sleep":
		signal.Ignore(syscall.SIGTERM) // Close has to go on to Kill
		time.Sleep(time.Hour)
	case "eat": // all memory that there is
		for {
			_, err := unix.Mmap(-1, 0, 4<<20, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_POPULATE)
			if err != nil {
				return 9
			}
		}
	case "exit":
		time.Sleep(seen)
		code, _ := strconv.Atoi(args[1])
		return code
	}
	return 0
}

func report(r insideReport) int {
	data, err := json.Marshal(r)
	if err != nil {
		return 3
	}
	if err := os.WriteFile(sandboxDocuments+"/report.json", data, 0o600); err != nil {
		return 4
	}
	return 0
}

func insideLook(args []string) int {
	r := insideReport{
		Env: os.Environ(), UID: os.Getuid(), GID: os.Getgid(),
		Status: map[string]string{}, Tree: map[string][]string{}, Written: map[string]string{}, Opened: map[string]string{},
	}
	r.Host, _ = os.Hostname()
	r.Dir, _ = os.Getwd()
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		r.Status[name] = strings.TrimSpace(value)
	}
	for _, dir := range []string{"/", "/home", sandboxHome, sandboxSession, "/dev/shm", "/run", sandboxRuntime, "/dev", "/etc", "/usr", "/usr/lib", "/tmp", "/estran"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			r.Tree[dir] = []string{said(err)}
			continue
		}
		for _, e := range entries {
			r.Tree[dir] = append(r.Tree[dir], e.Name())
		}
	}
	for fd := 3; fd < 256; fd++ {
		// What the Go runtime opened for itself is marked to be closed; what was inherited is not.
		flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		if target, linkErr := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd)); err == nil && linkErr == nil && flags&unix.FD_CLOEXEC == 0 {
			r.Inherited = append(r.Inherited, target)
		}
	}
	_, err := unix.KeyctlSearch(unix.KEY_SPEC_SESSION_KEYRING, "user", hostKey, 0)
	r.Key = said(err)
	score, _ := os.ReadFile("/proc/self/oom_score_adj")
	r.FirstToGo = strings.TrimSpace(string(score))
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			r.Processes = append(r.Processes, pid)
		}
	}
	_ = filepath.WalkDir("/", func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case path == "/proc":
			return fs.SkipDir
		case e.IsDir():
			file := filepath.Join(path, "estran-probe")
			err := os.WriteFile(file, nil, 0o600)
			r.Written[path] = said(err)
			_ = os.Remove(file)
		}
		return nil
	})
	for _, path := range args {
		_, err := os.Stat(path)
		r.Opened[path] = said(err)
	}
	for _, dir := range []string{"/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/libexec"} {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			r.Executable = append(r.Executable, filepath.Join(dir, e.Name()))
		}
	}
	var cores unix.Rlimit
	_ = unix.Getrlimit(unix.RLIMIT_CORE, &cores)
	r.Cores = fmt.Sprint(cores.Cur, cores.Max)
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	r.Terminal = said(err)
	tty.Close()
	key := byte('x')
	r.Push = said(unix.IoctlSetPointerInt(0, unix.TIOCSTI, int(key)))
	conn, err := net.Dial("unix", "@estran-test-abstract")
	r.Abstract = said(err)
	if err == nil {
		conn.Close()
	}
	r.Namespace = said(exec.Command("/proc/self/exe", "inside", "none").Run())
	if r.Namespace == "" {
		cmd := exec.Command("/proc/self/exe", "inside", "none")
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER}
		r.Namespace = said(cmd.Run())
	}
	return report(r)
}

// insideFill writes until nothing more goes in, everywhere it can, then makes files until no more can be made.
func insideFill() int {
	r := insideReport{Filled: map[string]int64{}}
	for _, dir := range []string{"/tmp", "/dev/shm", sandboxSession, sandboxDocuments} {
		f, err := os.Create(filepath.Join(dir, "full"))
		if err != nil {
			r.Filled[dir] = -1
			continue
		}
		block := make([]byte, 1<<20)
		for {
			n, err := f.Write(block)
			r.Filled[dir] += int64(n)
			if err != nil || r.Filled[dir] > 1<<30 {
				break
			}
		}
		f.Close()
		_ = os.Remove(f.Name())
	}
	for ; r.Files < 1_000_000; r.Files++ {
		f, err := os.Create(fmt.Sprintf("/tmp/%d", r.Files))
		if err != nil {
			break
		}
		f.Close()
	}
	for i := range r.Files {
		_ = os.Remove(fmt.Sprintf("/tmp/%d", i))
	}
	return report(r)
}
