//go:build vm

package vm

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// cacheDir is where disks are kept from one run to the next: those of another Debian than 13 have a place of their own.
func cacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("cannot tell where the disks are kept: %w", err)
	}
	dir := filepath.Join(base, "estran", strings.TrimSuffix("vm-"+suite(), "-trixie"))
	return dir, os.MkdirAll(dir, 0o700)
}

// lockCache waits until no other run uses the disks: two machines on one disk would ruin it.
func lockCache(ctx context.Context) (unlock func(), err error) {
	dir, err := cacheDir()
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err == nil {
			return func() { _ = f.Close() }, nil
		}
		select {
		case <-ctx.Done():
			_ = f.Close()
			return nil, fmt.Errorf("another run uses the machine (%s): %w", f.Name(), ctx.Err())
		case <-time.After(time.Second):
		}
	}
}

// forget removes old disks of a kind, all but this one and the newest spare others: each is about a gigabyte.
func forget(kind, keep string, spare int) {
	old, _ := filepath.Glob(filepath.Join(filepath.Dir(keep), kind+"-*"))
	age := func(path string) time.Duration {
		info, err := os.Stat(path)
		if err != nil {
			return 0
		}
		return time.Since(info.ModTime())
	}
	slices.SortFunc(old, func(a, b string) int { return cmp.Compare(age(a), age(b)) })
	for _, path := range old {
		switch {
		case path == keep:
		case spare > 0 && !strings.HasSuffix(path, ".new"):
			spare--
		default:
			_ = os.Remove(path)
		}
	}
}

// digest names what was made from these parts: 16 hexadecimal figures.
func digest(parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(sum, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(sum.Sum(nil))[:16]
}

// socketsPrefix begins the names of the folders of QEMU's sockets, which have no long names: those of this cache alone.
func socketsPrefix(cache string) string { return "estran-vm-" + digest(cache)[:6] + "-" }

// sweep removes what a run that was killed left: drafts of disks, sockets. The caller has the lock.
func sweep() error {
	dir, err := cacheDir()
	if err != nil {
		return err
	}
	for _, pattern := range []string{
		filepath.Join(dir, "making-*"), filepath.Join(dir, "*.new"), filepath.Join(os.TempDir(), socketsPrefix(dir)+"*"),
	} {
		left, _ := filepath.Glob(pattern)
		for _, path := range left {
			if err := removeTree(path); err != nil {
				return err
			}
		}
	}
	return nil
}
