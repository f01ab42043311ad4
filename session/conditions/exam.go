package conditions

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"estran/session"
)

// exam is one look at a host. What several conditions rest on is read once.
type exam struct {
	Host
	config  func() (session.Config, error)
	units   func() (map[string]unit, error)
	cmdline func() ([]string, error)
}

func newExam(ctx context.Context, h Host) *exam {
	e := &exam{Host: h}
	e.config = sync.OnceValues(func() (session.Config, error) { return h.Config() })
	e.units = sync.OnceValues(func() (map[string]unit, error) { return readUnits(ctx, h) })
	e.cmdline = sync.OnceValues(e.readCmdline)
	return e
}

// readCmdline is the kernel's command line up to "--", behind which stand the arguments of init (kernel-parameters.txt).
func (e *exam) readCmdline() ([]string, error) {
	line, err := e.ReadFile("/proc/cmdline")
	if err != nil {
		return nil, err
	}
	var options []string
	for _, f := range bytes.Fields(line) {
		if string(f) == "--" {
			break
		}
		options = append(options, string(f))
	}
	return options, nil
}

// option is the last value of an option of the kernel, which is the one that counts.
func option(cmdline []string, name string) (value string, there bool) {
	for _, o := range cmdline {
		n, v, _ := strings.Cut(o, "=")
		if n == name {
			value, there = v, true
		}
	}
	return value, there
}

// text is a small file without the space around it.
func (e *exam) text(path string) (string, error) {
	data, err := e.ReadFile(path)
	return strings.TrimSpace(string(data)), err
}
