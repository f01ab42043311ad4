package daybook

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// line is what stands in the file.
type line struct {
	Entry
	// Previous is the SHA-256 of the line before, without its end; origin for the first.
	Previous string `json:"previous"`
}

// origin stands before the first line.
var origin = strings.Repeat("0", 2*sha256.Size)

// longestLine bounds a line in bytes: MaxReason characters of six bytes each, as JSON may write them, and the rest.
const longestLine = 4096

func fingerprint(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// encode is the line of an entry, without its end.
func encode(e Entry, previous string) ([]byte, error) {
	e.Time = e.Time.UTC().Truncate(time.Second)
	if err := e.check(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line{e, previous}); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// decode reads a line strictly: what Write would not have written is refused.
func decode(raw []byte) (line, error) {
	var l line
	if len(raw) > longestLine {
		return l, fmt.Errorf("it is too long")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return line{}, fmt.Errorf("it cannot be read")
	}
	if _, err := d.Token(); err != io.EOF {
		return line{}, fmt.Errorf("something stands behind it")
	}
	again, err := encode(l.Entry, l.Previous)
	if err != nil {
		return line{}, err
	}
	if !bytes.Equal(again, raw) {
		return line{}, fmt.Errorf("it is not as it was written")
	}
	return l, nil
}
