//go:build vm

package vm

import (
	"testing"
	"time"
)

// TestAPageTakesAllTheMemory: the browser ends, whole, and says why; the session and its documents stay.
func TestAPageTakesAllTheMemory(t *testing.T) {
	site := NewSite(t)
	m := Station(t)
	m.welcome("01")
	m.browse(site)
	m.download(site)
	m.goTo("1")
	m.Settle()
	m.address(site.URL + "gourmande")
	m.awaitHungry()
	if problem := m.Status().Word("BrowserProblem"); problem != "memory" {
		t.Errorf("the browser ended by %q", problem)
	}
	m.Settle()
	m.Picture("02-said")
	m.nobodyIs("estran-visitor")
	if documents := m.Status().Word("DocumentsCount"); documents != "1" {
		t.Errorf("the session holds %s documents", documents)
	}
	m.Browse()
	m.End()
	m.nothingIsLeft()
}

// awaitHungry waits until the page has taken all that the browser may have, as a visitor who stays.
func (m *Machine) awaitHungry() {
	m.t.Helper()
	m.Await("the browser has ended", 4*time.Minute, func() bool {
		m.Drive("Touch", noOptions...)
		time.Sleep(5 * time.Second)
		return m.Status().Word("BrowserState") == "closed"
	})
}
