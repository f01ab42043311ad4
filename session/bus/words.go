package bus

import (
	"fmt"
	"strings"

	"estran/session"
)

// longestWord bounds a name such as E30 or read-only.
const longestWord = 32

// word is a stable name of a kind that grows (faults, reasons, problems): s. It is letters, figures and hyphens.
func word[T any, V ~string](key string, at func(*T) *V) field[T] {
	return newField(key, at,
		func(v V) string { return string(v) },
		func(w string) (V, error) { return V(w), checkWord(w) })
}

func checkWord(w string) error {
	other := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-'
	}
	if len(w) > longestWord || strings.ContainsFunc(w, other) {
		return fmt.Errorf("is not a word of letters, figures and hyphens")
	}
	return nil
}

// words names the values of a closed kind, in their order from 0.
type words[V ~int] []string

func (w words[V]) name(v V) string {
	if v < 0 || int(v) >= len(w) {
		return w[0]
	}
	return w[v]
}

func (w words[V]) value(name string) (V, error) {
	for i, n := range w {
		if n == name {
			return V(i), nil
		}
	}
	return 0, fmt.Errorf("is none of %s", strings.Join(w, ", "))
}

// oneOf is a value of a closed kind: s. A value that has no name is written as the cautious one, which is the first.
func oneOf[T any, V ~int](key string, w words[V], at func(*T) *V) field[T] {
	return newField(key, at, w.name, w.value)
}

// The closed kinds of the contract.
var (
	states = words[session.State]{"starting", "ready", "open", "paused", "wiping", "wiped", "stopped"}
	modes  = words[session.Mode]{"alone", "train", "accompany", "act"}

	browserStates = words[session.BrowserState]{"closed", "starting", "open", "hung", "closing"}

	mediumStates = words[session.MediumState]{
		"none", "reading", "checking", "ready", "copying-in", "copying-out", "ejecting", "ejected", "unreadable", "pulled",
		"forgotten",
	}
	stepStates = words[session.StepState]{"waiting", "running", "verified", "failed"}
	verdicts   = words[session.Verdict]{"unchecked", "clean", "suspect"}
)
