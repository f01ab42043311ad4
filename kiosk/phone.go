package kiosk

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"rsc.io/qr"

	"estran/assets"
	"estran/session"
)

// phoneScreen is « Sur mon téléphone »: the receipt as a code, which holds the text itself, so that a phone needs no
// network and no site learns of it. The code takes all the height there is; words and choices stand beside it.
type phoneScreen struct {
	receipt session.Receipt
	lang    string // of a code that has room for one language only
}

// phoneColumn is how many columns words need beside the code.
const phoneColumn = 28

func (s *phoneScreen) title(w *world) string { return w.t("phone.title") }
func (s *phoneScreen) help() string          { return "phone" }

// enter asks for time too: to take a phone out and aim it is slow.
func (s *phoneScreen) enter(w *world) tea.Cmd { return w.touchReceipt() }

// codeText is a text that a code may hold.
type codeText struct {
	text  string
	short bool // two sentences
	one   bool // in one language, of two
}

// texts are what the code may say, the fullest first: a small terminal has room for two sentences only.
func (s *phoneScreen) texts() []codeText {
	var long, short string
	for i, lang := range assets.Languages() {
		words := wordsOf(s.receipt, lang)
		if i > 0 {
			long, short = long+"\n\n", short+"\n"
		}
		long, short = long+words.Text(), short+words.Short()
	}
	mine := wordsOf(s.receipt, s.lang)
	return []codeText{
		{text: long},
		{text: mine.Text(), one: true},
		{text: short, short: true},
		{text: mine.Short(), short: true, one: true},
	}
}

// code is the code with the most text that fits beside the words; nil where none fits.
func (s *phoneScreen) code(w *world) (*qr.Code, codeText) {
	for _, t := range s.texts() {
		if c := codeIn(t.text, w.width-phoneColumn, w.height); c != nil {
			return c, t
		}
	}
	return nil, codeText{}
}

// draw draws the words: all there is where the code does not fit.
func (s *phoneScreen) draw(p *page) {
	c, text := s.code(p.world)
	choices := []choice{{id: idBack, label: p.t("choice.back"), key: keyBack, safe: true}}
	if text.one {
		choices = slices.Insert(choices, 0, choice{id: "other", label: p.t("phone.in_" + s.otherLanguage())})
	}
	p.actions(choices...)
	if c == nil {
		p.say(inkStrong, p.t("phone.small"))
		return
	}
	p.say(inkStrong, p.t("phone.lead"))
	p.gap(1)
	if text.short {
		p.say(inkText, p.t("phone.what_short"))
	} else {
		p.say(inkText, p.t("phone.what"))
	}
	p.say(inkText, p.t("phone.opens"))
	p.say(inkSoft, p.t("phone.kept"))
	if p.status.State == session.Wiped {
		p.gap(1)
		p.say(inkSand, p.t("wiped.soon", p.minutes(p.receiptLeft())))
	}
}

// whole draws the code at the right, over the whole height, and the words in a column at its left.
func (s *phoneScreen) whole(w *world, f *frame) bool {
	c, _ := s.code(w)
	if c == nil {
		return false
	}
	side := codeSide(c)
	margin := min(2+max(w.width-side-phoneColumn-12, 0)/6, 8)
	wide := min(w.width-side-2*margin, columnMax)
	f.sheet.fill(rect{0, 0, w.width, 1}, inkTitle)
	f.sheet.put(margin, 0, inkTitle, s.title(w))
	f.sheet.surface(1)
	f.sheet.code(w.width-side, (w.height-(side+1)/2+1)/2, c)

	p := w.newPage(f, w.height-3)
	p.sheet, p.wide, p.column = newSheet(wide), wide, margin
	s.draw(p)
	p.foot = append(p.foot, choice{id: idHelp, key: "?", label: p.t("footer.help")}) // there is no bottom line here
	actions := p.layActions()
	f.body = rect{margin, 3, wide, max(w.height-3-actions.height(), 1)}
	f.scrollMax = max(p.sheet.height()-f.body.h, 0)
	f.scroll = min(max(w.front().scroll, 0), f.scrollMax)
	p.sheet.copyTo(f.sheet, f.body, f.scroll)
	actions.copyTo(f.sheet, rect{margin, w.height - actions.height(), wide, actions.height()}, 0)
	w.drawScrollbar(f, p)
	return true
}

func (s *phoneScreen) otherLanguage() string {
	all := assets.Languages()
	return all[(slices.Index(all, s.lang)+1)%len(all)]
}

func (s *phoneScreen) pick(_ *world, id string) tea.Cmd {
	if id == "other" {
		s.lang = s.otherLanguage()
	}
	return nil
}

func (s *phoneScreen) next(w *world) time.Duration {
	if w.status.State != session.Wiped {
		return 0
	}
	return untilSecond(w.receiptLeft())
}
