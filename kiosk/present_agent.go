package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// keyAgent opens the space of the agents, from wherever it can be opened.
const keyAgent = "m"

// agentSign is what every screen says while an agent is signed in.
func (w *world) agentSign() string {
	if _, gone := w.overlayScreen().(*goneScreen); gone || !w.status.Agent.Present {
		return ""
	}
	return "✓ " + w.t("assist.present")
}

// canOpenSpace says that the space of the agents can be opened from the screen in front.
func (w *world) canOpenSpace() bool {
	if w.overlay != nil || w.writing() || w.status.State != session.Ready && w.status.State != session.Open {
		return false
	}
	switch w.top().screen.(type) {
	case *welcomeScreen:
		return w.status.Agent.Present || w.status.Agent.Possible
	case *spaceScreen, *consentScreen, *saidNoScreen:
		return false
	default:
		return w.status.Agent.Present
	}
}

// canSignOutHere says that Bienvenue offers to close the space of the agents: who goes away forgets it there.
func (w *world) canSignOutHere() bool {
	_, there := w.front().screen.(*welcomeScreen)
	return there && w.status.State == session.Ready && w.status.Agent.Present
}

// openSpace shows the space of the agents, after signing in where nobody is.
func (w *world) openSpace() tea.Cmd {
	switch {
	case !w.canOpenSpace():
		return nil
	case w.status.Agent.Present:
		return w.push(&spaceScreen{})
	default:
		return w.push(newSignInScreen(false, nil))
	}
}

// drawAgent says at the end of the title that an agent is signed in, and is a choice where the space can be opened. It
// gives the column where it begins. Where the title leaves no room, it goes under it.
func (w *world) drawAgent(f *frame, from, to int) int {
	text := w.agentSign()
	if text == "" {
		return to
	}
	key := ""
	if w.canOpenSpace() {
		key = w.keyName(keyAgent)
	}
	width := textWidth(text)
	if key != "" {
		width += textWidth(key) + 3
	}
	x, y, at := to-width, 0, to-width
	if x < from+3 {
		if w.height < 10 || x < 0 {
			return to
		}
		y, at = 1, to
	}
	if key != "" {
		rows := 1
		if w.height >= 20 {
			rows = 3
		}
		lit := f.focus == idAgent
		f.sheet.add(zone{rect: rect{x, y, width, rows}, id: idAgent, key: keyAgent, label: w.t("assist.title")})
		x = f.sheet.put(x, y, inkIf(lit, inkLitBadge, inkBadge), " "+key+" ") + 1
		if lit {
			f.sheet.fill(rect{x - 1, y, textWidth(text) + 1, 1}, inkLit)
			f.sheet.put(x, y, inkLit, text)
			return at
		}
	}
	f.sheet.put(x, y, inkMark, text)
	return at
}
