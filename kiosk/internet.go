package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// internetScreen is what one sees of Estran while the browser is open: how the browser is, a tip, and the way back.
type internetScreen struct {
	site  int
	asked bool // the browser was asked for
}

func (s *internetScreen) title(w *world) string { return w.t("browser.title") }
func (s *internetScreen) help() string          { return "browser" }

func (s *internetScreen) enter(w *world) tea.Cmd {
	if s.asked {
		return nil
	}
	s.asked = true
	return w.callBrowse(session.BrowseOptions{Site: s.site})
}

func (s *internetScreen) draw(p *page) {
	line := s.line(p.world)
	home := choice{id: "home", label: p.t("banner.session"), key: keyBack}
	if p.status.Browser.State == session.BrowserClosed && p.status.Browser.Problem != session.BrowserFine {
		p.actions(p.afterProblem(), home)
		p.told(line.ink, line.text)
		return
	}
	cs := []choice{{id: "close", label: p.t("browser.close")}, home}
	if p.assisted() {
		cs = append(cs, choice{id: "extend", label: p.t("assist.more_time"), key: keyMore})
	}
	p.actions(cs...)
	p.told(line.ink, line.text)
	for _, text := range []string{p.scope(p.wide), p.agentReminder(assets.MomentBrowser, p.wide)} {
		if text != "" {
			p.say(inkSand, text)
		}
	}
	p.gap(1)
	tip := assets.TipFor(p.lang, assets.MomentBrowser, p.begun.arrivals)
	p.tipCard(tip)
	if p.room-p.y >= 2 {
		p.gap(1)
		p.say(inkSand, p.t("browser.upload"))
	}
}

// afterProblem is what can be done about a browser that did not open: a browser that cannot be held to the sites of a
// mandate will not be the next time either, but there are other ways to help.
func (w *world) afterProblem() choice {
	if w.status.Browser.Problem == session.BrowserNoLimit {
		return choice{id: "ways", label: w.t("consent.ways"), safe: true}
	}
	return choice{id: "again", label: w.t("browser.again"), safe: true}
}

// explained takes away what was said of a call that failed: the problem says it better.
func (w *world) explained(before session.Status) {
	if p := w.status.Browser.Problem; p != session.BrowserFine && before.Browser.Problem != p {
		w.notice = notice{}
	}
}

// line says in words how the browser is.
func (s *internetScreen) line(w *world) notice {
	switch w.status.Browser.State {
	case session.BrowserStarting:
		return notice{inkText, w.t("browser.opening")}
	case session.BrowserOpen:
		return notice{inkGood, w.t("browser.open")}
	case session.BrowserHung:
		return notice{inkWarn, w.t("browser.hung")}
	case session.BrowserClosing:
		return notice{inkText, w.t("browser.closing")}
	}
	if p := w.status.Browser.Problem; p != session.BrowserFine && w.has("browser.problem."+string(p)) {
		return notice{inkWarn, w.t("browser.problem." + string(p))}
	}
	return notice{inkText, w.t("browser.opening")}
}

// banner is the bandeau over the browser: what is wrong, or the tip that fits.
func (s *internetScreen) banner(w *world) notice {
	switch {
	case w.status.Documents.Full:
		return notice{inkWarn, "! " + w.t("banner.full")}
	case w.status.Refused != session.RefusedNothing:
		return w.refusedLine()
	case w.status.Browser.State == session.BrowserOpen && w.assisted():
		return notice{inkSoft, s.agentLine(w)}
	case w.status.Browser.State == session.BrowserOpen:
		return notice{inkSoft, w.t("banner.tip") + " · " + w.reminder(assets.MomentBrowser)}
	}
	return s.line(w)
}

// agentLine is what an agent who helps is reminded of on the bandeau, where there is one line only.
func (s *internetScreen) agentLine(w *world) string {
	line := w.agentReminder(assets.MomentBrowser, 0)
	if scope := w.scope(w.width / 2); scope != "" && w.height <= bannerMax && w.options.Desk == nil {
		return scope + " · " + line
	}
	return line
}

// noticeStays is how long a notice stays on the bandeau, where no key takes it away.
const noticeStays = 20 * time.Second

