package media

import (
	"context"
	"maps"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// lookAgain is how often the kernel is asked when nobody would give a sign.
	lookAgain = 500 * time.Millisecond
	// patience is how long partitions may take to appear, before a drive without any that can be read is told.
	patience = 2 * time.Second
	// bootTime is how long after the start of the computer what appears was plugged in before it.
	bootTime = 30 * time.Second
)

// tellings is a key that was told.
type tellings struct {
	source Source
	which  string // which one the kernel says that its first device is
}

// sighting is when a drive that is not told yet was first seen.
type sighting struct {
	since   time.Time
	already bool
}

// survey holds what UDisks2 tells against what was told. It returns when to look again though no sign comes; 0 for not
// at all.
func (f *follower) survey(ctx context.Context, objects objects) (again time.Duration) {
	f.surveys++
	f.tellGone(ctx)
	drives := objects.drives(f.isKey, f.kernel)
	listed := map[string]bool{}
	for _, d := range drives {
		for _, device := range d.devices {
			listed[device] = true
		}
		if f.surveyDrive(ctx, d) {
			again = lookAgain
		}
	}
	maps.DeleteFunc(f.seen, func(name string, _ sighting) bool {
		return !slices.ContainsFunc(drives, func(d candidate) bool { return d.name == name })
	})
	for device := range f.told {
		if !listed[device] {
			again = lookAgain // UDisks2 has said all that it will: the kernel has not let the key go yet
		}
	}
	return again
}

// surveyDrive tells the key of one drive; true when it is too early to tell.
func (f *follower) surveyDrive(ctx context.Context, d candidate) (early bool) {
	at, seen := f.seen[d.name]
	if !seen {
		at = sighting{time.Now(), f.surveys == 1 || sinceBoot() < bootTime}
		f.seen[d.name] = at
	}
	before := f.toldOf(d)
	if slices.ContainsFunc(before, func(device string) bool { return d.keeps(f.told[device].source) }) {
		return false // one key at a time from one drive, and the one that was told stays it
	}
	if (!d.settled || !d.readable) && time.Since(at.since) < patience {
		return true
	}
	which, there := f.kernel.which(d.source.Path)
	if !there {
		return true
	}
	for _, device := range before {
		f.tellRemoved(ctx, device)
	}
	if f.tell(ctx, Event{Kind: Added, Source: d.source, Already: at.already}) {
		f.told[d.source.Path] = tellings{d.source, which}
	}
	return false
}

// toldOf are the keys, by their first device, that were told of a drive.
func (f *follower) toldOf(d candidate) []string {
	var keys []string
	for key, was := range f.told {
		if slices.ContainsFunc(was.source.paths(), func(p string) bool { return slices.Contains(d.devices, p) }) {
			keys = append(keys, key)
		}
	}
	return keys
}

// keeps says that nothing that can be read is missing in what was told of the drive. While udevd reads the partitions anew,
// some or all of them are not there.
func (d candidate) keeps(was Source) bool {
	told := was.paths()
	return !slices.ContainsFunc(d.canRead, func(device string) bool {
		return slices.Contains(d.source.paths(), device) && !slices.Contains(told, device)
	})
}

// tellGone tells which keys the kernel no longer has, or has given the name of to another.
func (f *follower) tellGone(ctx context.Context) {
	for _, device := range slices.Sorted(maps.Keys(f.told)) {
		if which, there := f.kernel.which(device); !there || which != f.told[device].which {
			f.tellRemoved(ctx, device)
		}
	}
}

func (f *follower) tellRemoved(ctx context.Context, device string) {
	if f.tell(ctx, Event{Kind: Removed, Source: f.told[device].source}) {
		delete(f.told, device)
	}
}

// sinceBoot is how long the computer has been up.
func sinceBoot() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &now); err != nil {
		return 0
	}
	return time.Duration(now.Nano())
}
