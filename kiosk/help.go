package kiosk

import tea "charm.land/bubbletea/v2"

// helpScreen is « Aide »: what one can do on the screen before, and how it may look.
type helpScreen struct{ name string }

func (s *helpScreen) title(w *world) string { return w.t("help.title") }

// openHelp shows the help of the present screen. A screen that came by itself has none: it says all there is.
func (w *world) openHelp() tea.Cmd {
	if _, there := w.top().screen.(*helpScreen); there || w.overlay != nil {
		return nil
	}
	name := "general"
	if h, ok := w.top().screen.(helped); ok {
		name = h.help()
	}
	return w.push(&helpScreen{name: name})
}

func (s *helpScreen) draw(p *page) {
	p.actions(choice{id: idBack, label: p.t("help.close"), key: keyBack, safe: true})
	p.say(inkText, p.t("help."+s.name))
	p.gap(1)
	p.say(inkSoft, p.t("help.general"))
}

func (s *helpScreen) pick(*world, string) tea.Cmd { return nil }
