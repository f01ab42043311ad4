package kiosk

import (
	"strings"

	"estran/assets"
)

// lessonPictureFrom is how wide a column must be for the picture of a tip beside its words.
const lessonPictureFrom = 90

// drawBeside draws a tip for one person and the agent beside: the tip, why, what to ask and what to show.
func (s *lessonTipScreen) drawBeside(p *page, tip assets.Tip, cue assets.Cue) {
	if p.wide < lessonPictureFrom {
		p.tipProgress(0, tip, 0, 0)
		s.drawCues(p, 0, p.wide, tip, cue)
		return
	}
	const between = 6
	left, top := tip.Picture.Width()+between, p.y
	p.picture(0, p.y, tip.Picture)
	bottom := p.y + tip.Picture.Height()
	p.tipProgress(left, tip, 0, 0)
	s.drawCues(p, left, p.wide-left, tip, cue)
	p.y = max(p.y, bottom, top)
	p.sheet.grow(p.y)
}

func (s *lessonTipScreen) drawCues(p *page, x, width int, tip assets.Tip, cue assets.Cue) {
	why := p.t("tip.why") + " " + tip.Why
	ask, show := p.t("lesson.ask")+" "+cue.Ask, p.t("lesson.show")+" "+strings.Join(cue.Show, " ")
	rows := len(wrap(tip.Title, width)) + len(wrap(why, width))
	for _, line := range append([]string{ask, show}, tip.Advice...) {
		rows += len(wrap(line, width-2))
	}
	a := air(p.room - p.y - rows)
	point := func(signInk, k ink, sign, text string) {
		p.sheet.put(x, p.y, signInk, sign)
		p.sayTight(x+2, width-2, k, text)
	}
	// Where there is little room, what the agent asks comes apart first.
	space := func(from air) { p.y += boolInt(a >= from) }
	space(4)
	p.sayTight(x, width, inkSand, tip.Title)
	space(2)
	for _, line := range tip.Advice {
		point(inkStrong, inkText, "•", line)
	}
	space(3)
	p.sayTight(x, width, inkSoft, why)
	space(1)
	point(inkSand, inkStrong, "▸", ask)
	space(5)
	point(inkSand, inkText, "▸", show)
	p.sheet.grow(p.y)
}

// drawQuestion shows a group one question, as large as there is room for.
func (s *lessonTipScreen) drawQuestion(p *page, tip assets.Tip, cue assets.Cue) {
	p.tipProgress(0, tip, 0, 0)
	p.gap(1)
	p.say(inkSoft, p.t("lesson.ask_all"))
	p.gap(1)
	p.sayBig(inkStrong, cue.AskAll, 0)
}

// drawAnswer shows a group the tip in a few words and the answer; why and what to show come last, for the agent to say.
func (s *lessonTipScreen) drawAnswer(p *page, tip assets.Tip, cue assets.Cue) {
	why := p.t("tip.why") + " " + tip.Why
	show := p.t("lesson.show") + " " + strings.Join(cue.Show, " ")
	below := len(wrap(why, p.wide)) + len(wrap(show, p.wide)) + 1
	if p.doubled() {
		below *= 2
	}
	big := 0
	for _, line := range cue.Answer {
		lines, _ := bigLines(line, p.wide)
		big += len(lines)*(bigRows+1) + 1
	}
	if p.sayBig(inkSand, cue.Short, below+2*len(cue.Answer)+1); p.y+big+below <= p.room {
		for _, line := range cue.Answer {
			p.gap(2)
			p.sayBig(inkStrong, line, 0)
		}
	} else {
		a := air(p.room - p.y - below - 2*len(cue.Answer))
		p.gap(1)
		for i, line := range cue.Answer {
			if i > 0 {
				p.breathe(&a)
			}
			p.point(0, p.wide, inkGood, "✓", inkStrong, line)
		}
	}
	p.gap(1)
	p.say(inkText, why)
	p.say(inkSoft, show)
}

// sayBig writes text in big letters over as many lines as it needs, and in plain ones where these do not fit: below rows
// are kept for what comes after.
func (p *page) sayBig(k ink, text string, below int) {
	lines, ok := bigLines(text, p.wide)
	if rows := len(lines)*(bigRows+1) - 1; !ok || p.y+rows+below > p.room {
		p.say(k, text)
		return
	}
	for i, line := range lines {
		if i > 0 {
			p.y++
		}
		for _, row := range line {
			p.sheet.put(0, p.y, k, row)
			p.y++
		}
	}
	p.sheet.grow(p.y)
}

// bigLines wraps text in big letters; ok is false when a word does not fit, or a sign has no big form.
func bigLines(text string, width int) (lines [][bigRows]string, ok bool) {
	line := ""
	for _, word := range strings.Split(text, " ") {
		longer := strings.TrimSpace(line + " " + word)
		if rows, known := bigWords(longer); known && textWidth(rows[0]) <= width {
			line = longer
			continue
		}
		rows, known := bigWords(word)
		if !known || textWidth(rows[0]) > width || line == "" {
			return nil, false
		}
		done, _ := bigWords(line)
		lines, line = append(lines, done), word
	}
	last, known := bigWords(line)
	return append(lines, last), known
}
