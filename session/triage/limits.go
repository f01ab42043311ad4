package triage

// Limits bound what one file may cost, with all that it holds, however deep. What lies beyond is not looked at, and says
// so: session.ReasonArchiveLimits.
type Limits struct {
	Depth   int   // how many archives may lie in one another
	Entries int   // how many files all archives may hold
	Entry   int64 // bytes of one file, unpacked
	Total   int64 // bytes of all files, unpacked
	Ratio   int64 // how many times larger a file may be than what it is packed in, from where that is a bomb
}

// DefaultLimits are those of a station. Entry and Entries are near the defaults of clamd (MaxFileSize, MaxFiles in
// clamd.conf(5)); Ratio is far beyond what deflate does to a real document.
func DefaultLimits() Limits {
	return Limits{Depth: 5, Entries: 10_000, Entry: 128 << 20, Total: 1 << 30, Ratio: 500}
}
