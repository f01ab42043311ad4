package triage

import (
	"slices"
	"testing"

	"estran/session"
)

// Tests and fuzzing see every panic.
func init() { panicked = func(v any) { panic(v) } }

func TestAPanicIsAReason(t *testing.T) {
	defer func(old func(any)) { panicked = old }(panicked)
	told := 0
	panicked = func(any) { told++ }
	k := &look{Looker: &Looker{Limits: DefaultLimits()}, ctx: t.Context()}
	k.file(file{size: 10}) // without a content to read
	if !slices.Equal(k.reasons, []session.Reason{session.ReasonTooComplex}) || told != 1 {
		t.Errorf("the reasons are %v", k.reasons)
	}
}
