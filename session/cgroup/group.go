package cgroup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Group is a group of processes. Its methods may be called at once by several goroutines, but for Remove.
type Group struct {
	dir  *os.File
	path string
}

// New makes the group name in parent, which is a directory of a cgroup2 and has no process of its own. All limits are
// set before it returns, or there is no group. A group of that name that somebody left behind is ended first.
func New(parent, name string, l Limits) (*Group, error) {
	if name == "" || name != filepath.Base(name) || name[0] == '.' {
		return nil, errors.New("a group has a plain name")
	}
	var fs unix.Statfs_t
	if err := unix.Statfs(parent, &fs); err != nil || fs.Type != unix.CGROUP2_SUPER_MAGIC {
		return nil, errors.New("the groups of this computer are not cgroup2")
	}
	if err := write(parent, "cgroup.subtree_control", "+memory +pids +cpu"); err != nil {
		return nil, fmt.Errorf("cannot hold a group to limits: %w", err)
	}
	g := &Group{path: filepath.Join(parent, name)}
	if err := g.make(); err != nil {
		return nil, fmt.Errorf("cannot make a group: %w", withoutPath(err))
	}
	for _, s := range l.settings() {
		if err := g.set(s); err != nil {
			return nil, errors.Join(err, os.Remove(g.path))
		}
	}
	dir, err := os.Open(g.path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("cannot open a group: %w", err), os.Remove(g.path))
	}
	g.dir = dir
	return g, nil
}

// make makes the directory, in place of one that an earlier process of the service died before removing. All may look
// into it, whatever the umask: who watches the browser has become the browser's user (EventsOf).
func (g *Group) make() error {
	err := os.Mkdir(g.path, 0o755)
	if errors.Is(err, os.ErrExist) {
		err = g.replace()
	}
	if err != nil {
		return err
	}
	return os.Chmod(g.path, 0o755)
}

// replace ends a group that was left behind, and makes a new one.
func (g *Group) replace() error {
	ctx, cancel := context.WithTimeout(context.Background(), leftoverBound)
	defer cancel()
	if err := g.Kill(); err != nil {
		return err
	}
	if err := g.Empty(ctx); err != nil {
		return err
	}
	if err := unix.Rmdir(g.path); err != nil {
		return err
	}
	return os.Mkdir(g.path, 0o755)
}

const leftoverBound = 5 * time.Second

// set writes one setting. A kernel without swap accounting has no swap that could be used (swapaccount=0 aside).
func (g *Group) set(s setting) error {
	err := write(g.path, s.file, s.value)
	if s.optional && errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot set %s: %w", s.file, err)
	}
	return nil
}

// Directory is open on the group: whoever is started with it is born in the group (syscall.SysProcAttr, CgroupFD). It
// closes with Remove.
func (g *Group) Directory() *os.File { return g.dir }

// Kill ends every process in the group, those that are just being made as well. It does not wait for them (Empty does).
func (g *Group) Kill() error {
	if err := write(g.path, "cgroup.kill", "1"); err != nil {
		return fmt.Errorf("cannot end a group: %w", err)
	}
	return nil
}

// Empty waits until the kernel says that no process is in the group nor in one below it; a zombie is none. It gives an
// error when ctx ends before, or when it cannot be known.
func (g *Group) Empty(ctx context.Context) error {
	for {
		populated, err := count(g.path, "cgroup.events", "populated")
		if err == nil && populated == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.New("a process is still in the group")
		case <-time.After(emptyLook):
		}
	}
}

const emptyLook = 5 * time.Millisecond

// Remove takes the group away, which must be empty. What its processes wrote to a file system in memory stays there.
func (g *Group) Remove() error {
	_ = g.dir.Close()
	if err := unix.Rmdir(g.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("cannot remove a group: %w", err)
	}
	return nil
}

// write puts a value in a file of a group, which the kernel made.
func write(dir, file, value string) error {
	f, err := os.OpenFile(filepath.Join(dir, file), os.O_WRONLY, 0)
	if err != nil {
		return withoutPath(err)
	}
	_, err = f.WriteString(value)
	return withoutPath(errors.Join(err, f.Close()))
}

// withoutPath leaves out where a group is: its name says enough.
func withoutPath(err error) error {
	if e, is := errors.AsType[*os.PathError](err); is {
		return e.Err
	}
	return err
}

// readKey reads one of the figures of a file with a key and a number a line.
func readKey(data, key string) (int64, error) {
	for line := range strings.Lines(data) {
		var n int64
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name == key {
			if _, err := fmt.Sscanf(value, "%d", &n); err == nil && n >= 0 {
				return n, nil
			}
		}
	}
	return 0, fmt.Errorf("the kernel does not tell %q of a group", key)
}
