package kiosk

import (
	"strings"

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
	lines := p.letter(m, p.wide-2*paperMargin)
	if !s.answered {
		p.actions(
			choice{id: "true", label: p.t("exercise.message.true")},
			choice{id: "false", label: p.t("exercise.message.false")},
		)
		a := air(p.room - 1 - len(lines) - paperEdges)
		p.say(inkText, p.t("exercise.message.lead"))
		p.breathe(&a)
		s.drawLetter(p, lines)
		return
	}
	next := p.t("exercise.next")
	if s.n+1 == len(assets.Messages(p.lang)) {
		next = p.t("exercise.end")
	}
	p.actions(choice{id: "next", label: next, safe: true})
	a := air(p.room - 1 - len(lines) - paperEdges - len(m.Clues))
	s.drawVerdict(p, m)
	p.breathe(&a)
	s.drawLetter(p, lines)
	p.breathe(&a)
	for _, clue := range m.Clues {
		p.point(0, p.wide, inkSand, "→", inkText, clue)
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

// drawLetter draws a message as a sheet of paper, with how many there are in its corner.
func (s *messageScreen) drawLetter(p *page, lines []string) {
	on := p.paper(len(lines))
	for i, line := range lines {
		if line == letterRule {
			p.sheet.put(on.x, on.y+i, inkPrint, strings.Repeat("─", on.w))
			continue
		}
		p.sheet.put(on.x, on.y+i, inkShore, line)
	}
	count := p.t("exercise.number", s.n+1, len(assets.Messages(p.lang)))
	if x := on.w - textWidth(count); textWidth(lines[0])+2 <= x {
		p.sheet.put(on.x+x, on.y, inkShore, count)
	}
}

// letterRule stands for the line under the head of a letter.
const letterRule = "─"

// letter is a message in lines: who sent it and what about, in two columns, a rule, and what it says.
func (p *page) letter(m assets.Message, width int) []string {
	from, subject := p.t("exercise.message.from"), p.t("exercise.message.subject")
	column := max(textWidth(from), textWidth(subject)) + 1
	var lines []string
	for _, part := range [][2]string{{from, m.From}, {subject, m.Subject}} {
		for i, line := range wrap(part[1], width-column) {
			name := part[0]
			if i > 0 {
				name = ""
			}
			lines = append(lines, name+strings.Repeat(" ", column-textWidth(name))+line)
		}
	}
	lines = append(lines, letterRule)
	for _, line := range m.Body {
		lines = append(lines, wrap(line, width)...)
	}
	return lines
}

func (s *messageScreen) drawEnd(p *page) {
	p.actions(endChoices(p.world)...)
	all := assets.Messages(p.lang)
	right := s.right(p.lang)
	a := air(p.room - len(all) - 3)
	p.heading(p.n("exercise.message.score", right, len(all)))
	p.breathe(&a)
	for i, m := range all {
		k := inkGood
		if s.answers[i] != m.False {
			k = inkWarn
		}
		verdict := p.t("exercise.message.true")
		if m.False {
			verdict = p.t("exercise.message.false")
		}
		// Tight even where the text is large: the rule at the end is what counts, and must show.
		p.sheet.put(0, p.y, k, map[ink]string{inkGood: "✓", inkWarn: "!"}[k])
		p.sayTight(2, p.wide-2, k, m.Subject+" · "+verdict)
	}
	p.breathe(&a)
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
