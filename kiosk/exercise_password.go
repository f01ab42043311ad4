package kiosk

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// passwordScreen is the exercise of tip 6: what is typed is measured at once, on this screen and nowhere else. It goes
// into no call and no message, it is hidden until the visitor shows it, and it is overwritten when the screen goes.
type passwordScreen struct {
	typed    typed
	measure  measure
	shown    bool // the characters are shown
	proposed bool // what is typed is a phrase that was drawn
	draws    func(list []string) []rune
}

func newPasswordScreen() screen { return &passwordScreen{typed: newTyped(), draws: drawPhrase} }

func (s *passwordScreen) title(w *world) string { return w.t("exercise.password.title") }
func (s *passwordScreen) help() string          { return "exercise" }
func (s *passwordScreen) writes() bool          { return true }

// The keys of the choices: figures and letters are typed here.
const (
	keyShow    = "F2"
	keyPropose = "F3"
)

func (s *passwordScreen) draw(p *page) {
	show := p.t("exercise.password.show")
	if s.shown {
		show = p.t("exercise.password.hide")
	}
	p.actions(
		choice{id: "show", label: show, key: keyShow, safe: true},
		choice{id: "propose", label: p.t("exercise.password.propose"), key: keyPropose},
	)
	lead, end := p.t("exercise.password.lead"), p.t("exercise.password.changing")+" "+p.t("exercise.password.kept")
	a := air(p.room - len(wrap(lead, p.wide)) - typedRows(p) - 2 - mostReasons - len(wrap(end, p.wide)))
	p.say(inkText, lead)
	if typedRows(p) == 1 {
		p.breathe(&a)
	}
	s.drawTyped(p)
	s.drawStrength(p)
	s.drawKinds(p)
	p.breathe(&a)
	s.drawReasons(p)
	p.breathe(&a)
	p.say(inkSoft, end)
}

// typedRows is how many rows the field takes: one, with half a row of edge above and below where there is room.
func typedRows(p *page) int {
	if p.tall {
		return 3
	}
	return 1
}

// drawTyped draws the field, and the end of what is in it when it does not fit.
func (s *passwordScreen) drawTyped(p *page) {
	rows := typedRows(p)
	width := p.wide
	p.sheet.fill(rect{0, p.y + rows/2, width, 1}, inkTyped)
	if rows == 3 {
		p.sheet.put(0, p.y, inkTypedEdge, strings.Repeat("▄", width))
		p.sheet.put(0, p.y+2, inkTypedEdge, strings.Repeat("▀", width))
	}
	y := p.y + rows/2
	runes := s.typed.runes
	runes = runes[max(len(runes)-(width-4), 0):]
	x := 2
	for _, r := range runes {
		sign := "●"
		if s.shown {
			sign = string(r)
		}
		x = p.sheet.put(x, y, inkTyped, sign)
	}
	p.sheet.put(x, y, inkTyped, "▏")
	if len(runes) == 0 {
		p.sheet.put(x+1, y, inkTyped, p.t("exercise.password.placeholder"))
	}
	p.y += rows
	p.sheet.grow(p.y)
}

var strengthInks = [...]ink{untried: inkSoft, weak: inkDanger, fair: inkWarn, strong: inkGood}

// drawStrength draws the gauge, with the word for it and the count.
func (s *passwordScreen) drawStrength(p *page) {
	m := s.measure
	k := strengthInks[m.strength]
	sign := map[strength]string{weak: "✗ ", fair: "! ", strong: "✓ "}[m.strength]
	word := sign + p.t("exercise.password.level."+m.strength.id())
	width := p.wide
	bar := max(width-30, 8)
	p.sheet.put(0, p.y, inkDim, strings.Repeat("▁", bar))
	p.sheet.put(0, p.y, k, strings.Repeat("█", int(m.part()*float64(bar))))
	p.sheet.put(bar+2, p.y, k, word)
	p.y++
	p.sheet.grow(p.y)
}

// part is how far a password is on the way to strong, from 0 to 1.
func (m measure) part() float64 {
	if m.strength == strong {
		return 1
	}
	characters := float64(m.worth) / lengthOfFour * float64(m.kinds.count()+4) / 8
	words := float64(m.words) / phraseWords
	return min(max(characters, words), 0.95)
}

