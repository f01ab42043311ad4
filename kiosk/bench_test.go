package kiosk

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// BenchmarkFirstFrame is from New to the picture of Bienvenue.
func BenchmarkFirstFrame(b *testing.B) {
	for b.Loop() {
		m := New(&fakeStation{}, Options{Config: session.Defaults()})
		m.Update(tea.WindowSizeMsg{Width: 160, Height: 45})
		m.Update(statusMsg{status: ready()})
		m.View()
	}
}

// BenchmarkKeyToFrame is an arrow on Ma session, and the picture that follows.
func BenchmarkKeyToFrame(b *testing.B) {
	h := newHarness(b)
	h.size(160, 45)
	h.status(open())
	b.ResetTimer()
	for b.Loop() {
		h.m.Update(tea.KeyPressMsg{Code: tea.KeyTab})
		h.m.View()
	}
}

// BenchmarkLongList is the picture of a key with 20,000 files, one row further each time.
func BenchmarkLongList(b *testing.B) {
	h := newHarness(b)
	h.size(160, 45)
	h.medium(checked())
	h.station.files = manyFiles(20_000)
	h.m.fresh = false
	h.send(filesMsg{to: to(h.m.top().serial), files: h.station.files})
	b.ResetTimer()
	for b.Loop() {
		h.m.Update(tea.KeyPressMsg{Code: tea.KeyDown})
		h.m.View()
	}
}

// BenchmarkNothingChanged is what a message costs that changes nothing: the picture is kept.
func BenchmarkNothingChanged(b *testing.B) {
	h := newHarness(b)
	h.status(open())
	h.m.View()
	b.ResetTimer()
	for b.Loop() {
		h.m.View()
	}
}

func manyFiles(n int) []session.MediumFile {
	all := make([]session.MediumFile, n)
	for i := range all {
		all[i] = session.MediumFile{
			ID: session.FileID(i + 1), Name: session.Private(fmt.Sprintf("dossier %d/fichier numéro %d.pdf", i/100, i)),
			Size: int64(i) * 1000, Checked: true, Verdict: session.Clean,
		}
	}
	return all
}
