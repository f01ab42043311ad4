package media

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
	"golang.org/x/sys/unix"
)

// EventKind is what happened to a source.
type EventKind int

// The kinds of events.
const (
	Added EventKind = iota
	Removed
)

// Event says that a source appeared or vanished.
type Event struct {
	Kind   EventKind
	Source Source
	// Already says that a source that was Added may have been there before anybody was here. Only UDisks knows; see
	// Plugged for Watch.
	Already bool
}

// Watch tells the keys that appear and vanish directly under directories: folders, mount points and block devices.
// Those that are there already come first, as Added. An empty folder that nothing is mounted on is no key: it is where
// one will be mounted. Another key in the place of one is Removed, then Added. A directory that does not exist yet is
// waited for. The channel is closed when ctx ends; read it until then.
func Watch(ctx context.Context, dirs []string) (<-chan Event, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("cannot watch for keys: %w", err)
	}
	mounts, err := watchMounts(ctx)
	if err != nil {
		return nil, errors.Join(err, notify.Close())
	}
	w := &watcher{dirs: dirs, notify: notify}
	events := make(chan Event)
	go func() {
		defer close(events)
		defer notify.Close()
		w.run(ctx, mounts, events)
	}()
	return events, nil
}

// Plugged tells the keys that are there now, as Watch would: for whoever must know which ones nobody plugged in since.
func Plugged(dirs []string) []Source {
	keys, _ := (&watcher{dirs: dirs}).look()
	var sources []Source
	for _, path := range slices.Sorted(maps.Keys(keys)) {
		sources = append(sources, keys[path].source)
	}
	return sources
}

// watcher holds what was seen against what is there, at each sign of a change. What exactly changed does not matter, so
// that no lost or merged sign can lead it astray.
type watcher struct {
	dirs   []string
	notify *fsnotify.Watcher
	armed  map[string]identity // folders that give signs
	keys   map[string]plugged  // by path, as they were told
}

// plugged is a key at its path.
type plugged struct {
	source Source
	who    identity
}

// settle is how long signs are gathered: one key that is mounted gives many.
const settle = 20 * time.Millisecond

func (w *watcher) run(ctx context.Context, mounts <-chan struct{}, events chan<- Event) {
	for {
		for _, e := range w.tell(w.survey()) {
			select {
			case events <- e:
			case <-ctx.Done():
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-w.notify.Events:
		case <-w.notify.Errors: // signs were lost
		case <-mounts:
		}
		w.gather(ctx)
	}
}

// gather takes the signs that come together.
func (w *watcher) gather(ctx context.Context) {
	enough := time.After(settle)
	for {
		select {
		case <-w.notify.Events:
		case <-w.notify.Errors:
		case <-enough:
			return
		case <-ctx.Done():
			return
		}
	}
}

// tell makes what is there the new state, and returns what changed, in a steady order.
func (w *watcher) tell(now map[string]plugged) []Event {
	var events []Event
	for _, path := range slices.Sorted(maps.Keys(w.keys)) {
		if now[path] != w.keys[path] {
			events = append(events, Event{Kind: Removed, Source: w.keys[path].source})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(now)) {
		if now[path] != w.keys[path] {
			events = append(events, Event{Kind: Added, Source: now[path].source})
		}
	}
	w.keys = now
	return events
}

// survey looks at the directories, and again when there was more to be watched: what came in between gave no sign.
func (w *watcher) survey() map[string]plugged {
	for try := 0; ; try++ {
		keys, waiting := w.look()
		for _, dir := range w.dirs {
			waiting = append(waiting, nearest(dir))
		}
		if !w.arm(waiting) || try == 10 {
			return keys
		}
	}
}

// nearest is a directory, or the one above it in which it will appear.
func nearest(dir string) string {
	for {
		if info, err := os.Stat(dir); (err == nil && info.IsDir()) || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// arm makes these folders, and no other, give signs; it says whether one of them did not before.
func (w *watcher) arm(paths []string) bool {
	more := false
	alive := w.notify.WatchList()
	armed := map[string]identity{}
	for _, path := range paths {
		who, err := identityAt(path)
		if err != nil {
			more = true // gone since it was seen
			continue
		}
		armed[path] = who
		if w.armed[path] == who && slices.Contains(alive, path) {
			continue
		}
		// Another folder may have taken the path: the old watch is not on it.
		_ = w.notify.Remove(path)
		if w.notify.Add(path) == nil {
			more = true
		}
	}
	for path := range w.armed {
		if _, still := armed[path]; !still {
			_ = w.notify.Remove(path)
		}
	}
	w.armed = armed
	return more
}

// look finds the keys that are there, and the empty folders in which one may appear.
func (w *watcher) look() (keys map[string]plugged, waiting []string) {
	keys = map[string]plugged{}
	for _, dir := range w.dirs {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			kind := e.Type()
			isDevice := kind&fs.ModeDevice != 0 && kind&fs.ModeCharDevice == 0
			if strings.HasPrefix(e.Name(), ".") || (!e.IsDir() && !isDevice) {
				continue
			}
			who, err := identityAt(path)
			if err != nil {
				continue
			}
			here := plugged{Source{Path: path, Device: isDevice}, who}
			// A folder that was a key stays one when the visitor empties it.
			if isDevice || w.keys[path] == here || isMountOrFull(path) {
				keys[path] = here
			} else {
				waiting = append(waiting, path)
			}
		}
	}
	return keys, waiting
}

// isMountOrFull tells a key from the empty folder that it will be mounted on.
func isMountOrFull(path string) bool {
	var st unix.Statx_t
	if unix.Statx(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW, 0, &st) == nil && st.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0 {
		return true
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	names, _ := f.Readdirnames(1)
	return len(names) > 0
}
