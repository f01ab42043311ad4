package kiosk

import tea "charm.land/bubbletea/v2"

// goneScreen says that the station does not answer. It covers all that was there, and goes by itself when the station
// is back: only then is it known whether there is still a session.
type goneScreen struct{}

func (s *goneScreen) title(w *world) string { return w.t("gone.title") }

func (s *goneScreen) draw(p *page) {
	p.sayCentred(inkStrong, p.t("gone.lead"))
	p.gap(1)
	p.sayCentred(inkText, p.t("gone.wait"))
	p.gap(1)
	p.sayCentred(inkSoft, p.t("gone.agent"))
}

func (s *goneScreen) pick(*world, string) tea.Cmd { return nil }

func (s *goneScreen) banner(w *world) notice { return notice{inkWarn, "! " + w.t("error.gone")} }

// waitingScreen stands until the first status.
type waitingScreen struct{}

func (s *waitingScreen) title(w *world) string       { return w.t("app.name") }
func (s *waitingScreen) draw(p *page)                { p.sayCentred(inkText, p.t("notice.starting")) }
func (s *waitingScreen) pick(*world, string) tea.Cmd { return nil }
