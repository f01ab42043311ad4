package kiosk

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/session/assist/mandate"
)

// wizardScreen is « Le mandat »: nine questions, one at a time, then the sheet. It stays one screen on the stack, so that
// going back and forth loses nothing; what was typed is in its draft, which it overwrites when it goes.
type wizardScreen struct {
	draft  *draft
	steps  []wizardStep
	at     int
	warned bool // what is missing here was said once: the next time one goes on all the same
	handing
	// solving says that a question was gone to from the sheet: going on comes back there.
	solving bool
}

// wizardStep is one question.
type wizardStep interface {
	// ask is the question in words, for the screen and the bandeau.
	ask(s *wizardScreen, w *world) string
	// draw draws what is under the question, and declares the actions before.
	draw(s *wizardScreen, p *page)
	pick(s *wizardScreen, w *world, id string) tea.Cmd
}

// wizardTypist is a step that is typed on.
type wizardTypist interface {
	key(s *wizardScreen, w *world, k tea.KeyPressMsg) (tea.Cmd, bool)
}

// wizardMissing is a step that should not be left empty: it says what is missing, or "".
type wizardMissing interface {
	missing(s *wizardScreen, w *world) string
}

// wizardInner is a step of several questions: it goes to the next or the one before, if there is one.
type wizardInner interface{ turn(by int) bool }

// The places of the steps that a problem leads to.
const (
	stepExplain = iota
	stepProtection
	stepFormalities
	stepSites
	stepMail
	stepKeep
	stepDuration
	stepWho
	stepPreview
)

// newWizard asks for a mandate. It ends with world.beginAct, or where it began.
func newWizard(w *world) screen {
	return &wizardScreen{draft: newDraft(w.options.Config.Assist), steps: []wizardStep{
		stepExplain: explainStep{}, stepProtection: protectionStep{}, stepFormalities: formalitiesStep{}, stepSites: sitesStep{},
		stepMail: mailStep{}, stepKeep: keepStep{}, stepDuration: durationStep{}, stepWho: &whoStep{}, stepPreview: &previewStep{},
	}}
}

func (s *wizardScreen) title(w *world) string { return w.t("wizard.title") }
func (s *wizardScreen) help() string          { return "wizard" }
func (s *wizardScreen) agentOnly()            {}

func (s *wizardScreen) step() wizardStep { return s.steps[s.at] }

func (s *wizardScreen) draw(p *page) { s.step().draw(s, p) }

// question draws how far one is and what is asked.
func (s *wizardScreen) question(p *page) {
	s.trail(p, s.step().ask(s, p.world))
	p.asking(p.t("wizard.progress", s.at+1, len(s.steps)), s.step().ask(s, p.world))
}

// trail draws the way as a line at the right of the question, where there is room: the count in words is there anyway.
func (s *wizardScreen) trail(p *page, ask string) {
	const each = 2
	badge := p.t("wizard.progress", s.at+1, len(s.steps))
	if textWidth(badge)+textWidth(ask)+each*len(s.steps)+6 > p.wide {
		return
	}
	x := p.wide - each*len(s.steps)
	p.sheet.put(x, p.y, inkDim, strings.Repeat("━", each*len(s.steps)))
	p.sheet.put(x, p.y, inkSand, strings.Repeat("━", each*(s.at+1)))
}

// asking draws a question with a badge before it.
func (p *page) asking(badge, text string) {
	x := p.sheet.put(0, p.y, inkBadge, " "+badge+" ") + 1
	if x+textWidth(text) > p.wide {
		x = 0
		p.y++
	}
	p.sayAt(x, p.wide-x, inkStrong, text)
}

// enter comes back from a screen over it: Enter goes on, and does not open that one again.
func (s *wizardScreen) enter(w *world) tea.Cmd {
	w.top().focus = ""
	return nil
}

// onward is the action that goes on: the one of Enter.
func onward(w *world) choice {
	return choice{id: "next", label: w.t("wizard.next"), key: "0", safe: true}
}

func (s *wizardScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	if t, ok := s.step().(wizardTypist); ok {
		return t.key(s, w, k)
	}
	return nil, false
}

func (s *wizardScreen) pick(w *world, id string) tea.Cmd {
	if id == "next" || id == idEnter {
		return s.next(w)
	}
	s.warned = false
	return s.step().pick(s, w, id)
}

// next goes on; where something is missing, it says so first.
func (s *wizardScreen) next(w *world) tea.Cmd {
	if m, ok := s.step().(wizardMissing); ok && !s.warned {
		if text := m.missing(s, w); text != "" {
			s.warned = true
			w.say(inkWarn, text)
			return nil
		}
	}
	if s.solving {
		return s.goTo(w, stepPreview)
	}
	if in, ok := s.step().(wizardInner); ok && in.turn(1) {
		return s.fresh(w)
	}
	return s.goTo(w, min(s.at+1, len(s.steps)-1))
}

// goBack goes to the question before; from the first one out, after asking when something would be lost.
func (s *wizardScreen) goBack(w *world) tea.Cmd {
	if s.solving {
		return s.goTo(w, stepPreview)
	}
	if in, ok := s.step().(wizardInner); ok && in.turn(-1) {
		return s.fresh(w)
	}
	switch {
	case s.at > 0:
		return s.goTo(w, s.at-1)
	case s.draft.begun():
		return w.push(&dropScreen{})
	}
	return w.back()
}

// goTo goes to a question.
func (s *wizardScreen) goTo(w *world, step int) tea.Cmd {
	s.at, s.solving = step, false
	return s.fresh(w)
}

// fresh shows a question from its top.
func (s *wizardScreen) fresh(w *world) tea.Cmd {
	s.warned = false
	w.notice = notice{}
	return w.fromTop()
}

// writes says that a line is typed here, not a number chosen.
func (s *wizardScreen) writes() bool {
	_, typed := s.step().(*whoStep)
	return typed
}

// leave overwrites what was typed.
func (s *wizardScreen) leave() { s.draft.wipe() }

func (s *wizardScreen) banner(w *world) notice {
	if who, ok := s.step().(*whoStep); ok && !who.field(s.draft).empty() {
		return typedLine(who.field(s.draft), "")
	}
	return notice{inkText, w.t("wizard.progress", s.at+1, len(s.steps)) + " · " + s.step().ask(s, w)}
}

// leaveWizard leaves the mandate from whichever of its screens, for the screen under it.
func (w *world) leaveWizard() tea.Cmd {
	for n := len(w.stack) - 1; n > 0; n-- {
		if _, ok := w.stack[n].screen.(*wizardScreen); ok {
			w.notice = notice{}
			w.drop(n)
			if e, ok := w.top().screen.(enterer); ok {
				return e.enter(w)
			}
			return nil
		}
	}
	return nil
}

// signed takes what was signed to the session: the browser is held to its sites, and the list of what was done is ready.
func (s *wizardScreen) signed(w *world) tea.Cmd {
	m := s.draft.mandate(w)
	hosts, err := m.Hosts()
	if err != nil || m.Check(w.now()) != nil {
		return w.back() // the questions say what is missing
	}
	w.act.wipe()
	w.act = newDeeds(m.Structure, m.Formalities)
	return w.beginAct(hosts, true)
}

// problemStep is the question whose answer a problem is about.
func problemStep(p mandate.Problem) int {
	switch p.Field {
	case "explained":
		return stepExplain
	case "protection":
		return stepProtection
	case "formalities":
		return stepFormalities
	case "sites":
		return stepSites
	case "keep":
		return stepKeep
	case "from", "until":
		return stepDuration
	default:
		return stepWho
	}
}
