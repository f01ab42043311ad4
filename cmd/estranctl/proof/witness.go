package proof

import (
	"errors"
	"fmt"
	"os"
)

// witness is a text on the disk that has to be found there: a look that does not find it is blind. It stands for nobody.
// The planter makes the text up, as the others.
type witness struct {
	path string
	file *os.File
}

// witnessKind is what the net calls it.
const witnessKind = "witness"

func newWitness(dir string) (*witness, error) {
	f, err := os.CreateTemp(dir, "estran-witness-")
	if err != nil {
		return nil, fmt.Errorf("cannot put a witness on the disk: %w", err)
	}
	return &witness{f.Name(), f}, nil
}

// read gives the text.
func (w *witness) read() ([]byte, error) {
	text, err := os.ReadFile(w.path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the witness: %w", err)
	}
	return text, nil
}

// remove overwrites the witness, and removes it.
func (w *witness) remove() error {
	_, err := w.file.WriteAt(make([]byte, 64), 0)
	return errors.Join(err, w.file.Sync(), w.file.Close(), os.Remove(w.path))
}
