package accesslog

import (
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"estran/session"
)

// BenchmarkYear is a year of 50 sessions a day: reading it, and what a session adds to the time it takes to open.
func BenchmarkYear(b *testing.B) {
	var data []byte
	start := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	for range 50 * 365 {
		raw, err := encode(Entry{
			Station: "pc-accueil", Addresses: []netip.Addr{netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("2001:db8::7")},
			Start: start, End: start.Add(time.Hour), Ended: session.EndVisitor,
		})
		if err != nil {
			b.Fatal(err)
		}
		data = append(data, raw...)
	}
	l := Log{Path: filepath.Join(b.TempDir(), "access-log")}
	if err := os.WriteFile(l.Path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if r, err := Read(l.Path); err != nil || len(r.Entries) < 50*365 {
				b.Fatal(err)
			}
		}
	})
	b.Run("begin", func(b *testing.B) {
		for b.Loop() {
			if err := l.Begin(start, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
