package triage

import (
	"bytes"
	"encoding/binary"
	"path"
	"strings"
)

// isModule says that a stream holds the code of a macro ([MS-OVBA] 2.2.5): it lies in a storage VBA, and is none of those
// that describe the project.
func isModule(e compoundEntry) bool {
	name := strings.ToLower(e.name)
	return path.Base(path.Dir(e.path)) == "vba" && name != "dir" && name != "_vba_project" && !strings.HasPrefix(name, "__srp_")
}

// mostCache is how many bytes a module without code has before its source. One with more has code whose source was taken
// out: Office runs the compiled form that stands there ("VBA stomping").
const mostCache = 8 << 10

// hasCode says that a module does something. Office makes empty ones, for each sheet and for the document.
func hasCode(module []byte) bool {
	// A source begins with its attributes, of which the first eight letters are packed as they are (2.4.1.3).
	at := bytes.Index(module, []byte("\x00Attribut"))
	if at < 3 || module[at-3] != 1 {
		return len(module) > 0
	}
	if at > mostCache {
		return true
	}
	source, whole := unpackVBA(module[at-3:])
	return !whole || hasStatements(string(source))
}

// hasStatements says that a source has more than attributes, options and remarks.
func hasStatements(source string) bool {
	for line := range strings.Lines(source) {
		line = strings.ToLower(strings.TrimSpace(line))
		switch {
		case line == "", strings.HasPrefix(line, "attribute "), strings.HasPrefix(line, "option "),
			strings.HasPrefix(line, "'"), strings.HasPrefix(line, "rem "):
		default:
			return true
		}
	}
	return false
}

// unpackVBA undoes the compression of sources (2.4.1): chunks of 4096 bytes, of letters and of copies of what came
// before. It says whether it could.
func unpackVBA(b []byte) (out []byte, whole bool) {
	for b = b[1:]; len(b) >= 2 && len(out) < mostModule; {
		head := binary.LittleEndian.Uint16(b)
		length := int(head&0xfff) + 3
		if head>>12&7 != 3 || length > len(b) {
			return out, len(out) > 0 && len(bytes.Trim(b, "\x00")) == 0
		}
		chunk := b[2:length]
		b = b[length:]
		if head&0x8000 == 0 {
			out = append(out, chunk...)
			continue
		}
		start := len(out)
		var ok bool
		if out, ok = unpackChunk(out, chunk); !ok || len(out)-start > 4096 {
			return out, false
		}
	}
	return out, true
}

func unpackChunk(out, chunk []byte) ([]byte, bool) {
	start := len(out)
	for i := 0; i < len(chunk); {
		flags := chunk[i]
		i++
		for bit := 0; bit < 8 && i < len(chunk); bit++ {
			if flags>>bit&1 == 0 {
				out = append(out, chunk[i])
				i++
				continue
			}
			if i+2 > len(chunk) || len(out) == start {
				return out, false
			}
			token := int(binary.LittleEndian.Uint16(chunk[i:]))
			i += 2
			width := 4
			for len(out)-start > 1<<width {
				width++
			}
			width = min(width, 12)
			length, back := token&(0xffff>>width)+3, token>>(16-width)+1
			if back > len(out)-start || len(out)-start+length > 1<<13 {
				return out, false
			}
			for range length {
				out = append(out, out[len(out)-back])
			}
		}
	}
	return out, true
}
