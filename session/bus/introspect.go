package bus

import (
	"context"
	_ "embed"
)

// XML is the reference manual of the object.
//
//go:embed org.estran.Station1.xml
var XML string

func introspect(context.Context, *Server, *call) ([]any, error) { return []any{XML}, nil }
