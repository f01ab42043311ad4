package kiosk

import tea "charm.land/bubbletea/v2"

// stoppedScreen is « Ordinateur arrêté »: what to do, and a short code for IT.
type stoppedScreen struct{}

func (s *stoppedScreen) title(w *world) string { return w.t("stopped.title") }
func (s *stoppedScreen) help() string          { return "stopped" }

func (s *stoppedScreen) draw(p *page) {
	p.say(inkStrong, p.t("stopped.lead"))
	p.gap(1)
	key := "fault." + string(p.status.Fault)
	if !p.has(key) {
		key = "fault.unknown"
	}
	p.told(inkWarn, p.t(key))
	p.say(inkText, p.t("stopped.other"))
	p.gap(1)
	p.say(inkSoft, p.t("stopped.code", p.status.Fault))
}

func (s *stoppedScreen) pick(*world, string) tea.Cmd { return nil }
