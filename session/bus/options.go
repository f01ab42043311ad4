package bus

import (
	"github.com/godbus/dbus/v5"

	"estran/session"
)

// The options of each method that has any.
var (
	openFields = []field[session.OpenOptions]{
		oneOf("mode", modes, func(o *session.OpenOptions) *session.Mode { return &o.Mode }),
		word("language", func(o *session.OpenOptions) *string { return &o.Language }),
		flag("large", func(o *session.OpenOptions) *bool { return &o.Large }),
		flag("contrast", func(o *session.OpenOptions) *bool { return &o.Contrast }),
	}
	browseFields = []field[browseOptions]{
		count("site", func(o *browseOptions) *int { return &o.site }),
		newField("terminal", func(o *browseOptions) *terminal { return &o.terminal },
			func(t terminal) dbus.UnixFDIndex { return 0 },
			func(dbus.UnixFDIndex) (terminal, error) { return true, nil }),
	}
	copyFields = []field[session.CopyOptions]{
		flag("unchecked", func(o *session.CopyOptions) *bool { return &o.AcceptUnchecked }),
	}
	beginFields = []field[beginOptions]{
		flag("force", func(o *beginOptions) *bool { return &o.force }),
	}
	noFields []field[struct{}]
)

// browseOptions is session.BrowseOptions without the descriptor, which comes beside the message.
type browseOptions struct {
	site     int
	terminal terminal
}

// terminal says that a descriptor was named.
type terminal bool

type beginOptions struct{ force bool }

// options reads the last argument of a call. Unlike a status, it holds nothing unknown: a caller who asks for what
// this service does not do must learn it.
func options[T any](fields []field[T], argument any) (T, error) {
	var zero T
	m, ok := argument.(map[string]dbus.Variant)
	if !ok {
		return zero, invalid("the options are not a{sv}")
	}
	for key := range m {
		if !has(fields, key) {
			return zero, invalid("there is no option %s", shown(key))
		}
	}
	t, err := decode(fields, m)
	if err != nil {
		return zero, invalid("%s", err)
	}
	return t, nil
}

func has[T any](fields []field[T], key string) bool {
	for _, f := range fields {
		if f.key == key {
			return true
		}
	}
	return false
}

// shown is a key as an error quotes it: it comes from somebody else.
func shown(key string) string {
	if checkWord(key) != nil {
		return "of that name"
	}
	return key
}
