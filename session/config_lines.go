package session

import (
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// configLines knows in which line of a TOML document each key stands: "session", "session.idle", "sites[1].url".
type configLines map[string]int

// findLines reads a document that was already found to be TOML.
func findLines(data []byte) configLines {
	lines := configLines{}
	arrays := map[string]int{}
	var p unstable.Parser
	p.Reset(data)
	table := ""
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table:
			table = lines.note(&p, "", e)
		case unstable.ArrayTable:
			name := lines.note(&p, "", e)
			table = fmt.Sprintf("%s[%d]", name, arrays[name])
			arrays[name]++
			lines[table] = lineOf(&p, e)
		case unstable.KeyValue:
			lines.keyValue(&p, table, e)
		}
	}
	return lines
}

// keyValue notes a key, and those of the inline tables in its value.
func (l configLines) keyValue(p *unstable.Parser, table string, e *unstable.Node) {
	key := l.note(p, table, e)
	switch v := e.Value(); v.Kind {
	case unstable.InlineTable:
		l.inlineTable(p, key, v)
	case unstable.Array:
		items := v.Children()
		for i := 0; items.Next(); i++ {
			if items.Node().Kind == unstable.InlineTable {
				l.inlineTable(p, fmt.Sprintf("%s[%d]", key, i), items.Node())
			}
		}
	}
}

func (l configLines) inlineTable(p *unstable.Parser, key string, v *unstable.Node) {
	for children := v.Children(); children.Next(); {
		if child := children.Node(); child.Kind == unstable.KeyValue {
			l.keyValue(p, key, child)
		}
	}
}

// note records the line of an expression under its full key, and under each table that its key opens.
func (l configLines) note(p *unstable.Parser, table string, e *unstable.Node) string {
	line := lineOf(p, e)
	full := table
	for keys := e.Key(); keys.Next(); {
		full = joinKey(full, string(keys.Node().Data))
		if _, known := l[full]; !known {
			l[full] = line
		}
	}
	return full
}

// has says that the document gives a key.
func (l configLines) has(key string) bool { return l[key] > 0 }

// of returns the line of a key, or of the nearest table around it.
func (l configLines) of(key string) int {
	for key != "" {
		if line, known := l[key]; known {
			return line
		}
		key = key[:max(0, strings.LastIndexAny(key, ".["))]
	}
	return 0
}

func lineOf(p *unstable.Parser, e *unstable.Node) int {
	keys := e.Key()
	if !keys.Next() {
		return 0
	}
	return p.Shape(keys.Node().Raw).Start.Line
}

func joinKey(table, key string) string {
	if table == "" {
		return key
	}
	return table + "." + key
}
