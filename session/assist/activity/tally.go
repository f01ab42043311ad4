package activity

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"estran/session"
	"estran/session/ownfile"
)

// What a caller acts on.
var (
	// ErrNewer: the file was written by a newer Estran, and is left as it is.
	ErrNewer = errors.New("the counts are those of a newer version of Estran")
	// ErrWholeMonths: what is asked for does not begin with a month, or does not end with one.
	ErrWholeMonths = errors.New("only whole months are told")
	// ErrNotOver: what is asked for has a month that is not over.
	ErrNotOver = errors.New("only months that are over are told")
)

// Tally is the counts of a station. One process writes them: that which holds the lock of the station. Others may read.
type Tally struct {
	// Path is the file.
	Path string
	// Months is for how many whole months a month is kept after its end; 0 for ever.
	Months int
	// Spoilt, where there is one, is told that lines of the file could not be read: kept aside in that file, "" when
	// there was nothing left to keep. It is for the journal, and names nobody.
	Spoilt func(aside string)
	// Now is the clock; nil is time.Now.
	Now func() time.Time

	mu sync.Mutex
}

// Open gives the counts in a file, which need not exist yet. Nothing is read before it is asked for.
func Open(path string, months int) *Tally { return &Tally{Path: path, Months: months} }

// earliest is before any station counts: a clock that says so is not set.
var earliest = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Add counts one intervention, on the day on which it is counted, in that time's zone, and has it on the disk before it
// answers. An intervention that is no such thing gives session.ErrForm. An error means that it may not be counted.
func (t *Tally) Add(day time.Time, i Intervention) error {
	codes, err := i.codes()
	if err != nil {
		return err
	}
	if day.Before(earliest) {
		return errors.New("cannot count: the clock of this computer is not set")
	}
	return t.change(func(l *ledger) { l.add(day.Format(time.DateOnly), codes) })
}

// add counts on a day. Another day than the newest one closes that: its margins go into its month.
func (l *ledger) add(day string, codes map[string][]string) {
	if l.today == nil || l.today.Day != day {
		l.months = l.closed()
		l.today = &today{Day: day}
	}
	l.today.Counts.add(codes)
}

// closed is the months with the newest day in its month. The ledger stays as it is.
func (l *ledger) closed() map[string]*month {
	all := make(map[string]*month, len(l.months)+1)
	for name, m := range l.months {
		all[name] = m
	}
	if l.today == nil {
		return all
	}
	name := l.today.Day[:len(monthForm)]
	with := month{Month: name, Days: map[string]int{l.today.Day: l.today.Counts.Total}, Counts: l.today.Counts.copied()}
	if before := all[name]; before != nil {
		for day, n := range before.Days {
			with.Days[day] += n
		}
		with.Counts.join(before.Counts)
	}
	all[name] = &with
	return all
}

// Purge takes away the months that are older than Months, and what was put aside as long ago. now says in which time zone
// a month ends.
func (t *Tally) Purge(now time.Time) error {
	if t.Months <= 0 {
		return nil
	}
	err := t.change(func(l *ledger) {
		for name := range l.months {
			if t.isOver(name, now) {
				delete(l.months, name)
			}
		}
		if l.today != nil && t.isOver(l.today.Day[:len(monthForm)], now) {
			l.today = nil
		}
	})
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	info, err := os.Lstat(t.Path + aside)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && t.isOver(info.ModTime().In(now.Location()).Format(monthForm), now) {
		err = ownfile.Remove(t.Path + aside)
	}
	if err != nil {
		return fmt.Errorf("cannot purge what was put aside of the counts: %w", err)
	}
	return nil
}

// isOver says that a month ended Months ago.
func (t *Tally) isOver(name string, now time.Time) bool {
	first, err := time.ParseInLocation(monthForm, name, now.Location())
	return err == nil && !now.Before(first.AddDate(0, t.Months+1, 0))
}

// change replaces the file, unless it would stay as it is. What cannot be read is put aside first.
func (t *Tally) change(f func(l *ledger)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, before, err := t.load()
	if err != nil {
		return err
	}
	if len(p.lost) > 0 {
		if err := putAside(t.Path, p.lost); err != nil {
			return fmt.Errorf("cannot put aside what is spoilt of the counts: %w", err)
		}
	}
	f(&p.ledger)
	after, err := p.encode()
	switch {
	case err != nil:
	case p.today == nil && len(p.months) == 0:
		err = ownfile.Remove(t.Path)
	case bytes.Equal(before, after):
	default:
		err = ownfile.Replace(t.Path, after)
	}
	if err != nil {
		return fmt.Errorf("cannot write the counts: %w", err)
	}
	if p.spoilt && t.Spoilt != nil {
		where := ""
		if len(p.lost) > 0 {
			where = t.Path + aside
		}
		t.Spoilt(where)
	}
	return nil
}

// load reads the file. One that is not there is an empty one.
func (t *Tally) load() (p parsed, data []byte, err error) {
	data, err = ownfile.Read(t.Path, largest)
	switch {
	case err == nil:
		p, err = parse(data)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err != nil {
		return parsed{}, nil, fmt.Errorf("cannot read the counts: %w", err)
	}
	if p.months == nil {
		p.months = map[string]*month{}
	}
	return p, data, nil
}

// Today tells what was counted on a day: how many, and about what. Where the clock went back and forth, only how many.
func (t *Tally) Today(day time.Time) (session.Activity, error) {
	p, _, err := t.load()
	if err != nil {
		return session.Activity{}, err
	}
	name := day.Format(time.DateOnly)
	n := 0
	if m := p.closed()[name[:len(monthForm)]]; m != nil {
		n = m.Days[name]
	}
	switch {
	case n == 0:
		return session.Activity{}, nil
	case n < session.FewPeople:
		return session.Activity{Few: true}, nil
	}
	a := session.Activity{Total: n}
	if p.today != nil && p.today.Day == name && p.today.Counts.Total == n {
		a.Cells = told(p.today.Counts.Theme, Codes(MarginTheme))
	}
	return a, nil
}
