package kiosk

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// webMsg gives the terminal that the text browser was started in.
type webMsg struct {
	to
	term *webTerm
	err  error
}

// webChangedMsg says that the page has to be drawn again, or with gone that the browser is no more.
type webChangedMsg struct {
	term *webTerm
	gone bool
}

// callBrowseText opens a terminal and starts the text browser in it.
func (w *world) callBrowseText(site int) tea.Cmd {
	ctx, address, page := w.ctx, to(w.front().serial), w.webRect()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		term, slave, err := newWebTerm(page.w, page.h)
		if err != nil {
			return webMsg{to: address, err: session.ErrNoBrowser}
		}
		// The station closes its end.
		if err := w.station.Browse(ctx, session.BrowseOptions{Site: site, Terminal: slave}); err != nil {
			_ = slave.Close()
			term.close()
			return webMsg{to: address, err: err}
		}
		return webMsg{to: address, term: term}
	}
}

// watchWeb waits until the page has to be drawn again.
func (w *world) watchWeb() tea.Cmd {
	term := w.web
	if term == nil {
		return nil
	}
	return func() tea.Msg {
		_, ok := <-term.changed
		return webChangedMsg{term, !ok}
	}
}

// webChanged draws the page again and waits for the next time.
func (m *Model) webChanged(msg webChangedMsg) tea.Cmd {
	if msg.term != m.web {
		return nil
	}
	if msg.gone {
		m.closeWeb()
		return nil
	}
	return m.watchWeb()
}

// callResizeWeb gives the text browser the size of what shows.
func (w *world) callResizeWeb() tea.Cmd {
	term, page := w.web, w.webRect()
	if term == nil {
		return nil
	}
	return w.ask("resize-browser", func(ctx context.Context) error {
		if err := term.resize(page.w, page.h); err != nil {
			return nil // the browser is being closed, and the status says so
		}
		_ = w.station.ResizeBrowser(ctx)
		return nil
	})
}
