package hunt

import "time"

// Held is what a searcher still holds of what it read.
func Held(s *Searcher) []byte { return s.buffer }

// LookedAt has files looked through at another time.
func LookedAt(f Files, now time.Time) Files {
	f.now = func() time.Time { return now }
	return f
}

// Earliest is what the content of files is looked at from.
var Earliest = earliest

// Mediumless says that an error of opening a disk tells that there is no medium in it.
var Mediumless = mediumless
