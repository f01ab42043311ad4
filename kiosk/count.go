package kiosk

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// countScreen is the four taps at the end of a help: whom, about what, how old, what they do. A number answers and goes
// on; no name and no word is typed. Nothing is sent before the last.
type countScreen struct {
	step int
	page int // of the themes, where they do not fit on one
	o    session.CountOptions
	sent bool
	then func(w *world) tea.Cmd // what comes after, back where one was when nil
}

func newCountScreen(then func(w *world) tea.Cmd) *countScreen { return &countScreen{then: then} }

func (s *countScreen) title(w *world) string { return w.t("count.title") }
func (s *countScreen) help() string          { return "count" }

// countSteps are the questions, in their order: the key of each, and its answers.
var countSteps = []struct {
	key   string
	codes func() []string
}{
	{"kind", session.ActivityKinds},
	{"themes", session.ActivityThemes},
	{"age", session.ActivityAges},
	{"status", session.ActivityStatuses},
}

const themesStep = 1

// countKeys are the keys of the answers, so that each keeps its own whatever shows.
var countKeys = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e"}

func (s *countScreen) codes() []string { return countSteps[s.step].codes() }

// label is the words for a code.
func (s *countScreen) label(w *world, code string) string {
	key := countSteps[s.step].key
	if key == "themes" {
		key = "theme"
	}
	return w.t("activity." + key + "." + code)
}

func (s *countScreen) draw(p *page) {
	codes := s.codes()
	s.foot(p, false)
	most := s.most(p)
	if most < len(codes) {
		s.foot(p, true)
		most = s.most(p)
	}
	lead := p.t("count.step", s.step+1, len(countSteps)) + " · " + p.t("count."+countSteps[s.step].key)
	p.say(inkText, lead)
	pages := max((len(codes)+most-1)/most, 1)
	each := (len(codes) + pages - 1) / pages
	each += each % 2 * boolInt(each < most) // two beside each other
	page := s.page % pages
	var cs []choice
	for i, code := range codes {
		if i/each != page {
			continue
		}
		c := choice{id: code, label: s.label(p.world, code), key: countKeys[i]}
		if s.step == themesStep && slices.Contains(s.o.Themes, code) {
			c.mark = "✓"
		}
		cs = append(cs, c)
	}
	p.gap(boolInt(p.room-p.y > 3*(len(cs)+1)/2))
	p.tiles(2, cs...)
	if p.room-p.y >= 2 {
		p.gap(1)
		p.say(inkSoft, p.t("count.nameless"))
	}
}

// most is how many answers fit.
func (s *countScreen) most(p *page) int {
	if !p.tall {
		return len(countKeys)
	}
	columns := 2
	if p.ownLarge() {
		columns = 1
	}
	rows := 3
	if p.ownLarge() {
		rows = bigRows + 2
	}
	return max((p.room-1)/rows*columns, columns)
}

func (s *countScreen) foot(p *page, more bool) {
	var cs []choice
	if s.step == themesStep {
		cs = append(cs, choice{id: "on", label: p.t("choice.continue"), key: "enter", safe: true})
	}
	if more {
		cs = append(cs, choice{id: "more", label: p.t("count.more"), short: p.t("count.more_short"), key: "0"})
	}
	p.actions(append(cs, choice{id: "skip", label: p.t("count.skip"), key: "p"})...)
}

// key answers also with the keys of answers that are on another page.
func (s *countScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	key := lower(k.Text)
	if n, ok := digit(k); ok {
		key = string(rune('0' + n))
	}
	if i := slices.Index(countKeys, key); i >= 0 && i < len(s.codes()) {
		return s.pick(w, s.codes()[i]), true
	}
	return nil, false
}

func (s *countScreen) pick(w *world, id string) tea.Cmd {
	switch {
	case id == "skip":
		w.aid.passed = true
		return s.leaveFor(w)
	case id == "more":
		s.page++
		return w.fromTop()
	case id == "on":
		return s.on(w)
	case !slices.Contains(s.codes(), id):
		return nil
	}
	switch countSteps[s.step].key {
	case "themes":
		s.theme(id)
		return nil
	case "kind":
		s.o.Kind = id
	case "age":
		s.o.Age = id
	case "status":
		s.o.Status = id
	}
	return s.on(w)
}

// theme adds a theme or takes it away. What is not said stands alone.
func (s *countScreen) theme(id string) {
	if i := slices.Index(s.o.Themes, id); i >= 0 {
		s.o.Themes = slices.Delete(s.o.Themes, i, i+1)
		return
	}
	if id == session.NotSaid {
		s.o.Themes = nil
	} else {
		s.o.Themes = slices.DeleteFunc(s.o.Themes, func(c string) bool { return c == session.NotSaid })
	}
	s.o.Themes = append(s.o.Themes, id)
}

// on goes to the next question, and after the last one counts.
func (s *countScreen) on(w *world) tea.Cmd {
	if s.step < len(countSteps)-1 {
		s.step++
		s.page = 0
		return w.fromTop()
	}
	if s.sent {
		return nil
	}
	s.sent = true
	return tea.Batch(w.touchReceipt(), w.callCount(s.o))
}

func (s *countScreen) goBack(w *world) tea.Cmd {
	if s.step > 0 && !s.sent {
		s.step--
		s.page = 0
		return w.fromTop()
	}
	return w.back()
}

func (s *countScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	a, ok := msg.(answerMsg)
	if !ok || a.call != callCount {
		return nil
	}
	s.sent = false
	text := "count.done"
	switch {
	case errors.Is(a.err, session.ErrState):
		text = "count.already"
	case a.err != nil:
		w.sayError(a.err)
		return nil
	}
	w.aid.passed = true // it is not to be asked again
	cmd := s.leaveFor(w)
	w.say(inkGood, w.t(text))
	return cmd
}

// leaveFor goes on to what comes after.
func (s *countScreen) leaveFor(w *world) tea.Cmd {
	if w.top().screen != s {
		return nil
	}
	if s.then == nil {
		return w.back()
	}
	w.drop(len(w.stack) - 1)
	return s.then(w)
}

func (s *countScreen) banner(w *world) notice {
	return notice{inkText, w.t("count." + countSteps[s.step].key)}
}
