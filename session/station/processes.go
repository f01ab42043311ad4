package station

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// seers lists the processes that see a session's memory from another mount namespace than ours: those of a sandbox.
// A process that we may not look at is somebody else's, and cannot see it: the memory was mounted in a namespace that
// only our own kin enters. Whoever holds the memory in another way is found by its death (watchDeath).
func seers(tagPrefix string) ([]int, error) {
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		return nil, fmt.Errorf("cannot tell our mount namespace: %w", err)
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, fmt.Errorf("cannot list processes: %w", err)
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		dir := filepath.Join("/proc", e.Name())
		if ns, err := os.Readlink(filepath.Join(dir, "ns/mnt")); err != nil || ns == own {
			continue
		}
		mounts, err := os.ReadFile(filepath.Join(dir, "mountinfo"))
		if err == nil && bytes.Contains(mounts, []byte(" "+tagPrefix)) {
			pids = append(pids, pid)
		}
	}
	return pids, nil
}

// programs names what runs as pids, for the journal: the names of programs, never what they were given.
func programs(pids []int) string {
	var names []string
	for _, pid := range pids {
		name, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "comm"))
		if err == nil {
			names = append(names, strings.TrimSpace(string(name)))
		}
	}
	return strings.Join(names, ", ")
}

// Leftovers kills what an earlier run of a station with this run directory has left running, and gives an error when
// something stays. cmd/estran calls it before it enters a namespace, from where such processes could not be seen.
func Leftovers(ctx context.Context, runDir string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	prefix, err := tagPrefix(runDir)
	if err != nil {
		return err
	}
	for {
		pids, err := seers(prefix)
		if err != nil || len(pids) == 0 {
			return err
		}
		for _, pid := range pids {
			_ = unix.Kill(pid, unix.SIGKILL)
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return fmt.Errorf("%d processes of an earlier session cannot be ended", len(pids))
		}
	}
}

// mountsWith lists our own mounts whose source begins with prefix.
func mountsWith(prefix string) ([]string, error) {
	data, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, fmt.Errorf("cannot read the mounts: %w", err)
	}
	var points []string
	for line := range strings.Lines(string(data)) {
		before, after, found := strings.Cut(line, " - ")
		fields, source := strings.Fields(before), strings.Fields(after)
		if found && len(fields) > 4 && len(source) > 1 && strings.HasPrefix(source[1], prefix) {
			points = append(points, fields[4])
		}
	}
	return points, nil
}

// errnoOf is what the kernel said, without the path it said it of: a path may hold the name of a visitor's file.
func errnoOf(err error) error {
	var errno unix.Errno
	if errors.As(err, &errno) {
		return errno
	}
	return errors.New("the kernel refused")
}
