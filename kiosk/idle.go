package kiosk

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"
)

// idleScreen is « Êtes-vous là ? »: a count that any key or click stops.
type idleScreen struct{}

func (s *idleScreen) title(w *world) string { return w.t("idle.title") }

func (s *idleScreen) draw(p *page) {
	p.middle = true
	p.actions(choice{id: "stay", label: p.t("idle.stay"), key: "enter", safe: true})
	left := p.idleLeft()
	p.sayCentred(inkText, p.t("idle.lead"))
	p.gap(1)
	if p.boxed {
		p.bigCentred(inkWarn, strconv.Itoa(seconds(left)))
		p.gap(1)
	}
	p.sayCentred(inkWarn, "! "+p.n("idle.count", seconds(left)))
	whole := max(durationOf(p.options.Config.Session.IdleWarning), left, 1)
	width := min(p.wide, 60)
	p.gap(1)
	p.bar((p.wide-width)/2, width, inkBarWarn, float64(left)/float64(whole))
	p.gap(1)
	p.sayCentred(inkText, p.t("idle.any"))
}

func (s *idleScreen) banner(w *world) notice {
	return notice{inkWarn, "! " + w.n("idle.count", seconds(w.idleLeft())) + " " + w.t("idle.any")}
}

// over asks over the browser: moving the mouse is enough, and any key, whatever window it goes to.
func (s *idleScreen) over(w *world) over {
	return over{
		alarm: true, big: strconv.Itoa(seconds(w.idleLeft())),
		words: []notice{
			{inkAlarm, "! " + w.t("idle.title")},
			{inkAlarm, w.n("idle.count", seconds(w.idleLeft()))},
			{inkAlarm, w.t("idle.move")},
		},
		right: []choice{{id: "stay", label: w.t("idle.stay"), key: "enter", safe: true}},
	}
}

// key takes any key for « I am here »: the touch that every key is tells the station, whose status takes this away.
func (s *idleScreen) key(*world, tea.KeyPressMsg) (tea.Cmd, bool) { return nil, true }

func (s *idleScreen) pick(*world, string) tea.Cmd { return nil }

func (s *idleScreen) next(w *world) time.Duration { return untilSecond(w.idleLeft()) }

// untilSecond is when a count of seconds goes on.
func untilSecond(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return (d-1)%time.Second + 1
}

// bigCentred writes a text in big letters in the middle, or plainly where they do not fit.
func (p *page) bigCentred(k ink, text string) {
	big, ok := bigWords(text)
	if !ok || textWidth(big[0]) > p.wide {
		p.sayCentred(k, text)
		return
	}
	x := (p.wide - textWidth(big[0])) / 2
	for _, line := range big {
		p.sheet.put(x, p.y, k, line)
		p.y++
	}
	p.sheet.grow(p.y)
}
