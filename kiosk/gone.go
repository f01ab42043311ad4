package kiosk

import tea "charm.land/bubbletea/v2"

// goneScreen says that the station does not answer; it goes by itself when the station is back.
type goneScreen struct{}

func (s *goneScreen) title(w *world) string       { return w.t("app.name") }
func (s *goneScreen) draw(p *page)                { p.sayCentred(inkWarn, "! "+p.t("error.gone")) }
func (s *goneScreen) pick(*world, string) tea.Cmd { return nil }

func (s *goneScreen) banner(w *world) notice { return notice{inkWarn, "! " + w.t("error.gone")} }

// waitingScreen stands until the first status.
type waitingScreen struct{}

func (s *waitingScreen) title(w *world) string       { return w.t("app.name") }
func (s *waitingScreen) draw(p *page)                { p.sayCentred(inkText, p.t("notice.starting")) }
func (s *waitingScreen) pick(*world, string) tea.Cmd { return nil }