// drawKinds counts the characters and ticks the kinds that are there.
func (s *passwordScreen) drawKinds(p *page) {
	m := s.measure
	x := p.sheet.put(0, p.y, inkText, p.n("exercise.password.count", m.characters))
	if m.words >= fewWords {
		x = p.sheet.put(x, p.y, inkText, " · "+p.n("exercise.password.words", m.words))
	}
	for _, kind := range []struct {
		there bool
		id    string
	}{{m.kinds.upper, "upper"}, {m.kinds.lower, "lower"}, {m.kinds.digit, "digit"}, {m.kinds.sign, "sign"}} {
		text, k := "· "+p.t("exercise.password.kind."+kind.id), inkSoft
		if kind.there {
			text, k = "✓ "+p.t("exercise.password.kind."+kind.id), inkGood
		}
		if x+3+textWidth(text) > p.wide {
			break
		}
		x = p.sheet.put(x+3, p.y, k, text)
	}
	p.y++
	p.sheet.grow(p.y)
}

// mostReasons keeps the screen calm: the first ones say the most. Their room is kept, so that nothing jumps.
const mostReasons = 4

func (s *passwordScreen) drawReasons(p *page) {
	top := p.y
	s.listReasons(p)
	p.y = max(p.y, top+mostReasons)
	p.sheet.grow(p.y)
}

func (s *passwordScreen) listReasons(p *page) {
	if s.proposed {
		p.point(0, p.wide, inkGood, "✓", inkText, p.t("exercise.password.proposed"))
		p.point(0, p.wide, inkGood, "✓", inkText, p.t("exercise.password.proposed_from", len(assets.Words(p.lang))))
		p.point(0, p.wide, inkSand, "→", inkText, p.t("exercise.password.proposed_note"))
		return
	}
	for i, r := range s.measure.reasons {
		if i == mostReasons {
			break
		}
		key := "exercise.password.reason." + r.id
		text := ""
		if r.n > 0 {
			text = p.n(key, r.n)
		} else {
			text = p.t(key)
		}
		sign, k := "→", inkSand
		if s.measure.strength == strong && i == 0 {
			sign, k = "✓", inkGood
		}
		p.point(0, p.wide, k, sign, inkText, text)
	}
}

// key types what is a character; the arrows, Tab, Enter and Esc keep their meaning.
func (s *passwordScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	switch k.Code {
	case tea.KeyF2:
		return s.pick(w, "show"), true
	case tea.KeyF3:
		return s.pick(w, "propose"), true
	case tea.KeyBackspace, tea.KeyDelete:
		s.anew()
		s.typed.erase()
		s.changed()
		return nil, true
	}
	wanted := false
	for _, r := range k.Text {
		if unicode.IsPrint(r) {
			wanted = true
			s.anew()
			if !s.typed.add(r) {
				w.say(inkWarn, w.t("exercise.password.full"))
			}
		}
	}
	if wanted {
		s.changed()
	}
	return nil, wanted
}

// anew takes the phrase that was drawn away: whoever types now wants one of their own.
func (s *passwordScreen) anew() {
	if s.proposed {
		s.proposed = false
		s.typed.wipe()
	}
}

// changed measures again.
func (s *passwordScreen) changed() {
	s.measure = measurePassword(s.typed.runes)
}

func (s *passwordScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "show":
		s.shown = !s.shown
	case "propose":
		phrase := s.draws(assets.Words(w.lang))
		s.typed.set(phrase)
		clear(phrase)
		s.changed()
		s.shown, s.proposed = true, true
	}
	return nil
}

// leave overwrites what was typed.
func (s *passwordScreen) leave() {
	s.typed.wipe()
	s.measure = measure{}
}

// typedMax is how many characters fit: the longest phrase that can be drawn is shorter.
const typedMax = 80

// typed holds what is being typed in one place that never moves, so that it can be overwritten. What the terminal was
// shown is in the last frame, and goes with the next one.
type typed struct{ runes []rune }

func newTyped() typed { return typed{make([]rune, 0, typedMax)} }

// add types a character; it says whether there was room.
func (t *typed) add(r rune) bool {
	if len(t.runes) == cap(t.runes) {
		return false
	}
	t.runes = append(t.runes, r)
	return true
}

func (t *typed) erase() {
	if n := len(t.runes); n > 0 {
		t.runes[n-1] = 0
		t.runes = t.runes[:n-1]
	}
}

func (t *typed) set(runes []rune) {
	t.wipe()
	t.runes = append(t.runes, runes[:min(len(runes), cap(t.runes))]...)
}

// wipe overwrites all of it, the part that was taken back too.
func (t *typed) wipe() {
	clear(t.runes[:cap(t.runes)])
	t.runes = t.runes[:0]
}
