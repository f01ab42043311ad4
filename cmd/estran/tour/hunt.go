package tour

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// hunt is the tour's own way to find what a visit leaves. It shares no code with the station's: it greps.
type hunt struct {
	mark  string    // begins every canary of the visit
	roots []string  // where a visit could leave something
	from  time.Time // older files are none of its doing
	key   string    // what the visitor meant to keep
}

// files counts the files that hold the mark, in their name or their content.
func (h *hunt) files() (int, error) {
	found := 0
	for _, root := range h.roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
				return nil // went away, or is somebody else's
			}
			if err != nil {
				return err
			}
			if path == h.key {
				return skip(d)
			}
			if strings.Contains(path, h.mark) {
				found++
				return nil
			}
			if !d.Type().IsRegular() {
				return nil
			}
			holds, err := h.holds(path)
			if holds {
				found++
			}
			return err
		})
		if err != nil {
			return 0, fmt.Errorf("cannot look through %s: %w", root, err)
		}
	}
	return found, nil
}

func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return filepath.SkipDir
	}
	return nil
}

// largest is how much of a file is read: programs and images that are older than the visit are passed over before.
const largest = 256 << 20

func (h *hunt) holds(path string) (bool, error) {
	info, err := os.Stat(path)
	if err != nil || info.ModTime().Before(h.from) || info.Size() > largest {
		return false, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return false, nil
	}
	return err == nil && h.in(data), err
}

// in says that the mark is in data, as it is or as programs write it.
func (h *hunt) in(data []byte) bool {
	for _, form := range forms(h.mark) {
		if bytes.Contains(data, form) {
			return true
		}
	}
	return false
}

// forms are the mark in UTF-8, in UTF-16, and in base64 at each of its three places.
func forms(mark string) [][]byte {
	var wide []byte
	for _, u := range utf16.Encode([]rune(mark)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	all := [][]byte{[]byte(mark), wide}
	for shift := range 3 {
		// What stands before and after changes the first and the last figure: they are cut off.
		text := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), mark...))
		all = append(all, []byte(text[shift+1:len(text)-2]))
	}
	return all
}

// memories lists the sources of the tmpfs that we see under dir: each session's has a name of its own.
func memories(dir string) ([]string, error) {
	data, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return nil, fmt.Errorf("cannot read the mounts: %w", err)
	}
	var sources []string
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) > 2 && strings.HasPrefix(f[1], dir+"/") {
			sources = append(sources, f[0])
		}
	}
	return sources, nil
}

// seers lists the processes that see a mount of that source from another namespace than ours: those of a sandbox.
func seers(source string) ([]int, error) {
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		return nil, fmt.Errorf("cannot tell our namespace: %w", err)
	}
	paths, err := filepath.Glob("/proc/[0-9]*/mountinfo")
	if err != nil {
		return nil, err
	}
	var pids []int
	for _, path := range paths {
		process := filepath.Dir(path)
		if ns, err := os.Readlink(filepath.Join(process, "ns/mnt")); err != nil || ns == own {
			continue
		}
		mounts, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(mounts, []byte(" "+source+" ")) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(process))
		if err != nil {
			return nil, err
		}
		pids = append(pids, pid)
	}
	return pids, nil
}

// alive says which of the processes are still there.
func alive(pids []int) (left []int) {
	for _, pid := range pids {
		if _, err := os.Stat("/proc/" + strconv.Itoa(pid)); err == nil {
			left = append(left, pid)
		}
	}
	return left
}
