package bus

import (
	"strings"

	"github.com/godbus/dbus/v5"
)

// fixedSizes are the types whose values all have one size, in bytes, which is their alignment too.
var fixedSizes = map[byte]int{'y': 1, 'n': 2, 'q': 2, 'b': 4, 'i': 4, 'u': 4, 'h': 4, 'x': 8, 't': 8, 'd': 8}

// isArgument says that all the types of a signature are of those that a method here takes. godbus reads any other as
// well, and may need minutes for structs in structs in a message of a megabyte.
func isArgument(sig string) bool {
	for sig != "" {
		next, rest := nextArgument(sig)
		if next == "" {
			return false
		}
		sig = rest
	}
	return true
}

// nextArgument cuts the first type off a signature; "" when no method takes it.
func nextArgument(sig string) (next, rest string) {
	for _, t := range []string{"s", "t", "v", "as", "au", "at", "a{sv}"} {
		if rest, ours := strings.CutPrefix(sig, t); ours {
			return t, rest
		}
	}
	return "", sig
}

// checkBody walks the arguments of a call. What they say is looked at later; here it is that each is of a type that
// methods take, and each option a single value: a string, a number, a descriptor.
func checkBody(sig string, w *walker) *dbus.Error {
	if !isArgument(sig) {
		return invalid("no method takes arguments of these types")
	}
	for sig != "" {
		next, rest := nextArgument(sig)
		if why := w.argument(next); why != nil {
			return why
		}
		sig = rest
	}
	if w.bad || w.at != len(w.b) {
		return invalid("the arguments cannot be read")
	}
	return nil
}

func (w *walker) argument(typ string) *dbus.Error {
	switch typ {
	case "s":
		w.text(int(w.uint32()))
	case "t":
		w.fixed(8)
	case "v":
		return w.variant("the value")
	case "au", "at":
		n := int(w.uint32())
		w.align(fixedSizes[typ[1]])
		w.take(n)
	case "as":
		n := int(w.uint32())
		for end := w.at + n; w.at < end && !w.bad; {
			w.text(int(w.uint32()))
		}
	case "a{sv}":
		n := int(w.uint32())
		w.align(8)
		for end := w.at + n; w.at < end && !w.bad; {
			w.align(8)
			if why := w.variant(shown(w.text(int(w.uint32())))); why != nil {
				return why
			}
		}
	}
	return nil
}

// variant walks a single value.
func (w *walker) variant(name string) *dbus.Error {
	sig := w.text(int(w.byte()))
	switch {
	case w.bad || len(sig) != 1:
		return invalid("%s has a type that no option has", name)
	case sig == "s":
		w.text(int(w.uint32()))
	case fixedSizes[sig[0]] > 0:
		w.fixed(fixedSizes[sig[0]])
	default:
		return invalid("%s has a type that no option has", name)
	}
	return nil
}

func (w *walker) fixed(size int) {
	w.align(size)
	w.take(size)
}
