package agents

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// unmarshal reads JSON as we write it: no unknown field, no field twice or in capitals, nothing behind, UTF-8 only.
// encoding/json lets all of that pass by itself, and two programs could read two things in one file.
func unmarshal(data []byte, v any) error {
	if !utf8.Valid(data) {
		return errors.New("it is not UTF-8")
	}
	if err := oneName(data); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return readable(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something stands behind it")
	}
	return nil
}

// readable keeps what encoding/json tells of fields and leaves out values: one may be a code.
func readable(err error) error {
	if typed, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		return errors.New(typed.Field + ": it is of another kind")
	}
	if strings.Contains(err.Error(), "unknown field") {
		return errors.New("it has a field that this Estran does not know")
	}
	return errors.New("it is no JSON, or cut")
}

// deepest is how deep an object may lie; ours lie at most three deep.
const deepest = 8

// oneName says that no object has one name twice, or in capitals.
func oneName(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	type level struct {
		names map[string]bool // nil in an array
		value bool            // the next token is the value of a name
	}
	var levels []level
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errors.New("it is no JSON, or cut")
		}
		if t == json.Delim('}') || t == json.Delim(']') {
			levels = levels[:len(levels)-1]
			continue
		}
		if n := len(levels); n > 0 && levels[n-1].names != nil {
			if in := &levels[n-1]; !in.value {
				name, _ := t.(string)
				if in.names[name] || name != strings.ToLower(name) {
					return errors.New("a field stands twice, or in capitals")
				}
				in.names[name], in.value = true, true
				continue
			}
			levels[n-1].value = false
		}
		switch t {
		case json.Delim('{'):
			levels = append(levels, level{names: map[string]bool{}})
		case json.Delim('['):
			levels = append(levels, level{})
		}
		if len(levels) > deepest {
			return errors.New("it lies too deep")
		}
	}
}
