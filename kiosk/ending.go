package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// endingScreen says by itself that the time is nearly over, and offers more where there is more.
type endingScreen struct{}

func (s *endingScreen) title(w *world) string { return w.t("ending.title") }

func (s *endingScreen) draw(p *page) {
	p.middle = true
	later := choice{id: "later", label: p.t("choice.continue"), safe: true}
	if p.canExtend() {
		later = choice{id: "later", label: p.t("ending.later"), key: keyBack}
		p.actions(choice{id: "extend", label: p.t("ending.extend", p.extension()), safe: true}, later)
	} else {
		p.actions(later)
	}
	if p.boxed {
		p.bigCentred(inkWarn, p.t("time.short", minutesLeft(p.left())))
		p.gap(1)
	}
	p.sayCentred(inkWarn, "! "+p.t("ending.lead", p.minutes(p.left())))
	p.gap(1)
	if p.status.Documents.Unsaved > 0 {
		p.sayCentred(inkText, p.n("documents.unsaved", p.status.Documents.Unsaved))
		p.sayCentred(inkText, p.t("ending.unsaved"))
	} else {
		p.sayCentred(inkText, p.reminder(assets.MomentEnding))
	}
	if !p.canExtend() {
		p.sayCentred(inkSoft, p.t("session.no_more_time"))
	}
}

func (s *endingScreen) banner(w *world) notice {
	return notice{inkWarn, "! " + w.t("ending.lead", w.minutes(w.left()))}
}

// over tells it over the browser, where one may go on typing.
func (s *endingScreen) over(w *world) over {
	o := over{alarm: true, big: w.t("time.short", minutesLeft(w.left())), words: []notice{{inkAlarm, "! " + w.t("ending.lead", w.minutes(w.left()))}}}
	if w.status.Documents.Unsaved > 0 {
		o.words = append(o.words, notice{inkAlarm, w.n("documents.unsaved", w.status.Documents.Unsaved)})
	}
	if w.canExtend() {
		o.right = append(o.right, choice{id: "extend", label: w.t("ending.extend", w.extension()), safe: true})
	} else {
		o.words = append(o.words, notice{inkAlarm, w.t("session.no_more_time")})
	}
	o.right = append(o.right, choice{id: "later", label: w.t("ending.on"), key: keyBack})
	return o
}

// extension is how much time one gets, in words.
func (w *world) extension() string {
	return w.n("time.minutes", minutesLeft(durationOf(w.options.Config.Session.Extension)))
}

func (s *endingScreen) pick(w *world, id string) tea.Cmd {
	if id == "extend" {
		return w.callExtend()
	}
	w.uncover()
	return nil
}

// goBack leaves the time as it is.
func (s *endingScreen) goBack(w *world) tea.Cmd {
	w.uncover()
	return nil
}

func (s *endingScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok {
		if a.err == nil && a.call == callExtend {
			w.uncover()
		}
		w.tell(a, "notice.time_added", callExtend)
	}
	return nil
}