// over is the bandeau over the browser's window: the time, and what is wrong, what has arrived or a tip.
func (s *internetScreen) over(w *world) over {
	o := over{
		left:  []choice{{id: "home", label: w.t("banner.session"), key: keyBack}},
		right: []choice{{id: idFinish, label: w.t("banner.finish"), key: "f"}},
	}
	narrow := w.width < columnMax
	if hung := w.status.Browser.State == session.BrowserHung; w.assisted() && !(hung && narrow) {
		label := w.t("assist.more_time")
		if narrow {
			label = w.t("assist.more_time_short")
		}
		o.right = append([]choice{{id: "extend", label: label, key: keyMore}}, o.right...)
	}
	line := s.banner(w)
	switch {
	case w.status.Browser.State == session.BrowserHung:
		o.right = append([]choice{{id: "close", label: w.t("browser.close")}}, o.right...)
		line.text = "! " + line.text
	case w.notice.text != "" && s.noticeLeft(w) > 0 && line.ink != inkWarn:
		line = w.notice
	}
	left := notice{inkTitle, w.t("banner.time", w.minutes(w.left()))}
	if w.status.Ending {
		left.text = "! " + left.text
	}
	o.words = []notice{left, {inkIf(line.ink == inkSoft, inkMark, inkTitle), line.text}, {inkMark, w.documentsLine()}}
	if agent := w.agentSign(); agent != "" {
		s.overAgent(w, &o, agent, narrow, line.ink == inkSoft)
	}
	return o
}

// overAgent adds that an agent is there, and what the mandate is for, which nothing takes away.
func (s *internetScreen) overAgent(w *world, o *over, agent string, narrow, calm bool) {
	room := w.width - 2
	for _, c := range append(o.left[:len(o.left):len(o.left)], o.right...) {
		room -= overWidth(c) + 1
	}
	o.words[0].text = agent + " · " + o.words[0].text
	if narrow {
		o.words[0].text = agent + " · " + w.shortTime()
	}
	scope := w.scope(room)
	switch {
	case scope != "" && narrow && calm:
		o.words[1].text = w.agentReminder(assets.MomentBrowser, room)
		fallthrough
	case scope != "":
		o.words[1], o.words[2] = notice{inkMark, scope}, o.words[1]
	}
}

func (s *internetScreen) noticeLeft(w *world) time.Duration {
	return noticeStays - w.now().Sub(w.noticed)
}

func (s *internetScreen) next(w *world) time.Duration {
	next := w.untilReminder()
	if w.notice.text == "" || w.layout().Whole() {
		return next
	}
	if left := max(s.noticeLeft(w), 0); next == 0 || left < next {
		return left
	}
	return next
}

// documentsLine tells of documents and the key in one line.
func (w *world) documentsLine() string {
	return w.n("banner.documents", w.status.Documents.Count) + " · " + w.keyState()
}

func (s *internetScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "close":
		return w.callCloseBrowser()
	case "extend":
		return w.moreTime()
	case "again":
		return w.callBrowse(session.BrowseOptions{Site: s.site})
	case "ways":
		return tea.Batch(w.home(), w.openSpace())
	case "home":
		return w.home()
	}
	return nil
}

func (s *internetScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	a, ok := msg.(answerMsg)
	if ok && a.call == callExtend {
		w.tell(a, "notice.time_added", callExtend)
		return nil
	}
	if ok && a.err != nil && w.status.Browser.Problem == session.BrowserFine {
		w.sayError(a.err)
	}
	return nil
}

// tellArrivals says that downloads have arrived, while one looks at the browser.
func (w *world) tellArrivals(before session.Status) {
	if n := w.status.Documents.Count - before.Documents.Count; n > 0 {
		w.begun.arrivals++
		w.say(inkGood, w.n("banner.arrived", n))
	}
}

// changed comes back to Ma session when the visitor closed the browser.
func (s *internetScreen) changed(w *world, before session.Status) tea.Cmd {
	w.tellArrivals(before)
	w.explained(before)
	b := w.status.Browser
	if b.State != session.BrowserClosed {
		return nil
	}
	if before.Browser.State == session.BrowserClosed || b.Problem != session.BrowserFine || w.top().screen != s {
		return nil
	}
	cmd := w.home()
	w.say(inkGood, w.t("browser.closed"))
	return cmd
}
