package hunt

import (
	"encoding/binary"
	"errors"
	"io"
)

// Hit is a canary that was found.
type Hit struct {
	Kind string
	Form Form
	At   int64 // where it begins in what was read
}

// Searcher looks through bytes with a Net. It is for one goroutine.
type Searcher struct {
	net    *Net
	mask   uint64
	heads  map[uint64][]Mesh
	sieve  [1 << 16 / 64]uint64 // a bit for each head that some mesh has
	longer int                  // the longest mesh
	buffer []byte
}

// piece is how much is read at once.
const piece = 1 << 20

// Searcher makes one. Close it: it holds what was read last.
func (n *Net) Searcher() *Searcher {
	s := &Searcher{net: n, mask: binary.LittleEndian.Uint64(n.Secret), heads: map[uint64][]Mesh{}}
	for _, m := range n.Meshes {
		head := binary.LittleEndian.Uint64(m.Mixed)
		s.heads[head] = append(s.heads[head], m)
		slot := slotOf(head)
		s.sieve[slot/64] |= 1 << (slot % 64)
		s.longer = max(s.longer, len(m.Mixed))
	}
	s.buffer = make([]byte, s.longer+piece)
	return s
}

// slotOf is where a head stands in the sieve.
func slotOf(head uint64) uint64 { return head * 0x9E3779B97F4A7C15 >> 48 }

// Close overwrites what was read.
func (s *Searcher) Close() { clear(s.buffer) }

// Bytes looks through b. Of two hits at one place the longer is told.
func (s *Searcher) Bytes(b []byte, at int64, found func(Hit)) {
	for i := 0; i+shortest <= len(b); i++ {
		word := binary.LittleEndian.Uint64(b[i:])
		if word == 0 { // as most of a memory is; Weave sees to it that no mesh begins with a zero
			i += headLength - 1
			continue
		}
		head := word ^ s.mask
		slot := slotOf(head)
		if s.sieve[slot/64]&(1<<(slot%64)) == 0 {
			continue
		}
		if m, holds := s.meshAt(b[i:], head); holds {
			found(Hit{m.Kind, m.Form, at + int64(i)})
		}
	}
}

func (s *Searcher) meshAt(b []byte, head uint64) (longest Mesh, holds bool) {
	for _, m := range s.heads[head] {
		if len(m.Mixed) > len(longest.Mixed) && s.net.holds(m, b) {
			longest, holds = m, true
		}
	}
	return longest, holds
}

// Reader looks through all that r gives, and tells how many bytes that was.
func (s *Searcher) Reader(r io.Reader, found func(Hit)) (read int64, err error) {
	kept := 0 // of the piece before, so that a canary across two is found
	defer s.Close()
	for {
		n, err := io.ReadFull(r, s.buffer[kept:kept+piece])
		whole := s.buffer[:kept+n]
		start := read - int64(kept)
		read += int64(n)
		last := err != nil
		keep := min(len(whole), max(s.longer-1, 0))
		s.Bytes(whole, start, func(h Hit) {
			// One that begins in what is kept is told when the rest has come, or now when nothing comes.
			if last || h.At < start+int64(len(whole)-keep) {
				found(h)
			}
		})
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return read, nil
		case err != nil:
			return read, err
		}
		copy(s.buffer, whole[len(whole)-keep:])
		kept = keep
	}
}
