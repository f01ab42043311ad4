package kiosk

import tea "charm.land/bubbletea/v2"

// stoppedScreen is « Ordinateur arrêté »: what to do, and a short code for IT. Nobody can start anything here.
type stoppedScreen struct{}

func (s *stoppedScreen) title(w *world) string { return w.t("stopped.title") }
func (s *stoppedScreen) help() string          { return "stopped" }

func (s *stoppedScreen) draw(p *page) {
	fault := string(p.status.Fault)
	p.sayCentred(inkStrong, p.t("stopped.lead"))
	p.gap(2)
	if p.tall && fault != "" {
		p.bigCentred(inkDanger, fault)
		p.gap(1)
	}
	p.sayCentred(inkSoft, p.t("stopped.code", fault))
	p.gap(2)
	key := "fault." + fault
	if !p.has(key) {
		key = "fault.unknown"
	}
	p.sayCentred(inkWarn, "! "+p.t(key))
	p.gap(1)
	p.sayCentred(inkText, p.t("stopped.other"))
}

func (s *stoppedScreen) pick(*world, string) tea.Cmd { return nil }

func (s *stoppedScreen) banner(w *world) notice {
	return notice{inkWarn, "! " + w.t("stopped.other") + " " + w.t("stopped.code", string(w.status.Fault))}
}
