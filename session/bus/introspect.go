package bus

import (
	"context"
	_ "embed"
	"strings"

	"github.com/godbus/dbus/v5"
)

// XML is the reference manual of the object.
//
//go:embed org.estran.Station1.xml
var XML string

// describe answers Introspect: the manual, or above the object the way to it, for busctl(1) and the like.
func describe(_ context.Context, _ *Server, c *call) ([]any, error) {
	if c.path == Path {
		return []any{XML}, nil
	}
	below := strings.TrimPrefix(strings.TrimPrefix(string(Path), string(c.path)), "/")
	next, _, _ := strings.Cut(below, "/")
	return []any{`<node><node name="` + next + `"/></node>`}, nil
}

// leadsTo says that a path lies above the object.
func leadsTo(path dbus.ObjectPath) bool {
	return path == "/" || strings.HasPrefix(string(Path), string(path)+"/")
}
