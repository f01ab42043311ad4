package kiosk

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// wipedScreen is « Tout est effacé »: the receipt. It goes by itself; from Bienvenue it can be read again until the
// next visitor begins.
type wipedScreen struct {
	receipt session.Receipt
	again   bool
}

func (s *wipedScreen) title(w *world) string {
	if s.again {
		return w.t("wiped.again")
	}
	return w.t("wiped.title")
}

func (s *wipedScreen) help() string { return "wiped" }

func (s *wipedScreen) enter(w *world) tea.Cmd { return w.callReceipt(s) }

func (s *wipedScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case receiptMsg:
		switch {
		case msg.err == nil:
			s.receipt = msg.receipt
		case s.again: // on the receipt itself the status tells the steps too
			w.sayError(msg.err)
		}
	case answerMsg:
		if msg.call == callPrintReceipt && errors.Is(msg.err, session.ErrLimit) {
			w.say(inkWarn, w.t("wiped.printed_enough"))
			return nil
		}
		w.tell(msg, "wiped.printed", callPrintReceipt)
	}
	return nil
}

// told is the receipt, or what the status says of it until it has come.
func (s *wipedScreen) told(w *world) session.Receipt {
	r := s.receipt
	if len(r.Steps) == 0 {
		r.Steps = w.status.Wipe
	}
	return r
}

// wordsOf puts a receipt in words: what was not verified is never said to be done.
func wordsOf(r session.Receipt, lang string) assets.Receipt {
	var done []string
	for _, step := range r.Steps {
		if step.State == session.StepVerified {
			done = append(done, step.ID)
		}
	}
	return assets.ReceiptIn(lang, done, r.Limits)
}

// choices are what can be done with the receipt: first to leave it, while it is on the screen by itself.
func (s *wipedScreen) choices(w *world) []choice {
	cs := []choice{{id: "leave", label: w.t("wiped.leave"), key: "enter", esc: true, safe: true}}
	if s.again {
		cs = nil
	}
	if w.status.Printer {
		cs = append(cs, choice{id: "print", label: w.t("wiped.print")})
	}
	cs = append(cs, choice{id: "phone", label: w.t("wiped.phone")})
	if w.status.Agent.Uncounted && !s.again {
		cs = append(cs, choice{id: "count", label: w.t("assist.count"), short: w.t("count.short")})
	}
	return cs
}

func (s *wipedScreen) draw(p *page) {
	p.actions(s.choices(p.world)...)
	words := wordsOf(s.told(p.world), p.lang)
	if len(words.Done) == 0 {
		return // it is on its way
	}
	if key := "ended." + string(p.status.End); !s.again && p.has(key) {
		p.say(inkSand, p.t(key))
	}
	p.say(inkStrong, words.Lead)
	spare := p.room - p.y - len(words.Done) - len(words.Limits) - 2
	if spare > 0 {
		p.gap(1)
	}
	for _, done := range words.Done {
		p.told(inkGood, done)
	}
	if spare > 1 {
		p.gap(1)
	}
	if spare < 0 && !s.again { // what has no room is below, where one has to go: rather a limit than the key
		p.say(inkSand, p.t("wiped.take"))
	}
	if len(words.Limits) > 0 {
		p.heading(words.LimitsTitle)
		for _, limit := range words.Limits {
			p.told(inkText, limit)
		}
	}
	if spare > 2 {
		p.gap(1)
	}
	if spare >= 0 && !s.again {
		p.say(inkSand, p.t("wiped.take"))
	}
	if spare > 6 {
		p.gap(1)
		p.say(inkSoft, p.t("wiped.home"))
		p.say(inkSoft, p.t("wiped.thanks"))
	}
}

func (s *wipedScreen) banner(w *world) notice {
	if s.again {
		return notice{inkSoft, w.t("notice.small")}
	}
	return notice{inkGood, "✓ " + w.t("wiped.lead") + " " + w.t("wiped.take")}
}

func (s *wipedScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "leave":
		return w.callDismiss()
	case "print":
		return tea.Batch(w.touchReceipt(), w.callPrintReceipt())
	case "count":
		return tea.Batch(w.touchReceipt(), w.push(newCountScreen(nil)))
	case "phone":
		return w.push(&phoneScreen{receipt: s.told(w), lang: assets.In(w.lang).Lang()})
	}
	return nil
}

// key leaves at any key that means nothing else: whoever comes next need not know which.
func (s *wipedScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	_, number := digit(k)
	if s.again || number || k.Text == "?" || k.Text == "," {
		return nil, false
	}
	switch k.Code {
	case tea.KeyUp, tea.KeyDown, tea.KeyLeft, tea.KeyRight, tea.KeyTab, tea.KeyPgUp, tea.KeyPgDown, tea.KeyEnter, tea.KeyKpEnter:
		return nil, false
	}
	return w.callDismiss(), true
}

func (s *wipedScreen) next(w *world) time.Duration { return untilSecond(w.receiptLeft()) }

// touchReceipt asks for time on the receipt that goes by itself: its visitor is doing something with it.
func (w *world) touchReceipt() tea.Cmd {
	if w.status.State != session.Wiped {
		return nil
	}
	return w.callTouch()
}

// openReceipt shows the receipt again, from Bienvenue.
func (w *world) openReceipt() tea.Cmd {
	if !w.canReadReceipt() {
		return nil
	}
	return w.push(&wipedScreen{again: true})
}

// canReadReceipt says that Bienvenue offers the receipt of the visitor before.
func (w *world) canReadReceipt() bool {
	_, there := w.front().screen.(*welcomeScreen)
	return there && w.status.State == session.Ready && w.status.Receipt
}
