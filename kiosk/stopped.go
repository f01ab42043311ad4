package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// stoppedScreen is « Ordinateur arrêté »: what to do, and a short code for IT. Nobody can start anything here.
type stoppedScreen struct{}

func (s *stoppedScreen) help() string { return "stopped" }

func (s *stoppedScreen) title(w *world) string {
	if w.status.Fault == session.FaultMaintenance {
		return w.t("stopped.maintenance")
	}
	return w.t("stopped.title")
}

func (s *stoppedScreen) draw(p *page) {
	fault := string(p.status.Fault)
	if p.status.Fault == session.FaultMaintenance {
		p.sayCentred(inkStrong, p.t("stopped.maintenance_lead"))
		p.gap(2)
		p.sayCentred(inkText, p.t("stopped.other"))
		p.gap(2)
		p.sayCentred(inkSoft, p.t("stopped.code", fault))
		return
	}
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
	if w.status.Fault == session.FaultMaintenance {
		return notice{inkText, w.t("stopped.maintenance_lead") + " " + w.t("stopped.other")}
	}
	return notice{inkWarn, "! " + w.t("stopped.other") + " " + w.t("stopped.code", string(w.status.Fault))}
}
