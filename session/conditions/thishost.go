package conditions

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/assist/agents"
	"estran/session/browser"
	"estran/session/daybook"
	"estran/session/scan"
	"estran/session/wayland"
)

// ThisHost is the computer that this program runs on. Its caller is root, or much is Unknown.
func ThisHost() Host {
	return Host{
		ReadFile: readFile, ReadDir: readDir, Lstat: lstat, Readlink: os.Readlink, Run: run,
		Writable: writable, Free: free, Tmpfs: tmpfs, PolicySchema: policySchema,
		Config:    func() (session.Config, error) { return session.Load("") },
		Sandbox:   browser.Probe,
		Antivirus: antivirusHealth, Compositor: compositorGlobals,
		Daybook:   func(path string) (daybook.Reading, error) { return daybook.Book{Path: path}.Read() },
		AccessLog: accesslog.Read,
		Agents:    func(dir string) (agents.Report, error) { return agents.Open(agents.Options{StateDir: dir}).Report() },
		Now:       time.Now,
	}
}

// largest bounds what is read of a file: those of interest are much smaller, and one under /proc may not end.
const largest = 1 << 20

func readFile(path string) ([]byte, error) {
	// Without blocking: a pipe in the place of a file would keep us waiting.
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, largest+1))
	if err == nil && len(data) > largest {
		err = fmt.Errorf("cannot read %s: it is too large", path)
	}
	return data, err
}

func readDir(path string) ([]string, error) {
	entries, err := os.ReadDir(path)
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

func lstat(path string) (Entry, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return Entry{}, err
	}
	var st unix.Stat_t
	if err := unix.Lstat(path, &st); err != nil {
		return Entry{}, &fs.PathError{Op: "lstat", Path: path, Err: err}
	}
	return Entry{Mode: info.Mode(), UID: st.Uid, GID: st.Gid, Size: info.Size(), Modified: info.ModTime()}, nil
}

// run finds a program where Debian keeps them, whatever the PATH of the caller.
func run(ctx context.Context, program string, args ...string) (string, error) {
	for _, dir := range []string{"/usr/bin/", "/usr/sbin/"} {
		if _, err := os.Stat(dir + program); err == nil {
			program = dir + program
			break
		}
	}
	if !strings.HasPrefix(program, "/") {
		return "", &exec.Error{Name: program, Err: exec.ErrNotFound}
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = []string{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "SYSTEMD_COLORS=0", "SYSTEMD_PAGER="}
	cmd.Dir = "/"
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil && ctx.Err() != nil {
		return "", fmt.Errorf("%s does not answer in time", path.Base(program))
	}
	if exit, is := errors.AsType[*exec.ExitError](err); is && len(exit.Stderr) > 0 {
		said, _, _ := strings.Cut(strings.TrimSpace(string(exit.Stderr)), "\n")
		err = fmt.Errorf("%w: %s", err, printable(strings.TrimRight(said, ".")))
	}
	return string(out), err
}

// writable writes into a file without a name (open(2), O_TMPFILE): a full disk shows too. Where the file system has none
// of those, the rights are looked at.
func writable(dir string) error {
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o600)
	if errors.Is(err, unix.EOPNOTSUPP) || errors.Is(err, unix.EISDIR) {
		return unix.Access(dir, unix.W_OK)
	}
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	if _, err := unix.Write(fd, make([]byte, 4096)); err != nil {
		return err
	}
	return unix.Fsync(fd)
}

func free(path string) (int64, int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return 0, 0, err
	}
	return int64(st.Bavail) * st.Bsize, int64(st.Blocks) * st.Bsize, nil
}

func antivirusHealth(ctx context.Context, socket string) session.AntivirusStatus {
	return scan.New(socket, longestProbe).Health(ctx)
}

// compositorSocket is where the compositor of the seat listens.
const compositorSocket = "/run/estran-seat/wayland-1"

func compositorGlobals(ctx context.Context) ([]string, error) {
	globals, err := wayland.Globals(ctx, compositorSocket)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, g := range globals {
		names = append(names, g.Interface)
	}
	return names, nil
}

// policySchema reads it out of Firefox's own archive.
func policySchema() ([]byte, error) {
	z, err := zip.OpenReader(firefoxDir + "/browser/omni.ja")
	if err != nil {
		return nil, err
	}
	defer z.Close()
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "policies/policies-schema.json") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(io.LimitReader(r, 4*largest))
	}
	return nil, errors.New("this Firefox has no schema of policies")
}
