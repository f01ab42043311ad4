package kiosk

import (
	"errors"
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// signInScreen is « Espace médiateur » while nobody is signed in: a login and a code. Neither is ever drawn: the person
// who is helped sits beside. Both leave here once, as Private, and are overwritten when the screen goes.
type signInScreen struct {
	fields [2]typed
	at     int // the field that is typed in, or signInButton
	called bool
	then   func(w *world) tea.Cmd // what comes after, the space of the agents when nil
	asking bool
	err    error // why the last try did not work
}

// Where one types.
const (
	signInLogin = iota
	signInCode
	signInButton
)

// newSignInScreen is for an agent to sign in; called says that a visitor asked for one in a session.
func newSignInScreen(called bool, then func(w *world) tea.Cmd) *signInScreen {
	return &signInScreen{fields: [2]typed{newTyped(), newTyped()}, called: called, then: then}
}

func (s *signInScreen) title(w *world) string { return w.t("assist.title") }
func (s *signInScreen) help() string          { return "signin" }
func (s *signInScreen) writes() bool          { return true }

// signInFields names the fields; the keys are those that lead to them.
var signInFields = [2]struct{ id, key, label string }{{"login", "up", "assist.login"}, {"code", "down", "assist.code"}}

func (s *signInScreen) draw(p *page) {
	cs := []choice{{id: "enter", label: p.t("assist.enter"), key: "enter", safe: true}}
	if errors.Is(s.err, session.ErrBrowserOpen) {
		cs = append(cs, choice{id: "close", label: p.t("browser.close"), key: "f2"})
	}
	p.actions(cs...)
	lead := "assist.lead"
	if s.called {
		lead = "assist.called"
	}
	p.say(inkText, p.t(lead))
	p.gap(1)
	for i := range s.fields {
		s.drawField(p, i)
	}
	p.gap(1)
	for _, line := range s.told(p.world) {
		p.told(line.ink, line.text)
	}
	if s.err == nil {
		p.say(inkSoft, p.t("assist.dots"))
	}
}

// drawField draws how much was typed in a field, and no more.
func (s *signInScreen) drawField(p *page, i int) {
	f, rows := signInFields[i], typedRows(p)
	x := max(textWidth(p.t("assist.login")), textWidth(p.t("assist.code"))) + 4
	if p.wide < 40 {
		p.say(inkText, p.t(f.label))
		x = 0
	}
	y := p.y + rows/2
	if p.wide >= 40 {
		k := inkSoft
		if s.at == i {
			k = inkStrong
		}
		p.sheet.put(0, y, k, inkSign(s.at == i)+p.t(f.label))
	}
	width := min(p.wide-x, 44)
	p.sheet.fill(rect{x, y, width, 1}, inkTyped)
	if rows == 3 {
		p.sheet.put(x, p.y, inkTypedEdge, strings.Repeat("▄", width))
		p.sheet.put(x, p.y+2, inkTypedEdge, strings.Repeat("▀", width))
	}
	end := p.sheet.put(x+1, y, inkTyped, s.dots(i, width-3))
	if s.at == i {
		p.sheet.put(end, y, inkTyped, "▏")
	}
	if p.height > bannerMax {
		p.sheet.add(zone{rect: rect{0, p.y, x + width, rows}, id: f.id, key: f.key, label: p.t(f.label)})
	}
	p.y += rows
	p.sheet.grow(p.y)
}

func (s *signInScreen) dots(i, most int) string {
	return strings.Repeat("●", min(len(s.fields[i].runes), max(most, 0)))
}

func (s *signInScreen) next(w *world) time.Duration {
	if s.err == nil {
		return 0
	}
	return untilSecond(w.agentWait())
}

// key types what is a character; Tab and Enter lead from the login to the code and on.
func (s *signInScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	switch k.Code {
	case tea.KeyTab:
		s.at = (s.at + 3 + 1 - 2*boolInt(k.Mod&tea.ModShift != 0)) % 3
		return nil, true
	case tea.KeyUp, tea.KeyKpUp:
		s.at = max(s.at-1, signInLogin)
		return nil, true
	case tea.KeyDown, tea.KeyKpDown:
		s.at = min(s.at+1, signInButton)
		return nil, true
	case tea.KeyEnter, tea.KeyKpEnter:
		if s.at == signInLogin {
			s.at = signInCode
			return nil, true
		}
		return s.submit(w), true
	case tea.KeyF2:
		return s.pick(w, "close"), true
	case tea.KeyBackspace, tea.KeyDelete:
		if s.at != signInButton {
			s.fields[s.at].erase()
		}
		return nil, true
	}
	wanted := false
	for _, r := range k.Text {
		if unicode.IsPrint(r) {
			wanted = true
			s.add(w, r)
		}
	}
	return nil, wanted
}

func (s *signInScreen) add(w *world, r rune) {
	if s.at == signInButton {
		s.at = signInCode
	}
	if !s.fields[s.at].add(r) {
		w.say(inkWarn, w.t("assist.full"))
	}
}

func (s *signInScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "login":
		s.at = signInLogin
	case "code":
		s.at = signInCode
	case "enter":
		return s.submit(w)
	case "close":
		if errors.Is(s.err, session.ErrBrowserOpen) {
			s.err = nil
			return w.callCloseBrowser()
		}
	}
	return nil
}

