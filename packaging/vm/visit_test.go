//go:build vm

package vm

import (
	"testing"
	"time"
)

// TestVisit is one visit, from the first screen to the receipt, at the keyboard and the mouse.
func TestVisit(t *testing.T) {
	m := Station(t)
	m.Picture("01-bienvenue")

	m.Type("1")
	m.Settle()
	m.Picture("02-regles")
	m.Press("enter")
	m.Settle()
	m.Picture("03")
	m.Press("enter")
	m.Settle()
	m.Picture("04")
	m.Type("1")
	m.AwaitState("open", 30*time.Second)
	m.Settle()
	m.Picture("05-session")
}
