package accesslog

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/netip"
	"time"

	"estran/session"
)

// line is what stands in the file.
type line struct {
	Station   string            `json:"station"`
	Addresses []netip.Addr      `json:"addresses"`
	Start     time.Time         `json:"start,omitzero"`
	End       time.Time         `json:"end,omitzero"`
	Day       string            `json:"day,omitempty"`
	Ended     session.EndReason `json:"ended,omitempty"`
}

// longestLine bounds a line in bytes: the addresses take most of it.
const longestLine = 2048

// encode is the line of an entry, with its end.
func encode(e Entry) ([]byte, error) {
	e.Start, e.End = toSecond(e.Start), toSecond(e.End)
	if err := e.check(); err != nil {
		return nil, err
	}
	if e.Addresses == nil {
		e.Addresses = []netip.Addr{}
	}
	data, err := json.Marshal(line(e))
	return append(data, '\n'), err
}

func toSecond(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Second)
}

// decode reads a line strictly, with its end or without: what encode would not have written is refused.
func decode(raw []byte) (Entry, error) {
	raw = bytes.TrimSuffix(raw, []byte("\n"))
	if len(raw) > longestLine {
		return Entry{}, errors.New("it is too long")
	}
	var l line
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return Entry{}, errors.New("it cannot be read")
	}
	if _, err := d.Token(); err != io.EOF {
		return Entry{}, errors.New("something stands behind it")
	}
	again, err := encode(Entry(l))
	if err != nil {
		return Entry{}, err
	}
	if !bytes.Equal(again[:len(again)-1], raw) {
		return Entry{}, errors.New("it is not as it was written")
	}
	return Entry(l), nil
}
