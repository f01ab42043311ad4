package kiosk

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// messageScreen is the exercise of tip 4: invented messages, true or false, and what tells so.
type messageScreen struct {
	n        int    // which message
	answers  []bool // what the visitor said of those before: false, for a false message
	answered bool   // the present one too: its clues are shown
}

func newMessageScreen() screen { return &messageScreen{} }

func (s *messageScreen) title(w *world) string { return w.t("exercise.message.title") }
func (s *messageScreen) help() string          { return "exercise" }

func (s *messageScreen) done(w *world) bool { return s.n == len(assets.Messages(w.lang)) }

func (s *messageScreen) draw(p *page) {
	if s.done(p.world) {
		s.drawEnd(p)
		return
	}
	m := assets.Messages(p.lang)[s.n]
	switch {
	case !s.answered:
		p.actions(
			choice{id: "true", label: p.t("exercise.message.true")},
			choice{id: "false", label: p.t("exercise.message.false")},
		)
		p.say(inkText, p.t("exercise.message.lead"))
	default:
		next := p.t("exercise.next")
		if s.n+1 == len(assets.Messages(p.lang)) {
			next = p.t("exercise.end")
		}
		p.actions(choice{id: "next", label: next, safe: true})
		s.drawVerdict(p, m)
	}
	p.airIf(2)
	s.drawMessage(p, m)
	if s.answered {
		p.airIf(1)
		for _, clue := range m.Clues {
			p.point(0, p.wide, inkSand, "→", inkText, clue)
		}
	}
}

// airIf leaves a row free where there is room to spare.
func (p *page) airIf(rows int) {
	if p.room > 16 {
		p.gap(min(rows, 1))
	}
}

func (s *messageScreen) drawVerdict(p *page, m assets.Message) {
	said := s.answers[s.n]
	switch {
	case said == m.False:
		p.told(inkGood, p.t("exercise.message.right"))
	case m.False:
		p.told(inkWarn, p.t("exercise.message.wrong_false"))
	default:
		p.told(inkWarn, p.t("exercise.message.wrong_true"))
	}
}

// drawMessage draws a message as a sheet of paper.
func (s *messageScreen) drawMessage(p *page, m assets.Message) {
	count := p.t("exercise.number", s.n+1, len(assets.Messages(p.lang)))
	width := min(p.wide, 76) - 4
	body := []string{}
	for _, line := range m.Body {
		body = append(body, wrap(line, width)...)
	}
	head := p.letterHead(m, width)
	on := p.paper(len(head) + 1 + len(body) + 1)
	y := on.y
	for i, line := range head {
		if i == 0 && textWidth(line)+textWidth(count)+2 <= width {
			p.sheet.put(on.x+on.w-textWidth(count), y, inkShore, count)
		}
		p.sheet.put(on.x, y, inkShore, line)
		y++
	}
	for x := on.x; x < on.x+on.w; x++ {
		p.sheet.put(x, y, inkPrint, "─")
	}
	y++
	for _, line := range body {
		p.sheet.put(on.x, y, inkShore, line)
		y++
	}
}

// letterHead is who sent a message and what it is about, in two columns where these fit.
func (p *page) letterHead(m assets.Message, width int) []string {
	from, subject := p.t("exercise.message.from"), p.t("exercise.message.subject")
	column := max(utf8.RuneCountInString(from), utf8.RuneCountInString(subject)) + 1
	var lines []string
	for _, part := range [][2]string{{from, m.From}, {subject, m.Subject}} {
		for i, line := range wrap(part[1], width-column) {
			name := part[0]
			if i > 0 {
				name = ""
			}
			lines = append(lines, name+strings.Repeat(" ", column-utf8.RuneCountInString(name))+line)
		}
	}
	return lines
}

func (s *messageScreen) drawEnd(p *page) {
	p.actions(endChoices(p.world)...)
	all := assets.Messages(p.lang)
	right := s.right(p.lang)
	p.heading(p.n("exercise.message.score", right, len(all)))
	p.airIf(1)
	for i, m := range all {
		k := inkGood
		if s.answers[i] != m.False {
			k = inkWarn
		}
		verdict := p.t("exercise.message.true")
		if m.False {
			verdict = p.t("exercise.message.false")
		}
		p.told(k, m.Subject+" · "+verdict)
	}
	p.airIf(1)
	end := "exercise.message.end_fair"
	if right == len(all) {
		end = "exercise.message.end_good"
	}
	p.say(inkText, p.t(end))
	p.say(inkStrong, p.t("exercise.message.end_rule"))
}

func (s *messageScreen) right(lang string) int {
	n := 0
	for i, m := range assets.Messages(lang) {
		if s.answers[i] == m.False {
			n++
		}
	}
	return n
}

func (s *messageScreen) pick(w *world, id string) tea.Cmd {
	switch {
	case id == "again" && s.done(w):
		*s = messageScreen{}
	case (id == "true" || id == "false") && !s.answered && !s.done(w):
		s.answers, s.answered = append(s.answers, id == "false"), true
	case id == "next" && s.answered:
		s.n, s.answered = s.n+1, false
	default:
		return nil
	}
	return w.fromTop()
}
