package kiosk

import tea "charm.land/bubbletea/v2"

// finishScreen is « J'ai fini »: what would be lost, and the choice to wipe.
type finishScreen struct{}

func (s *finishScreen) title(w *world) string { return w.t("finish.title") }
func (s *finishScreen) help() string          { return "finish" }

// openFinish shows « J'ai fini », once.
func (w *world) openFinish() tea.Cmd {
	if _, there := w.top().screen.(*finishScreen); there || !w.canFinish() || w.overlay != nil {
		return nil
	}
	return w.push(&finishScreen{})
}

func (s *finishScreen) draw(p *page) {
	p.actions(
		choice{id: "stay", label: p.t("finish.stay"), safe: true},
		choice{id: "wipe", label: p.t("finish.wipe")},
	)
	p.say(inkStrong, p.t("finish.lead"))
}

func (s *finishScreen) pick(w *world, id string) tea.Cmd {
	if id == "wipe" {
		return w.callEnd()
	}
	return w.back()
}
