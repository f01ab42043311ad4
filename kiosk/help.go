package kiosk

import tea "charm.land/bubbletea/v2"

// helpScreen is « Aide »: what one can do on the screen before, and how all screens may look.
type helpScreen struct {
	name  string
	agent bool // an agent reads it
}

func (s *helpScreen) title(w *world) string { return w.t("help.title") }
func (s *helpScreen) help() string          { return "settings" }

// openHelp shows the help of the present screen. A screen that came by itself has none: it says all there is.
func (w *world) openHelp() tea.Cmd {
	if _, there := w.top().screen.(*helpScreen); there || w.overlay != nil {
		return nil
	}
	name := "general"
	if h, ok := w.top().screen.(helped); ok && w.has("help."+h.help()) {
		name = h.help()
	}
	_, agent := w.top().screen.(agentOnly)
	return w.push(&helpScreen{name: name, agent: agent})
}

func (s *helpScreen) draw(p *page) {
	cs := []choice{{id: idBack, label: p.t("help.close"), key: keyBack, safe: true}}
	if p.canCallAgent() {
		cs = append(cs, choice{id: "agent", label: p.t("assist.call"), key: "0"})
	}
	p.actions(cs...)
	if s.name != "general" {
		p.say(inkStrong, p.t("help."+s.name))
		p.gap(1)
	}
	p.say(inkText, p.t("help.general"))
	if !s.agent {
		p.say(inkText, p.t("help.raise"))
	}
	p.gap(1)
	p.tiles(3, p.settingChoices()...)
}

func (s *helpScreen) pick(w *world, id string) tea.Cmd {
	if id == "agent" {
		return w.callAgent()
	}
	w.setting(id)
	return nil
}
