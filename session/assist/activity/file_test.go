package activity_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/assist/activity"
	"estran/session/sessiontest"
)

// threeMonths is a file of two months and the newest day.
func threeMonths(t testing.TB) (tally *activity.Tally, whole []byte) {
	tally = newTally(t)
	tally.Now = func() time.Time { return tuesday.AddDate(0, 1, 0) }
	add(t, tally, monday.AddDate(0, -2, 0), 5, helped)
	add(t, tally, monday.AddDate(0, -1, 0), 6, helped)
	add(t, tally, monday, 7, helped)
	return tally, content(t, tally)
}

// TestAFileThatIsCut at any byte is recognised; what stands whole before the cut counts on, the rest is put aside, and the
// next file is sound again.
func TestAFileThatIsCut(t *testing.T) {
	tally, whole := threeMonths(t)
	head, _, _ := bytes.Cut(whole, []byte("\n"))
	for at := range whole {
		must(t, os.RemoveAll(tally.Path+".aside"))
		must(t, os.WriteFile(tally.Path, whole[:at], 0o600))
		r, err := tally.Between(time.Time{}, time.Time{})
		must(t, err)
		// The newest day is the first line, then the months.
		lines := bytes.Count(whole[:at], []byte("\n"))
		if want := max(0, min(lines-1, 3)); !r.Spoilt || len(r.Months) != want {
			t.Fatalf("cut at byte %d: %d months, not %d; spoilt: %v", at, len(r.Months), want, r.Spoilt)
		}
		var told []string
		tally.Spoilt = func(aside string) { told = append(told, aside) }
		must(t, tally.Add(tuesday, helped))
		rest := whole[bytes.LastIndexByte(whole[:at], '\n')+1 : at]
		if at <= len(head) {
			rest = whole[:at]
		}
		kept, err := os.ReadFile(tally.Path + ".aside")
		if len(rest) > 0 && !bytes.Equal(kept, rest) || len(rest) == 0 && !errors.Is(err, os.ErrNotExist) {
			t.Fatalf("cut at byte %d: %q was put aside, not %q", at, kept, rest)
		}
		if len(told) != 1 || (told[0] == "") != (len(rest) == 0) {
			t.Fatalf("cut at byte %d: told %q", at, told)
		}
		must(t, tally.Add(tuesday, helped))
		if r, err = tally.Month(tuesday); err != nil || r.Spoilt || len(told) != 1 || r.Aside != (len(rest) > 0) {
			t.Fatalf("cut at byte %d: it is not sound again: %+v %v", at, r, err)
		}
	}
}

// TestAFileThatIsSpoilt at any byte never tells another number than those that were counted.
func TestAFileThatIsSpoilt(t *testing.T) {
	tally, whole := threeMonths(t)
	for at := range whole {
		for _, b := range []byte{whole[at] ^ 1, '\n', 0} {
			if b == whole[at] {
				continue
			}
			spoilt := slices.Clone(whole)
			spoilt[at] = b
			must(t, os.WriteFile(tally.Path, spoilt, 0o600))
			r, err := tally.Between(time.Time{}, time.Time{})
			if errors.Is(err, activity.ErrNewer) && at < bytes.IndexByte(whole, '\n') {
				continue
			}
			must(t, err)
			if !r.Spoilt {
				t.Fatalf("byte %d as %q is not seen", at, b)
			}
			for _, m := range r.Months {
				if want := map[string]int{"2026-09": 5, "2026-10": 6, "2026-11": 7}[m.Month]; m.Total != want {
					t.Fatalf("byte %d as %q gives %s %d", at, b, m.Month, m.Total)
				}
			}
		}
	}
}

// TestLinesThatAreThereTwice or in another file's place count once.
func TestLinesThatAreThereTwice(t *testing.T) {
	tally, whole := threeMonths(t)
	lines := bytes.SplitAfter(whole, []byte("\n"))
	twice := bytes.Join([][]byte{lines[0], lines[1], lines[1], lines[2], lines[2], lines[3], []byte("end 5\n")}, nil)
	must(t, os.WriteFile(tally.Path, twice, 0o600))
	if got := months(t, tally); got != "2026-09 5, 2026-10 6, 2026-11 7" {
		t.Errorf("there is %s", got)
	}
	must(t, os.WriteFile(tally.Path, bytes.Join([][]byte{lines[0], lines[1], []byte("end 1\n"), lines[2]}, nil), 0o600))
	if r, err := tally.Between(time.Time{}, time.Time{}); err != nil || !r.Spoilt || len(r.Months) != 2 {
		t.Errorf("something behind the end: %+v, %v", r, err)
	}
}

