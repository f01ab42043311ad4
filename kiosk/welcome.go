package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// welcomeScreen is « Bienvenue »: the first thing one sees. While nobody is there one tip after another goes by.
type welcomeScreen struct {
	tip   int
	since time.Time // when this tip came
}

// tipStays is how long a tip stays on Bienvenue.
const tipStays = 12 * time.Second

func (s *welcomeScreen) title(w *world) string { return w.t("welcome.title") }
func (s *welcomeScreen) help() string          { return "welcome" }

func (s *welcomeScreen) enter(w *world) tea.Cmd {
	s.since = w.now()
	return nil
}

func (s *welcomeScreen) next(w *world) time.Duration {
	if w.options.Still {
		return 0
	}
	gone := w.now().Sub(s.since)
	if gone >= tipStays {
		s.tip, s.since, gone = s.tip+1, w.now(), 0
	}
	return tipStays - gone
}

func (s *welcomeScreen) draw(p *page) {
	larger := p.t("welcome.larger")
	if p.large {
		larger = p.t("welcome.smaller")
	}
	p.gap(1)
	p.sayCentred(inkStrong, p.t("welcome.lead"))
	p.gap(1)
	p.tiles(2,
		choice{id: "start", label: p.t("welcome.start")},
		choice{id: "larger", label: larger},
		choice{id: "contrast", label: p.t("welcome.contrast")},
		choice{id: "language", label: p.t("welcome.language")},
	)
	p.gap(1)
	tip := assets.TipFor(p.lang, assets.MomentIdle, s.tip)
	p.sayCentred(inkSoft, tip.Reminder)
	p.sayCentred(inkSoft, p.t("welcome.noted"))
	if p.options.CanLeave {
		p.actions(choice{id: "quit", label: p.t("welcome.quit"), key: "q"})
	}
}

func (s *welcomeScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "start":
		return w.push(&rulesScreen{})
	case "larger":
		w.large = !w.large
	case "contrast":
		w.toggleContrast()
	case "language":
		w.toggleLanguage()
	case "quit":
		return w.quit(nil)
	}
	return nil
}
