package kernel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Names are those that the kernel remembers of files, in its directory cache.
type Names struct {
	Proc string // where procfs is mounted, "" for the usual place

	before int // entries that nothing used, when the wipe began
	wiped  bool
}

// Wipe has the kernel drop each entry that nothing uses, and the inodes with them (proc_sys_vm(5), drop_caches). What is read
// next is a little slower. Where other programs look up many names meanwhile, it is asked again.
func (n *Names) Wipe(ctx context.Context) error {
	var err error
	if n.before, err = n.unused(); err != nil {
		return err
	}
	n.wiped = true
	for range 5 {
		if err := n.drop(); err != nil {
			return fmt.Errorf("cannot have the kernel forget names: %w", err)
		}
		if n.Check(ctx) == nil {
			break
		}
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

// few is how many entries other programs may have looked up since the wipe.
const few = 4096

// Check asks the kernel how many entries it still keeps that nothing uses.
func (n *Names) Check(context.Context) error {
	if !n.wiped {
		return errors.New("the kernel was not asked to forget names")
	}
	now, err := n.unused()
	if err != nil {
		return err
	}
	if now > few && now > n.before/2 {
		return fmt.Errorf("the kernel keeps %d of %d names that nothing uses", now, n.before)
	}
	return nil
}

func (n *Names) path(file string) string {
	if n.Proc == "" {
		return filepath.Join("/proc", file)
	}
	return filepath.Join(n.Proc, file)
}

// unused reads the second number of dentry-state (proc_sys_fs(5)).
func (n *Names) unused() (int, error) {
	text, err := os.ReadFile(n.path("sys/fs/dentry-state"))
	if err != nil {
		return 0, fmt.Errorf("cannot tell how many names the kernel keeps: %w", err)
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0, errors.New("the kernel does not tell how many names it keeps")
	}
	unused, err := strconv.Atoi(fields[1])
	if err != nil {
		return 0, fmt.Errorf("the kernel tells of names what cannot be read: %w", err)
	}
	return unused, nil
}
