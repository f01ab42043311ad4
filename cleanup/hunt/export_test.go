package hunt

// Held is what a searcher still holds of what it read.
func Held(s *Searcher) []byte { return s.buffer }