// submit asks the station. The code is overwritten here at once, whatever the answer.
func (s *signInScreen) submit(w *world) tea.Cmd {
	for i := range s.fields {
		if len(s.fields[i].runes) == 0 {
			s.at = i
			w.say(inkText, w.t("assist.both"))
			return nil
		}
	}
	switch {
	case s.asking:
		return nil
	case !w.hidden(): // the browser still shows, and may have the keyboard
		w.say(inkWarn, w.t("pause.not_hidden"))
		return nil
	}
	login, code := s.fields[0].private(), s.fields[1].private()
	s.fields[1].wipe()
	s.asking, s.at = true, signInCode
	w.say(inkText, w.t("assist.checking"))
	return w.callSignIn(login, code)
}

func (s *signInScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	a, ok := msg.(answerMsg)
	switch {
	case !ok:
		return nil
	case a.call == callCloseBrowser:
		if a.err != nil {
			w.sayError(a.err)
		}
		return nil
	}
	s.asking, s.err, w.notice = false, a.err, notice{}
	if errors.Is(a.err, session.ErrAgentWrong) || errors.Is(a.err, session.ErrAgentForm) {
		// Nobody can see which of the two has the slip.
		s.fields[0].wipe()
		s.at = signInLogin
	}
	return s.on(w)
}

// changed goes on when the station says that an agent is there: that may come before the answer, or after it.
func (s *signInScreen) changed(w *world, _ session.Status) tea.Cmd { return s.on(w) }

func (s *signInScreen) on(w *world) tea.Cmd {
	if !w.status.Agent.Present || w.top().screen != s {
		return nil
	}
	w.notice = notice{}
	w.drop(len(w.stack) - 1)
	if s.then == nil || !w.agentHelps() {
		return w.push(&spaceScreen{})
	}
	return s.then(w)
}

// leave overwrites what was typed.
func (s *signInScreen) leave() {
	for i := range s.fields {
		s.fields[i].wipe()
	}
}

func (s *signInScreen) banner(w *world) notice {
	text, k := "", inkText
	for i, f := range signInFields {
		text += inkSign(s.at == i) + w.t(f.label) + " " + s.dots(i, 12) + " "
	}
	if lines := s.told(w); len(lines) > 0 {
		k, text = lines[0].ink, text+"· "+lines[0].text
	}
	return notice{k, text}
}

// private gives what was typed, for a call.
func (t *typed) private() session.Private { return session.Private(string(t.runes)) }
