package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"estran/assets"
	"estran/session"
)

// textScreen is internet on a terminal without windows: the text browser under a bandeau of three rows. All keys are
// the browser's but F1, for help, and F2, which comes back to Ma session and leaves the browser open.
type textScreen struct {
	site  int
	asked bool // the browser was asked for
}

// webBanner is how many rows the bandeau over the page takes.
const webBanner = 3

func (s *textScreen) title(w *world) string { return w.t("browser.title") }
func (s *textScreen) help() string          { return "browser" }

// openTextBrowser shows the text browser, started if it is not.
func (w *world) openTextBrowser(site int) tea.Cmd {
	return w.push(&textScreen{site: site})
}

func (s *textScreen) enter(w *world) tea.Cmd {
	if w.web != nil {
		return w.callResizeWeb()
	}
	if s.asked { // back from help, and the browser is gone meanwhile
		return nil
	}
	s.asked = true
	return w.callBrowseText(s.site)
}

func (s *textScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case webMsg:
		if msg.err != nil {
			if w.status.Browser.Problem == session.BrowserFine {
				w.sayError(msg.err)
			}
			return nil
		}
		w.web = msg.term
		return tea.Batch(w.watchWeb(), w.callResizeWeb())
	case answerMsg:
		w.tell(msg, "notice.time_added", callExtend)
	}
	return nil
}

// changed comes back to Ma session when the browser was closed.
func (s *textScreen) changed(w *world, before session.Status) tea.Cmd {
	w.tellArrivals(before)
	w.explained(before)
	b := w.status.Browser
	if b.State != session.BrowserClosed || before.Browser.State == session.BrowserClosed {
		return nil
	}
	w.closeWeb()
	if b.Problem != session.BrowserFine || w.top().screen != s {
		return nil
	}
	cmd := w.home()
	w.say(inkGood, w.t("browser.closed"))
	return cmd
}

func (s *textScreen) draw(p *page) {
	line := (&internetScreen{}).line(p.world)
	home := choice{id: "home", label: p.t("banner.session"), key: "f2"}
	if p.status.Browser.State == session.BrowserClosed && p.status.Browser.Problem != session.BrowserFine {
		p.actions(p.afterProblem(), home)
		p.told(line.ink, line.text)
		return
	}
	p.actions(home)
	p.told(line.ink, line.text)
	p.say(inkSoft, p.t("browser.text"))
}

// whole draws the page under its bandeau, in place of a body. It says whether it did.
func (s *textScreen) whole(w *world, f *frame) bool {
	if w.web == nil || w.height < webBanner+3 {
		return false
	}
	f.sheet.fill(rect{0, 0, w.width, webBanner}, inkTitle)
	x := f.sheet.put(1, 0, inkTitle, s.title(w)) + 3
	right := w.width - 1
	for _, c := range []choice{
		{id: idFinish, label: w.t("footer.finish")},
		{id: "home", label: w.t("banner.session"), key: "f2"},
		{id: "extend", label: w.t("assist.more_time")},
	} {
		if c.id == "extend" && !w.assisted() {
			continue
		}
		z := zone{id: c.id, key: c.key, label: c.label}
		width := w.bannerWidth(z)
		right -= width
		z.rect = rect{right, 0, width, webBanner}
		// Keys are the browser's: nothing here has the focus.
		f.sheet.fill(z.rect, inkBadge)
		f.sheet.put(right+1, 1, inkBadge, w.bannerText(z))
		f.sheet.add(z)
		right--
	}
	for _, told := range w.bannerTold() {
		if x+textWidth(told) < right {
			f.sheet.put(x, 0, inkMark, told)
			break
		}
	}
	f.sheet.put(1, 1, inkMark, shorten(w.t("browser.text_help"), right-1))
	third := w.agentReminder(assets.MomentBrowser, 0)
	if scope := w.scope(right / 2); scope != "" {
		third = scope + " · " + third
	}
	if w.notice.text != "" {
		third = w.notice.text
	}
	f.sheet.put(1, 2, inkMark, shorten(third, right-1))
	page := w.webRect()
	f.sheet.fill(page, inkPage)
	cx, cy := w.web.drawOn(f.sheet, page)
	f.cursor = tea.NewCursor(page.x+min(cx, page.w-1), page.y+min(cy, page.h-1))
	return true
}

// webRect is where the page is.
func (w *world) webRect() rect {
	return rect{0, webBanner, w.width, max(w.height-webBanner, 1)}
}

func (s *textScreen) next(w *world) time.Duration { return w.untilReminder() }

func (s *textScreen) raw() {}

func (s *textScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	switch {
	case k.Code == tea.KeyF2:
		return w.home(), true
	case w.web == nil:
		return nil, false
	case k.Mod&tea.ModCtrl != 0 && (k.Code == 'z' || k.Code == '\\'):
		return nil, true // they stop a program in a terminal
	}
	w.web.press(k)
	return nil, true
}

func (s *textScreen) click(w *world, at tea.Mouse) (tea.Cmd, bool) {
	if page := w.webRect(); w.web != nil && page.holds(at.X, at.Y) {
		m := uv.Mouse{X: at.X - page.x, Y: at.Y - page.y, Button: at.Button}
		w.web.point(uv.MouseClickEvent(m))
		w.web.point(uv.MouseReleaseEvent(m))
		return nil, true
	}
	return nil, false
}

// wheel turns the page by its arrows.
func (s *textScreen) wheel(w *world, rows int) {
	if w.web == nil {
		return
	}
	code := tea.KeyDown
	if rows < 0 {
		code = tea.KeyUp
	}
	for range 3 {
		w.web.press(tea.KeyPressMsg{Code: code})
	}
}

func (s *textScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "home":
		return w.home()
	case "extend":
		return w.moreTime()
	case "again":
		return w.callBrowseText(s.site)
	case "ways":
		return tea.Batch(w.home(), w.openSpace())
	}
	return nil
}

func (s *textScreen) resized(w *world) tea.Cmd { return w.callResizeWeb() }

// closeWeb drops the terminal of the browser, with the page that is on it.
func (w *world) closeWeb() {
	if w.web != nil {
		w.web.close()
		w.web = nil
	}
}
