package triage

// folder reads the coders of a folder, and puts them in the order in which bytes go through them. order tells for each
// coder where it stands, -1 when it stands nowhere.
func (s *sevenBytes) folder() (f sevenFolder, order []int) {
	n := s.count(sevenMostCoders)
	if n == 0 {
		s.fail()
		return f, nil
	}
	coders := make([]sevenCoder, n)
	inputs, outputs := 0, 0
	f.simple = true
	for i := range coders {
		in, out := 1, 1
		coders[i], in, out = s.coder()
		f.simple = f.simple && in == 1 && out == 1
		inputs, outputs = inputs+in, outputs+out
	}
	if outputs == 0 || inputs < outputs-1 || s.err != nil {
		s.fail()
		return f, nil
	}
	next := make(map[int]int, outputs) // from what comes out of one to what goes into another
	into := make(map[int]bool, outputs)
	for range outputs - 1 {
		in, out := s.count(inputs-1), s.count(outputs-1)
		next[out], into[in] = in, true
	}
	if packed := inputs - (outputs - 1); packed > 1 {
		for range packed {
			s.number()
		}
	}
	order = make([]int, outputs)
	for i := range order {
		order[i] = -1
	}
	if !f.simple {
		f.chain = coders // for what they are, not to be gone through
		return f, order
	}
	at := 0
	for into[at] {
		at++
	}
	for at < n && len(f.chain) < n {
		order[at] = len(f.chain)
		f.chain = append(f.chain, coders[at])
		follower, more := next[at]
		if !more {
			break
		}
		at = follower
	}
	if len(f.chain) != n {
		s.fail()
	}
	return f, order
}

func (s *sevenBytes) coder() (c sevenCoder, in, out int) {
	flags := s.byte()
	if flags&0xc0 != 0 {
		s.fail()
		return c, 1, 1
	}
	c.id = string(s.bytes(uint64(flags & 0xf)))
	in, out = 1, 1
	if flags&0x10 != 0 {
		in, out = s.count(sevenMostCoders), s.count(sevenMostCoders)
	}
	if flags&0x20 != 0 {
		c.properties = s.bytes(uint64(s.count(sevenMostProperty))) //nolint:gosec // never negative
	}
	return c, in, out
}
