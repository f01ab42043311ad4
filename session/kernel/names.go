package kernel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Names are those that the kernel remembers of files, in its directory cache.
type Names struct {
	Proc string // where procfs is mounted, "" for the usual place
	// Dir is where names are looked up that are not there, "" for sysfs, which every computer has and which keeps them. A
	// tmpfs would not. Nothing is written to it.
	Dir string

	taught bool // the kernel remembered names of ours when the wipe began
}

const (
	// made is how many names the kernel is taught before it is asked to forget.
	made = 8192
	// few is how many names of files that are not there other programs may have asked for since the wipe. It is far less
	// than made, so that a wipe that did nothing is always seen.
	few = 1024
	// walked is how many names other programs may have found since, such as one that walks through a disk: it finds some
	// thousands in the time between a wipe and its check, and asks for hardly any that is not there.
	walked = 16384
)

// Wipe has the kernel drop each entry that nothing uses, and the inodes with them (proc_sys_vm(5), drop_caches). What is read
// next is a little slower. Before, the kernel is taught names of files that are not there, for Check to see that they go: after
// an earlier wipe it may know so few that nobody would see whether they went.
func (n *Names) Wipe(ctx context.Context) error {
	untaught := n.teach()
	n.taught = untaught == nil
	for range 5 {
		// Twice: what was used again since it was learned outlives the first time.
		if err := errors.Join(n.drop(), n.drop()); err != nil {
			return fmt.Errorf("cannot have the kernel forget names: %w", err)
		}
		if n.Check(ctx) == nil {
			break
		}
	}
	return untaught
}

// teach looks up names that are not there. The kernel remembers of each that it is not there (a negative dentry).
func (n *Names) teach() error {
	where := cmp.Or(n.Dir, "/sys/kernel")
	dir, err := unix.Open(where, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("cannot look up names in the directory %q: %w", where, err)
	}
	defer unix.Close(dir)
	for i := range made {
		var nothing unix.Stat_t
		err := unix.Fstatat(dir, "forgotten-"+strconv.Itoa(i), &nothing, unix.AT_SYMLINK_NOFOLLOW)
		if err != nil && !errors.Is(err, unix.ENOENT) {
			return fmt.Errorf("cannot look up a name in %s: %w", where, err)
		}
	}
	kept, err := n.kept()
	if err != nil {
		return err
	}
	if kept.missing < made/2 { // other programs may give some a file, or the kernel need the room
		return fmt.Errorf("the kernel keeps no name of what is not in %s: nobody would see that it forgets", where)
	}
	return nil
}

func (n *Names) drop() error {
	// The file must not be made, nor emptied: it takes one number.
	f, err := os.OpenFile(n.path("sys/vm/drop_caches"), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString("2\n")
	return errors.Join(err, f.Close())
}

// Check asks the kernel how many entries it still keeps that nothing uses. The names that it was taught are gone, which are
// the last that it would give up; and so is all but what other programs looked up since.
func (n *Names) Check(context.Context) error {
	if !n.taught {
		return errors.New("nobody sees whether the kernel forgot names")
	}
	now, err := n.kept()
	switch {
	case err != nil:
		return err
	case now.missing > few:
		return fmt.Errorf("the kernel keeps %d names of files that are not there", now.missing)
	case now.unused > walked:
		return fmt.Errorf("the kernel keeps %d names that nothing uses", now.unused)
	}
	return nil
}

func (n *Names) path(file string) string {
	if n.Proc == "" {
		return filepath.Join("/proc", file)
	}
	return filepath.Join(n.Proc, file)
}

// entries counts what the kernel keeps: entries that nothing uses, and those among them whose file is not there.
type entries struct{ unused, missing int }

// kept reads the second number of dentry-state and the fifth (proc_sys_fs(5)), which Linux 5.0 brought.
func (n *Names) kept() (entries, error) {
	text, err := os.ReadFile(n.path("sys/fs/dentry-state"))
	if err != nil {
		return entries{}, fmt.Errorf("cannot tell how many names the kernel keeps: %w", err)
	}
	fields := strings.Fields(string(text))
	if len(fields) < 5 {
		return entries{}, errors.New("the kernel does not tell how many names it keeps")
	}
	unused, err := strconv.Atoi(fields[1])
	missing, err2 := strconv.Atoi(fields[4])
	if err := errors.Join(err, err2); err != nil {
		return entries{}, fmt.Errorf("the kernel tells of names what cannot be read: %w", err)
	}
	return entries{unused, missing}, nil
}