// TestANewerVersionIsRefused, and not overwritten.
func TestANewerVersionIsRefused(t *testing.T) {
	tally := newTally(t)
	newer := []byte("estran-activity 2\nwhatever\n")
	must(t, os.WriteFile(tally.Path, newer, 0o600))
	_, today := tally.Today(tuesday)
	_, between := tally.Between(time.Time{}, time.Time{})
	for what, err := range map[string]error{
		"add": tally.Add(tuesday, helped), "purge": tally.Purge(tuesday.AddDate(9, 0, 0)), "today": today, "between": between,
	} {
		if !errors.Is(err, activity.ErrNewer) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if !bytes.Equal(content(t, tally), newer) {
		t.Error("it was overwritten")
	}
}

// TestAFileOfOthersIsRefused, and not followed.
func TestAFileOfOthersIsRefused(t *testing.T) {
	for what, spoil := range map[string]func(path string) error{
		"readable":  func(p string) error { return os.Chmod(p, 0o644) },
		"writable":  func(p string) error { return os.Chmod(p, 0o620) },
		"a link":    func(p string) error { return errors.Join(os.Rename(p, p+"-real"), os.Symlink(p+"-real", p)) },
		"a pipe":    func(p string) error { return errors.Join(os.Remove(p), unix.Mkfifo(p, 0o600)) },
		"a folder":  func(p string) error { return errors.Join(os.Remove(p), os.Mkdir(p, 0o700)) },
		"too large": func(p string) error { return os.Truncate(p, 1<<30) },
	} {
		t.Run(what, func(t *testing.T) {
			tally := newTally(t)
			add(t, tally, tuesday, 5, helped)
			must(t, spoil(tally.Path))
			if err := tally.Add(tuesday, helped); err == nil {
				t.Error("it was written")
			}
			if _, err := tally.Today(tuesday); err == nil {
				t.Error("it was read")
			}
			if err := tally.Purge(tuesday); err == nil {
				t.Error("it was purged")
			}
		})
	}
}

// TestAFileOfAnotherUserIsRefused needs another user to give it to.
func TestAFileOfAnotherUserIsRefused(t *testing.T) {
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "needs to give a file away")
	}
	tally := newTally(t)
	add(t, tally, tuesday, 5, helped)
	must(t, os.Chown(tally.Path, 65534, 65534))
	if err := tally.Add(tuesday, helped); err == nil || !strings.Contains(err.Error(), "chown") {
		t.Errorf("it was written: %v", err)
	}
}

// TestAFullDiskKeepsTheCounts as they were, says so, and gets its room back.
func TestAFullDiskKeepsTheCounts(t *testing.T) {
	tally := newTally(t)
	dir := filepath.Dir(tally.Path)
	sessiontest.SmallDisk(t, dir, "16k")
	add(t, tally, monday, 5, helped)
	before := content(t, tally)
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, 1<<20), 0o600); !errors.Is(err, unix.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if err := tally.Add(tuesday, helped); !errors.Is(err, unix.ENOSPC) {
		t.Errorf("a full disk takes it: %v", err)
	}
	if _, err := os.Stat(tally.Path + ".new"); !errors.Is(err, os.ErrNotExist) || !bytes.Equal(content(t, tally), before) {
		t.Errorf("the counts are not as they were: %v", err)
	}
	must(t, os.WriteFile(tally.Path, before[:len(before)-9], 0o600)) // a file that is cut, and no room to put its end aside
	if err := tally.Add(tuesday, helped); err == nil || !bytes.Equal(content(t, tally), before[:len(before)-9]) {
		t.Errorf("what could not be put aside is gone: %v", err)
	}
	must(t, os.WriteFile(tally.Path, before, 0o600))
	must(t, os.Remove(filler))
	add(t, tally, tuesday, 1, helped)
}

// TestWhatACrashLeftIsNoObstacle: the file that was about to take the place of the other.
func TestWhatACrashLeftIsNoObstacle(t *testing.T) {
	tally := newTally(t)
	add(t, tally, tuesday, 5, helped)
	must(t, os.WriteFile(tally.Path+".new", []byte("estran-act"), 0o600))
	add(t, tally, tuesday, 1, helped)
	if a, err := tally.Today(tuesday); err != nil || a.Total != 6 {
		t.Errorf("%+v, %v", a, err)
	}
	entries, err := os.ReadDir(filepath.Dir(tally.Path))
	if err != nil || len(entries) != 1 {
		t.Errorf("there are %v: %v", entries, err)
	}
}

func TestWhatWasPutAsideGoesWithTime(t *testing.T) {
	tally, whole := threeMonths(t)
	tally.Months = 2
	must(t, os.WriteFile(tally.Path, whole[:len(whole)-9], 0o600))
	add(t, tally, tuesday, 1, helped)
	aside := tally.Path + ".aside"
	must(t, os.Chtimes(aside, tuesday, tuesday))
	must(t, tally.Purge(tuesday.AddDate(0, 2, 0)))
	if _, err := os.Stat(aside); err != nil {
		t.Error("it went too early")
	}
	must(t, tally.Purge(tuesday.AddDate(0, 3, 0)))
	if _, err := os.Stat(aside); !errors.Is(err, os.ErrNotExist) {
		t.Error("it stays")
	}
	if files := activity.Files(); !slices.Contains(files, filepath.Base(aside)) || !slices.Contains(files, filepath.Base(tally.Path)) {
		t.Errorf("the files are %q", files)
	}
}
