package session

import (
	"fmt"
	"log/slog"
)

// Private is text that belongs to a visitor: a file name, an address, a code. Formatting, logging or encoding it
// gives a fixed mark in place of the text; only Reveal gives the text, for the screen and for system calls.
type Private string

const privateMark = "[private]"

// Reveal returns the text itself. Whoever calls it shows it to the visitor or gives it to the kernel, nothing else.
func (p Private) Reveal() string { return string(p) }

// String returns a fixed mark.
func (p Private) String() string { return privateMark }

// GoString returns a fixed mark.
func (p Private) GoString() string { return privateMark }

// Format writes a fixed mark whatever the verb, so that %x and %q leak no more than %v.
func (p Private) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(privateMark)) }

// MarshalText gives a fixed mark to encoders.
func (p Private) MarshalText() ([]byte, error) { return []byte(privateMark), nil }

// LogValue gives a fixed mark to slog.
func (p Private) LogValue() slog.Value { return slog.StringValue(privateMark) }
