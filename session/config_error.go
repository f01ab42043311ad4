package session

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ConfigError is one thing wrong in a configuration file: where, what, and what is allowed instead. A file with
// several wrong things gives them all at once, joined by errors.Join in the order of their lines.
type ConfigError struct {
	File string
	// Line counts from 1; 0 when it is the whole file.
	Line int
	// Key is the setting with its section, "session.idle"; "" when no one setting is to blame.
	Key string
	// Problem says what is wrong, and Allowed what may be written instead ("" when Problem says it all).
	Problem, Allowed string
	// Err is the cause where the system gave one.
	Err error
}

// Error reads `estran.toml:12: session.idle: "5 minutes" is not a duration: write 30s, 5m or 1h`.
func (e *ConfigError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	for _, part := range []string{e.Key, e.Problem, e.Allowed} {
		if part != "" {
			b.WriteString(": " + part)
		}
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause, for errors.Is.
func (e *ConfigError) Unwrap() error { return e.Err }

// joinConfigErrors puts errors in the order of the file, so that IT mends it from top to bottom.
func joinConfigErrors(errs []*ConfigError) error {
	slices.SortStableFunc(errs, func(a, b *ConfigError) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key))
	})
	joined := make([]error, len(errs))
	for i, e := range errs {
		joined[i] = e
	}
	return errors.Join(joined...)
}
