package agents

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"estran/session"
	"estran/session/daybook"
	"estran/session/ownfile"
)

// Options say where the accounts are.
type Options struct {
	// Path is the file of the agents, "" for that of a station.
	Path string
	// StateDir is the directory of the counts and of the lock; "" for that of a station.
	StateDir string
	// Clock is the time, the zero value for that of this computer.
	Clock Clock
	// Note writes a line in the daybook; nil notes nothing.
	Note func(daybook.Entry) error
}

// The names in the state directory.
const (
	triesName = "agents-tries"
	lockName  = "agents-lock"
)

// StateNames are the files that may be in the state directory: nothing of a visitor is in them, and so they are no remains
// of a session. One that is removed forgives wrong codes.
func StateNames() []string { return []string{triesName, triesName + ownfile.Next, lockName} }

// House is the accounts of a station: what session/station asks of its Agents, and for estranctl the changes. Several
// processes may have one each: they share a lock, and read the files anew each time.
type House struct {
	path, triesPath, lockPath string
	clock                     Clock
	note                      func(daybook.Entry) error
	compare                   func(h hash, tidy string) bool // hash.matches, but for a test that looks when it is called

	mu   sync.Mutex
	last lastFailure
}

// lastFailure is of the login that failed last.
type lastFailure struct {
	until time.Duration // since the boot
	tries int
}

// Open gives the accounts of a station. It reads nothing yet.
func Open(o Options) *House {
	if o.Path == "" {
		o.Path = Path
	}
	if o.StateDir == "" {
		o.StateDir = filepath.Dir(daybook.Path)
	}
	if o.Clock.Wall == nil {
		o.Clock = SystemClock()
	}
	if o.Note == nil {
		o.Note = func(daybook.Entry) error { return nil }
	}
	return &House{
		path: o.Path, triesPath: filepath.Join(o.StateDir, triesName), lockPath: filepath.Join(o.StateDir, lockName),
		clock: o.Clock, note: o.Note, compare: hash.matches,
	}
}

// Anybody says that somebody can sign in here: an account has a code, and the file is sound. It reads the file.
func (h *House) Anybody() (bool, error) {
	accounts, err := read(h.path)
	if err != nil {
		return false, untrusted(err)
	}
	return slices.ContainsFunc(accounts, hasCode), nil
}

func hasCode(a Account) bool { return a.Code != "" }

// untrusted keeps why for the journal.
func untrusted(err error) error { return fmt.Errorf("%w: %w", session.ErrAgentsUntrusted, err) }

// Wait tells of the login that failed last: how long it must wait, and how many codes may still be tried; nothing after
// somebody came in. It reads no file.
func (h *House) Wait() (left time.Duration, tries int) {
	now, err := h.clock.SinceBoot()
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil {
		return 0, h.last.tries
	}
	return max(0, h.last.until-now), h.last.tries
}

func (h *House) remember(l lastFailure) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = l
}

// now is the time on the clock that nobody can set.
func (h *House) now() (moment, error) {
	boot, err1 := h.clock.Boot()
	since, err2 := h.clock.SinceBoot()
	return moment{boot, since}, errors.Join(err1, err2)
}

// open takes the lock and reads both files. The caller calls release.
func (h *House) open(ctx context.Context) (b book, release func(), err error) {
	release, err = lock(ctx, h.lockPath)
	if err != nil {
		return book{}, nil, err
	}
	b, err = h.look()
	if err = errors.Join(err, b.unread); err != nil {
		release()
		return book{}, nil, err
	}
	return b, release, nil
}

// book is both files at a moment.
type book struct {
	accounts []Account
	tries    tries
	unread   error // why the counts cannot be read, for those who go on all the same
	now      moment
	today    Day
}

// find is where an account stands, -1 for nowhere.
func (b book) find(login string) int {
	return slices.IndexFunc(b.accounts, func(a Account) bool { return a.Login == login })
}

// dateTrusted says that the clock on the wall is not behind the newest day of the file. When it is, nobody can tell which
// account is past its end, and all of them are taken to be. One day more is that of another time zone.
func (b book) dateTrusted() bool {
	tomorrow := b.today.later(0, 1)
	return !slices.ContainsFunc(b.accounts, func(a Account) bool { return max(a.Created, a.Reviewed) > tomorrow })
}
