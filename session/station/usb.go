package station

// watchUSB follows what is plugged in and not let in. It stays told until it is taken out: nothing that a visitor can press
// makes it go.
func (s *Station) watchUSB() {
	for refusal := range s.opts.Refused(s.ctx) {
		if refusal != "" {
			s.log.Warn("what was plugged in is not let in", "kind", string(refusal))
		}
		s.change(func() { s.refused = refusal })
	}
}
