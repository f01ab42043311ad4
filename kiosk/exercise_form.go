package kiosk

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// formScreen is the exercise of tip 10: an invented form that asks more than it needs, one box after another.
type formScreen struct {
	n        int    // which box
	filled   []bool // which of those before were filled in, or left ticked
	answered bool   // the present one too: the reason is shown
}

func newFormScreen() screen { return &formScreen{} }

func (s *formScreen) title(w *world) string { return w.t("exercise.form.title") }
func (s *formScreen) help() string          { return "exercise" }

func (s *formScreen) done(w *world) bool { return s.n == len(assets.SignUpForm(w.lang).Fields) }

func (s *formScreen) draw(p *page) {
	form := assets.SignUpForm(p.lang)
	switch {
	case s.done(p.world):
		p.actions(endChoices(p.world)...)
		p.heading(p.t("exercise.form.end_title"))
	case s.answered:
		next := p.t("exercise.next")
		if s.n+1 == len(form.Fields) {
			next = p.t("exercise.end")
		}
		p.actions(choice{id: "next", label: next, safe: true})
		p.say(inkSoft, p.t("exercise.form.lead"))
	default:
		p.actions(s.answersTo(p.world, form.Fields[s.n])...)
		p.say(inkSoft, p.t("exercise.form.lead"))
	}
	a := air(p.room - p.y - len(form.Fields) - 2 - paperEdges - 2)
	p.breathe(&a)
	s.drawForm(p, form)
	p.breathe(&a)
	switch {
	case s.done(p.world):
		s.drawEnd(p, form)
	case s.answered:
		s.drawReason(p, form.Fields[s.n])
	default:
		s.drawQuestion(p, form.Fields[s.n])
	}
}

func (s *formScreen) answersTo(w *world, f assets.Field) []choice {
	if f.Tick {
		return []choice{
			{id: "leave", label: w.t("exercise.form.untick")}, {id: "fill", label: w.t("exercise.form.keep")},
		}
	}
	return []choice{{id: "fill", label: w.t("exercise.form.fill")}, {id: "leave", label: w.t("exercise.form.leave")}}
}

// drawForm draws the form as a sheet of paper, with the present box lit.
func (s *formScreen) drawForm(p *page, form assets.Form) {
	on := p.paper(len(form.Fields) + 2)
	heading := form.Title + " · " + form.Site
	p.sheet.put(on.x, on.y, inkShore, shorten(heading, on.w))
	for x := on.x; x < on.x+on.w; x++ {
		p.sheet.put(x, on.y+1, inkPrint, "─")
	}
	labels := 0
	for _, f := range form.Fields {
		if !f.Tick {
			labels = max(labels, textWidth(f.Label))
		}
	}
	for i, f := range form.Fields {
		s.drawField(p, rect{on.x, on.y + 2 + i, on.w, 1}, i, f, labels)
	}
}

func (s *formScreen) drawField(p *page, r rect, i int, f assets.Field, labels int) {
	k := inkShore
	if i == s.n {
		k = inkStone
		p.sheet.fill(rect{r.x - 2, r.y, r.w + 4, 1}, k)
	}
	filled, known := false, i < len(s.filled)
	if known {
		filled = s.filled[i]
	}
	if f.Tick {
		tick := "[x]"
		if known && !filled {
			tick = "[ ]"
		}
		p.sheet.put(r.x, r.y, k, tick+" "+f.Label)
		return
	}
	star := " "
	if f.Required {
		star = "★"
	}
	p.sheet.put(r.x, r.y, k, star+" "+f.Label)
	x := r.x + labels + 4
	if x+8 > r.x+r.w {
		return
	}
	box := r.x + r.w - x - 2
	value := ""
	switch {
	case filled:
		value = f.Example
	case known:
		value = p.t("exercise.form.empty")
	}
	p.sheet.put(x, r.y, k, "["+shorten(value, box)+strings.Repeat(" ", max(box-textWidth(value), 0))+"]")
}

func (s *formScreen) drawQuestion(p *page, f assets.Field) {
	p.say(inkStrong, f.Label)
	p.say(inkText, p.t("exercise.form.question"))
}

// drawReason says whether the box was needed, and why.
func (s *formScreen) drawReason(p *page, f assets.Field) {
	filled := s.filled[s.n]
	key, k := "fill_needed", inkGood
	switch {
	case f.Tick && filled:
		key, k = "keep_useless", inkWarn
	case f.Tick:
		key = "untick_right"
	case f.Required && !filled:
		key, k = "leave_needed", inkWarn
	case !f.Required && filled:
		key, k = "fill_useless", inkWarn
	case !f.Required:
		key = "leave_right"
	}
	p.told(k, p.t("exercise.form."+key))
	p.point(0, p.wide, inkSand, "→", inkText, f.Why)
}

// drawEnd counts what was given and what was needed.
func (s *formScreen) drawEnd(p *page, form assets.Form) {
	given, needed, asked, less, more := 0, 0, 0, false, false
	for i, f := range form.Fields {
		if !f.Tick {
			asked++
			given += boolInt(s.filled[i])
		}
		needed += boolInt(f.Required)
		less = less || f.Required && !s.filled[i]
		more = more || !f.Required && s.filled[i]
	}
	p.say(inkText, p.n("exercise.form.given", given, asked)+" "+p.n("exercise.form.needed", needed))
	switch {
	case less:
		p.told(inkWarn, p.t("exercise.form.end_less"))
	case more:
		p.told(inkWarn, p.t("exercise.form.end_more"))
	default:
		p.told(inkGood, p.t("exercise.form.end_good"))
	}
}

func (s *formScreen) pick(w *world, id string) tea.Cmd {
	switch {
	case id == "again" && s.done(w):
		*s = formScreen{}
	case (id == "fill" || id == "leave") && !s.answered && !s.done(w):
		s.filled, s.answered = append(s.filled, id == "fill"), true
	case id == "next" && s.answered:
		s.n, s.answered = s.n+1, false
	default:
		return nil
	}
	return w.fromTop()
}
