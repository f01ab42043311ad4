package triage

// Limits bound what one file may cost, with all that it holds, however deep. What lies beyond is not looked at, and says
// so: session.ReasonArchiveLimits.
type Limits struct {
	Depth      int   // how many archives may lie in one another
	Entries    int   // how many files all archives may hold
	Entry      int64 // bytes of one file, unpacked
	Total      int64 // bytes of all files, unpacked; twice the size of the file itself where that is more
	Ratio      int64 // how many times larger a file may be than what it is packed in, from where that is a bomb
	Memory     int64 // bytes held at once: unpacked files that lie in one another, and what it takes to unpack them
	Dictionary int64 // bytes of what has passed that an unpacker may keep, as the archive asks for it
}

// DefaultLimits are those of a station. Entry and Entries are near the defaults of clamd (MaxFileSize, MaxFiles in
// clamd.conf(5)); Ratio is far beyond what deflate does to a real document; Dictionary is that of 7-Zip and xz at their
// highest presets. Memory holds a film in an archive in an archive.
func DefaultLimits() Limits {
	return Limits{
		Depth: 5, Entries: 10_000, Entry: 128 << 20, Total: 1 << 30, Ratio: 500, Memory: 320 << 20, Dictionary: 64 << 20,
	}
}
