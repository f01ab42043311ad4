package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// homeScreen is « Ma session »: what one can do, as tiles.
type homeScreen struct{}

func (s *homeScreen) title(w *world) string { return w.t("session.title") }
func (s *homeScreen) help() string          { return "session" }

func (s *homeScreen) draw(p *page) {
	p.tiles(2,
		choice{id: "internet", label: p.t("tile.internet"), hint: p.t("tile.internet_what")},
		choice{id: "sites", label: p.t("tile.sites"), hint: p.t("tile.sites_what")},
		choice{id: "medium", label: p.t("tile.medium"), hint: p.t("tile.medium_what")},
		choice{id: "documents", label: p.t("tile.documents"), hint: p.n("tile.documents_what", p.status.Documents.Count)},
		choice{id: "tips", label: p.t("tile.tips"), hint: p.t("tile.tips_what")},
		choice{id: "pause", label: p.t("tile.pause"), hint: p.t("tile.pause_what")},
		choice{id: "finish", label: p.t("tile.finish"), hint: p.t("tile.finish_what")},
	)
}

func (s *homeScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "tips":
		return w.push(newTipsScreen())
	case "finish":
		return w.openFinish()
	}
	return nil
}

// canFinish says that there is a session to end.
func (w *world) canFinish() bool { return w.status.State == session.Open }
