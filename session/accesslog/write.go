package accesslog

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"time"

	"estran/session"
	"estran/session/ownfile"
)

// Log is the access log that a station writes. One process writes it: that holds the lock of the station.
type Log struct {
	Path  string
	Rules Rules

	mu sync.Mutex // Purge runs beside
}

// Begin adds the line of a session that opens. An error means that it may not be there.
func (l *Log) Begin(start time.Time, addresses []netip.Addr) error {
	raw, err := encode(Entry{Station: thisStation(), Addresses: tidy(addresses), Start: start})
	if err != nil {
		return fmt.Errorf("cannot write the access log: %w", err)
	}
	return l.change(func(data []byte) ([]byte, error) { return append(ended(data), raw...), nil })
}

// Finish completes the newest line that is open. The addresses are those that the computer has now: others than when the
// session opened, where it moved to another network.
func (l *Log) Finish(end time.Time, how session.EndReason, addresses []netip.Addr) error {
	return l.change(func(data []byte) ([]byte, error) {
		lines := slices.Collect(bytes.Lines(ended(data)))
		for i, raw := range slices.Backward(lines) {
			e, err := decodeOpen(raw)
			if err != nil {
				continue
			}
			if lines[i], err = completed(e, end, how, addresses); err != nil {
				return nil, err
			}
			return bytes.Join(lines, nil), nil
		}
		return nil, errors.New("the line of the session is no longer there")
	})
}

// decodeOpen reads a line that is open, and no other.
func decodeOpen(raw []byte) (Entry, error) {
	if bytes.Contains(raw, []byte(`"ended":`)) {
		return Entry{}, errors.New("it has ended")
	}
	return decode(raw)
}

func completed(e Entry, end time.Time, how session.EndReason, addresses []netip.Addr) ([]byte, error) {
	e.Ended, e.Addresses = how, tidy(append(slices.Clone(e.Addresses), addresses...))
	if e.Day == "" {
		e.End = end
	}
	return encode(e)
}

// Recover completes every line that a run before this one left open, and says how many there were.
func (l *Log) Recover(found time.Time, how session.EndReason) (n int, err error) {
	err = l.change(func(data []byte) ([]byte, error) {
		var after []byte
		for raw := range bytes.Lines(ended(data)) {
			// Most lines have an end, which is seen without reading them: the next visitor waits.
			if e, err := decodeOpen(raw); err == nil {
				n++
				if raw, err = completed(e, found, how, nil); err != nil {
					return nil, err
				}
			}
			after = append(after, raw...)
		}
		return after, nil
	})
	return n, err
}

// Purge takes away what is older than the rules allow, and says how many lines it took or shortened. now says in which
// time zone a day is. A log with nothing left in it goes.
func (l *Log) Purge(now time.Time) (n int, err error) {
	err = l.change(func(data []byte) ([]byte, error) {
		var after []byte
		after, n = purged(parse(data), l.Rules, now)
		return after, nil
	})
	return n, err
}

// change replaces the file, unless it would stay as it is.
func (l *Log) change(f func(data []byte) ([]byte, error)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	before, err := read(l.Path)
	if err != nil {
		return err
	}
	after, err := f(before)
	switch {
	case err != nil:
	case bytes.Equal(before, after):
	case len(after) == 0:
		err = ownfile.Remove(l.Path)
	default:
		err = ownfile.Replace(l.Path, after)
	}
	if err != nil {
		return fmt.Errorf("cannot write the access log: %w", err)
	}
	return nil
}
