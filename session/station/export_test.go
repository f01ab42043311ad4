package station

// LookAgain looks at the vital conditions now, which a station does by itself now and then.
func (s *Station) LookAgain() { s.lookAgain() }
