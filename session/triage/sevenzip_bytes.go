package triage

import (
	"encoding/binary"
	"math/bits"
)

// sevenBytes reads the header of a 7z archive (7zFormat.txt of the LZMA SDK). The first thing that is wrong stays, and
// all reads after it give nothing, so that it is enough to ask at the end.
type sevenBytes struct {
	b   []byte
	err error
}

func (s *sevenBytes) fail() { s.err, s.b = errBroken, nil }

func (s *sevenBytes) bytes(n uint64) []byte {
	if n > uint64(len(s.b)) {
		s.fail()
		return nil
	}
	taken := s.b[:n:n]
	s.b = s.b[n:]
	return taken
}

func (s *sevenBytes) byte() byte {
	if b := s.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (s *sevenBytes) uint32() uint32 {
	if b := s.bytes(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// number has as many bytes after the first as that one has leading ones.
func (s *sevenBytes) number() uint64 {
	first := s.byte()
	extra := bits.LeadingZeros8(^first)
	var v uint64
	for i, b := range s.bytes(uint64(extra)) { //nolint:gosec // 0 to 8
		v |= uint64(b) << (8 * i)
	}
	if extra < 7 {
		v |= uint64(first&(1<<(7-extra)-1)) << (8 * extra)
	}
	return v
}

// count is a number of things of which each takes room in the header, or is bounded by what is looked at.
func (s *sevenBytes) count(most int) int {
	n := s.number()
	if n > uint64(most) { //nolint:gosec // never negative
		if s.err == nil {
			s.err, s.b = errTooMany, nil
		}
		return 0
	}
	return int(n) //nolint:gosec // at most most
}

func (s *sevenBytes) bits(n int) []bool {
	out := make([]bool, n)
	var b byte
	for i := range out {
		if i%8 == 0 {
			b = s.byte()
		}
		out[i] = b&(0x80>>(i%8)) != 0
	}
	return out
}

// optionalBits are bits that a byte may say to be all set.
func (s *sevenBytes) optionalBits(n int) []bool {
	if s.byte() == 0 {
		return s.bits(n)
	}
	out := make([]bool, n)
	for i := range out {
		out[i] = true
	}
	return out
}

// sums are CRC-32, of which some may be missing.
func (s *sevenBytes) sums(n int) []*uint32 {
	out := make([]*uint32, n)
	for i, defined := range s.optionalBits(n) {
		if defined {
			sum := s.uint32()
			out[i] = &sum
		}
	}
	return out
}
