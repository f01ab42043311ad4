package hunt

import (
	"crypto/rand"
	"errors"
	"fmt"
)

// Canary is a text that was planted, and what kind of trace it stands for: "typed text", "cookie".
type Canary struct {
	Kind, Text string
	// Forms are those in which it is looked for; none is Forms().
	Forms []Form
}

// Net finds canaries without holding them. It is JSON, for another process.
type Net struct {
	Secret []byte // of this net
	Meshes []Mesh
}

// Mesh is one way in which a canary, or a part of one, may be written.
type Mesh struct {
	Kind  string
	Form  Form
	Mixed []byte // with the secret, over and over: it is in no memory as it is
}

const (
	headLength = 8
	// shortest is the least that can be told from chance in a few gigabytes.
	shortest = headLength + 1
)

// Weave makes a net for canaries. A long one is looked for by its two halves: memory that was given away and taken again
// may have lost one of them. An error names the kind of a canary that cannot be looked for.
func Weave(canaries []Canary) (*Net, error) {
	n := &Net{Secret: make([]byte, 32)}
	_, _ = rand.Read(n.Secret) // never fails
	for _, c := range canaries {
		if err := n.add(c); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// add weaves a canary into the net, each way in which it may be written once.
func (n *Net) add(c Canary) error {
	forms := c.Forms
	if forms == nil {
		forms = Forms()
	}
	woven := map[string]bool{}
	for _, form := range forms {
		for _, written := range form.write(c.Text) {
			for _, part := range parts(written) {
				if woven[string(part)] {
					continue
				}
				woven[string(part)] = true
				if err := findable(part); err != nil {
					return fmt.Errorf("a canary of the kind %q as %s: %w", c.Kind, form, err)
				}
				n.Meshes = append(n.Meshes, Mesh{c.Kind, form, n.mix(part)})
			}
		}
	}
	return nil
}

// findable says why a part of a canary would not be found, or with others.
func findable(part []byte) error {
	switch {
	case len(part) < shortest:
		return fmt.Errorf("it has %d bytes: at least %d can be told from chance", len(part), shortest)
	case part[0] == 0:
		return errors.New("it, or its second half, begins with a zero: zeros are passed over")
	default:
		return nil
	}
}

// parts are the two halves of what is long enough, else the whole. No character of UTF-16 is cut in two: its second byte
// mostly is a zero, with which no half may begin.
func parts(written []byte) [][]byte {
	const longEnough = 24
	if len(written) < longEnough {
		return [][]byte{written}
	}
	half := (len(written)/2 + 1) &^ 1
	return [][]byte{written[:half], written[half:]}
}

// mix gives b mixed with the secret.
func (n *Net) mix(b []byte) []byte {
	mixed := make([]byte, len(b))
	for i, c := range b {
		mixed[i] = c ^ n.Secret[i%len(n.Secret)]
	}
	return mixed
}

// holds says that b begins with the mesh.
func (n *Net) holds(m Mesh, b []byte) bool {
	if len(m.Mixed) > len(b) {
		return false
	}
	for i, c := range m.Mixed {
		if b[i] != c^n.Secret[i%len(n.Secret)] {
			return false
		}
	}
	return true
}

// Kinds are the kinds of canary that the net looks for, in the order in which they were woven.
func (n *Net) Kinds() []string {
	var kinds []string
	seen := map[string]bool{}
	for _, m := range n.Meshes {
		if !seen[m.Kind] {
			seen[m.Kind] = true
			kinds = append(kinds, m.Kind)
		}
	}
	return kinds
}
