package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
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
	w.aid = aid{}
	return nil
}

func (s *welcomeScreen) next(w *world) time.Duration {
	if w.options.Still {
		return 0
	}
	return max(tipStays-w.now().Sub(s.since), 1)
}

// ticked lets the next tip go by.
func (s *welcomeScreen) ticked(w *world) tea.Cmd {
	if w.now().Sub(s.since) >= tipStays {
		s.tip, s.since = s.tip+1, w.now()
	}
	return nil
}

// heroRows gives the night sky and the sea as much room as the choices can spare.
func (s *welcomeScreen) heroRows(w *world) int {
	switch {
	case w.height >= 40:
		return 13
	case w.height >= 30:
		return 8
	case w.height >= tallFrom:
		return 5
	default:
		return 0
	}
}

func (s *welcomeScreen) drawHero(w *world, on *sheet, top, rows int) {
	sea := min(max(rows/2, 2), 6)
	on.fill(rect{0, top, w.width, rows}, meeting(toneNight, toneNight))
	on.moon(w.width-w.width/6, top, rows)
	on.swell(top+rows-sea, sea, toneNight, swellFor(sea))
	name, _ := bigWords(w.t("app.name"))
	for i, line := range name {
		x := (w.width - textWidth(line)) / 2
		for j, r := range []rune(line) {
			if r != ' ' {
				on.put(x+j, top+(rows-sea-bigRows+1)/2+i, inkTitle, string(r))
			}
		}
	}
}

// swellFor is the sea of Bienvenue in so many rows: three swells, and the surface of the body.
func swellFor(rows int) []wave {
	h := float64(rows * 8)
	if rows < 3 {
		return []wave{
			{middle: h * 0.62, height: h * 0.28, length: 47, shift: 3, tone: toneMiddle},
			{middle: h * 0.28, height: h * 0.2, length: 38, shift: 19, tone: toneWater},
		}
	}
	return []wave{
		{middle: h * 0.72, height: h * 0.20, length: 57, shift: 3, tone: toneFar},
		{middle: h * 0.52, height: h * 0.19, length: 44, shift: 29, tone: toneMiddle},
		{middle: h * 0.34, height: h * 0.16, length: 61, shift: 47, tone: toneNear},
		{middle: h * 0.15, height: h * 0.11, length: 38, shift: 8, tone: toneWater},
	}
}

func (s *welcomeScreen) draw(p *page) {
	p.gap(1)
	p.sayCentred(inkStrong, p.t("welcome.lead"))
	p.gap(1)
	note := assets.TipFor(p.lang, assets.MomentIdle, s.tip).Reminder
	noted := p.t(s.noted(p.world))
	p.below = 4 + len(wrap(note, p.wide)) + len(wrap(noted, p.wide))
	p.tiles(1, choice{id: "start", label: p.t("welcome.start"), big: true})
	p.below -= 3
	p.tiles(3, p.settingChoices()...)
	p.gap(1)
	p.sayCentred(inkSand, note)
	p.sayCentred(inkSoft, noted)
}

// noted says what the computer notes, before anything is noted.
func (s *welcomeScreen) noted(w *world) string {
	if w.options.Config.AccessLog.Enabled {
		return "welcome.noted_law"
	}
	return "welcome.noted"
}

func (s *welcomeScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok && a.err != nil {
		w.sayError(a.err)
	}
	return nil
}

func (s *welcomeScreen) pick(w *world, id string) tea.Cmd {
	if id == "start" {
		return w.push(&rulesScreen{})
	}
	w.setting(id)
	return nil
}

func (s *welcomeScreen) banner(w *world) notice {
	return notice{inkText, w.t("welcome.lead")}
}

// canLeave says that the visitor is whoever started Estran to try it, and that nobody's session is open: on Bienvenue,
// and where the station has stopped, since nothing else can be done there.
func (w *world) canLeave() bool {
	switch w.front().screen.(type) {
	case *welcomeScreen:
		return w.options.CanLeave && w.status.State == session.Ready
	case *stoppedScreen:
		return w.options.CanLeave && w.status.State == session.Stopped
	default:
		return false
	}
}
