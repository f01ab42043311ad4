package kiosk

import (
	"estran/assets"
	"estran/session"
)

// settingChoices are how the screens may look: on Bienvenue, and behind Aide at any time.
func (p *page) settingChoices() []choice {
	larger := p.t("welcome.larger")
	if p.large {
		larger = p.t("welcome.smaller")
	}
	return []choice{
		{id: "larger", label: larger},
		{id: "contrast", label: p.t("welcome.contrast")},
		{id: "language", label: p.t("welcome.language")},
	}
}

// takeUp makes the screens look as the visitor chose, for a kiosk that starts in mid-session.
func (m *Model) takeUp(s session.Status) {
	m.midway = s.State == session.Open
	if s.Language == "" || s.State == session.Ready {
		return
	}
	m.lang, m.large = assets.In(s.Language).Lang(), s.Large
	if s.Contrast {
		m.look = high
	}
	m.theme = newTheme(m.look, m.profile)
}

// setting changes how the screens look, until the next visitor.
func (w *world) setting(id string) {
	switch id {
	case "larger":
		w.large = !w.large
	case "contrast":
		w.look = 1 - w.look
		w.theme = newTheme(w.look, w.profile)
	case "language":
		w.nextLanguage()
	}
}

func (w *world) nextLanguage() {
	all := assets.Languages()
	for i, lang := range all {
		if lang == assets.In(w.lang).Lang() {
			w.lang = all[(i+1)%len(all)]
			return
		}
	}
}
