package activity

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// The file is a first line with the version, a line for the newest day, a line a month, and a last one with their number:
//
//	estran-activity 1
//	1c291ca3 {"today":"2026-11-26","counts":{"total":2,"mode":{"train":2},…}}
//	8a2e1f00 {"month":"2026-11","days":{"2026-11-24":3},"counts":{"total":3,…}}
//	end 2
const (
	version   = 1
	firstLine = "estran-activity "
	lastLine  = "end "
	monthForm = "2006-01"
	sumLength = 8
)

// ledger is what the file holds: the months without the newest day, and that day.
type ledger struct {
	today  *today
	months map[string]*month
}

// today is the newest day: the only one whose margins are known.
type today struct {
	Day    string `json:"today"`
	Counts counts `json:"counts"`
}

// month is what came before, by month: how many on each day, and the margins of all days together.
type month struct {
	Month  string         `json:"month"`
	Days   map[string]int `json:"days"`
	Counts counts         `json:"counts"`
}

func (d today) check() error {
	if !isForm(time.DateOnly, d.Day) {
		return errors.New("today: it is no day")
	}
	return d.Counts.check()
}

func (m month) check() error {
	if !isForm(monthForm, m.Month) {
		return errors.New("month: it is no month")
	}
	for day, n := range m.Days {
		if !isForm(time.DateOnly, day) || day[:len(monthForm)] != m.Month || n < 1 || n > most {
			return errors.New("days: one is none of that month")
		}
	}
	if sum(m.Days) != m.Counts.Total {
		return errors.New("days: they do not add up")
	}
	return m.Counts.check()
}

func isForm(form, text string) bool {
	t, err := time.Parse(form, text)
	return err == nil && t.Format(form) == text
}

// encode is the whole file.
func (l ledger) encode() ([]byte, error) {
	out := fmt.Appendf(nil, "%s%d\n", firstLine, version)
	n := 0
	add := func(item interface{ check() error }) error {
		n++
		if err := item.check(); err != nil {
			return err
		}
		data, err := json.Marshal(item)
		out = fmt.Appendf(out, "%08x %s\n", crc32.ChecksumIEEE(data), data)
		return err
	}
	if l.today != nil {
		if err := add(*l.today); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.months)) {
		if err := add(*l.months[name]); err != nil {
			return nil, err
		}
	}
	return fmt.Appendf(out, "%s%d\n", lastLine, n), nil
}

var versionLine = regexp.MustCompile(`^` + firstLine + `([1-9][0-9]{0,8})\n`)

// parsed is what could be read of a file.
type parsed struct {
	ledger
	// lost are the lines that could not be read; spoilt says that there were some, or that some are missing.
	lost   []byte
	spoilt bool
}

// parse reads a file line by line: what is sound counts, what is not is lost. ErrNewer for one of a newer Estran.
func parse(data []byte) (parsed, error) {
	p := parsed{ledger: ledger{months: map[string]*month{}}}
	lines := slices.Collect(bytes.Lines(data))
	if head := versionLine.FindSubmatch(data); head == nil {
		p.spoilt = true // the first line may be one of the others
	} else if v, _ := strconv.Atoi(string(head[1])); v != version {
		return parsed{}, ErrNewer
	} else {
		lines = lines[1:]
	}
	ended := false
	for i, raw := range lines {
		if ended = string(raw) == fmt.Sprintf("%s%d\n", lastLine, i) && i == len(lines)-1; ended {
			break
		}
		if p.line(raw) != nil {
			p.lost = append(p.lost, raw...)
		}
	}
	p.spoilt = p.spoilt || !ended || len(p.lost) > 0
	return p, nil
}

// line takes one line up, strictly: what encode would not have written is refused.
func (p *parsed) line(raw []byte) error {
	body, whole := bytes.CutSuffix(raw, []byte("\n"))
	if !whole || len(body) <= sumLength+1 || string(body[:sumLength+1]) != fmt.Sprintf("%08x ", crc32.ChecksumIEEE(body[sumLength+1:])) {
		return errors.New("it is not as it was written")
	}
	body = body[sumLength+1:]
	var d today
	if err := strictly(body, &d); err == nil {
		if p.today != nil {
			return errors.New("there are two newest days")
		}
		p.today = &d
		return nil
	}
	var m month
	if err := strictly(body, &m); err != nil {
		return err
	}
	if p.months[m.Month] != nil {
		return errors.New("the month is there twice")
	}
	p.months[m.Month] = &m
	return nil
}

// strictly reads a checked value that is written exactly so.
func strictly[T interface{ check() error }](data []byte, into *T) error {
	if err := json.Unmarshal(data, into); err != nil {
		return err
	}
	if err := (*into).check(); err != nil {
		return err
	}
	again, err := json.Marshal(*into)
	if err == nil && !bytes.Equal(again, data) {
		err = errors.New("it is not as it was written")
	}
	return err
}
