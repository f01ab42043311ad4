package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// mediumMoreScreen is what else can be done with a key: the choices that few need.
type mediumMoreScreen struct{ of *mediumScreen }

func (s *mediumMoreScreen) title(w *world) string { return w.t("medium.more") }
func (s *mediumMoreScreen) help() string          { return "medium" }

func (s *mediumMoreScreen) draw(p *page) {
	m := p.status.Medium
	p.actions()
	p.refusal()
	out, why := p.t("medium.copy_out"), ""
	switch {
	case !m.Present():
		why = p.t("documents.need_key")
	case !m.Writable:
		why = p.t("medium.read_only_short")
	case p.status.Documents.Count == 0:
		why = p.t("medium.no_documents")
	}
	all := p.t("medium.all")
	if s.of.chosen() > 0 {
		all = p.t("medium.none")
	}
	none := len(s.of.files) == 0
	p.tiles(1,
		choice{id: "all", label: all, hint: p.t("medium.all_what"), off: none, icon: iconMedium},
		choice{id: "copy-out", label: out, hint: why, off: why != "", icon: iconDocuments},
		choice{id: "why", label: p.t("why.list"), hint: p.t("why.list_what"), off: none, icon: iconTips},
		choice{id: "report", label: p.t("report.title"), hint: p.t("report.what"), icon: iconSites},
	)
}

func (s *mediumMoreScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "copy-out":
		switch {
		case !w.status.Medium.Present():
			w.say(inkWarn, w.t("documents.need_key"))
		case !w.status.Medium.Writable:
			w.say(inkWarn, w.t("medium.read_only"))
		case w.status.Documents.Count == 0:
			w.say(inkWarn, w.t("medium.no_documents"))
		default:
			return w.push(&documentsScreen{})
		}
	case "all":
		s.of.tickAll()
		return w.back()
	case "why":
		return w.push(&whyListScreen{of: s.of})
	case "report":
		return w.push(newReportScreen(w, s.of.files))
	}
	return nil
}

// changed goes back when the key is gone: the choices are about it.
func (s *mediumMoreScreen) changed(w *world, _ session.Status) tea.Cmd {
	if w.status.Medium.Present() {
		return nil
	}
	return w.leaveKey()
}

// leaveKey goes back to « Ma clé USB » from the screens about a key that is gone.
func (w *world) leaveKey() tea.Cmd {
	var cmds []tea.Cmd
	for {
		switch w.top().screen.(type) {
		case *mediumMoreScreen, *whyListScreen, *whyScreen, *reportScreen, *uncheckedScreen:
			cmds = append(cmds, w.back())
		default:
			return tea.Batch(cmds...)
		}
	}
}

func (s *mediumMoreScreen) banner(w *world) notice { return s.of.banner(w) }
