package kiosk

import "strconv"

// choice is one thing the visitor can choose.
type choice struct {
	id    string // what pick is told
	label string // what it is, in a few words
	short string // the label of an action, where the actions would not fit on one row
	hint  string // one more line, where there is room
	icon  icon
	key   string // the key that picks it; "" takes the next number
	esc   bool   // Esc picks it too
	off   bool   // shown, but cannot be had now: hint says why
	safe  bool   // the one that Enter takes at first
	big   bool   // in big letters, where there is room
	mark  string // ✓ ! ✗ before the label, or ""
}

// icon is a small drawing in characters, three rows of at most seven cells; it repeats what the label says.
type icon [3]string

// keyBack is the key of the choice that goes back.
const keyBack = "esc"

// keyed gives each choice without a key the next number, and after nine the letters that mean nothing else.
func keyed(cs []choice, used int) []choice {
	const letters = "abcdeghijklnoprstuvwxyz"
	out := make([]choice, len(cs))
	for i, c := range cs {
		if c.key == "" {
			used++
			switch {
			case used <= 9:
				c.key = strconv.Itoa(used)
			case used-10 < len(letters):
				c.key = letters[used-10 : used-9]
			}
		}
		out[i] = c
	}
	return out
}
