package session

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// What a value of the configuration may look like, for whoever wrote another one.
const (
	durationForm = "write 30s, 5m or 1h"
	sizeForm     = "write 64MiB or 2GiB"
)

// Std returns the duration as the standard library has it.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// String writes the duration as the configuration does, without the zeros that time.Duration adds: 5m, not 5m0s.
func (d Duration) String() string {
	s := time.Duration(d).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// MarshalText gives what String gives.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a duration with its units; a negative one is refused.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v < 0 {
		return fmt.Errorf("%q is not a duration: %s", text, durationForm)
	}
	*d = Duration(v)
	return nil
}

// sizeUnits are the units of a Size, the largest first.
var sizeUnits = []struct {
	name  string
	bytes Size
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}}

// String writes the size in the largest unit that gives a whole number.
func (s Size) String() string {
	for _, u := range sizeUnits {
		if s != 0 && s%u.bytes == 0 {
			return strconv.FormatInt(int64(s/u.bytes), 10) + u.name
		}
	}
	return "0B"
}

// MarshalText gives what String gives.
func (s Size) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a whole number and its unit: B, KiB, MiB or GiB. MB and GB are refused, since they mean one
// thing to disk makers and another to everybody else.
func (s *Size) UnmarshalText(text []byte) error {
	v, err := parseSize(string(text))
	if err != nil {
		return fmt.Errorf("%q is not a size: %s", text, sizeForm)
	}
	*s = v
	return nil
}

func parseSize(text string) (Size, error) {
	for _, u := range sizeUnits {
		digits, found := strings.CutSuffix(text, u.name)
		if !found {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSuffix(digits, " "), 10, 63)
		if err != nil {
			return 0, err
		}
		size := Size(n) * u.bytes
		if size/u.bytes != Size(n) {
			return 0, errors.New("too large")
		}
		return size, nil
	}
	return 0, errors.New("no unit")
}
