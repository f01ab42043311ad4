package kiosk

import "testing"

func TestAVisitBeginsAlone(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	if got := h.title(); got != "Bienvenue" {
		t.Fatalf("the first screen is %q", got)
	}
	h.press("1")
	h.accept()
	h.press("1")
	if h.station.count(callOpen) != 1 {
		t.Fatalf("no session was opened: %v\n%s", h.station.calls, h.plain())
	}
	h.status(open())
	if got := h.title(); got != "Conseil 1 sur 12" {
		t.Fatalf("a session begins with %q", got)
	}
}
