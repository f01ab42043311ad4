package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// homeScreen is « Ma session »: what one can do, as tiles, and the time as a bar.
type homeScreen struct{}

func (s *homeScreen) title(w *world) string { return w.t("session.title") }
func (s *homeScreen) help() string          { return "session" }

func (s *homeScreen) draw(p *page) {
	p.timeBar()
	if p.status.Refused != session.RefusedNothing {
		p.say(inkWarn, p.refusedLine().text)
	}
	cs := s.choices(p)
	s.drawAid(p, p.room-p.y-3*((len(cs)+1)/2))
	if !p.ownLarge() && (!p.assisted() || p.room-p.y > 3*((len(cs)+1)/2)) {
		p.gap(1)
	}
	p.tiles(2, cs...)
}

// drawAid recalls to an agent what the mandate is for, and what to mind, in the rows that the tiles leave.
func (s *homeScreen) drawAid(p *page, rows int) {
	for _, line := range []notice{{inkSand, p.scope(p.wide)}, {inkSoft, p.agentReminder(assets.MomentSession, p.wide)}} {
		if line.text != "" && rows > 0 {
			p.sheet.put(0, p.y, line.ink, shorten(line.text, p.wide))
			p.y++
			rows--
		}
	}
}

func (s *homeScreen) next(w *world) time.Duration { return w.untilReminder() }

func (s *homeScreen) choices(p *page) []choice {
	internet, what := p.t("tile.internet"), p.t("tile.internet_what")
	if p.status.Browser.State != session.BrowserClosed {
		internet, what = p.t("tile.internet_resume"), p.t("tile.internet_open")
	}
	medium, mark := p.t("tile.medium_what"), ""
	if m := p.status.Medium; m.State != session.MediumNone {
		medium = p.keyState()
		if m.Busy() {
			mark = "!"
		}
	}
	cs := []choice{
		{id: "internet", label: internet, hint: what, icon: iconInternet},
		{id: "sites", label: p.t("tile.sites"), hint: p.t("tile.sites_what"), icon: iconSites},
		{id: "medium", label: p.t("tile.medium"), hint: medium, icon: iconMedium, mark: mark},
		{
			id: "documents", label: p.t("tile.documents"), hint: p.n("tile.documents_what", p.status.Documents.Count),
			icon: iconDocuments,
		},
		{id: "tips", label: p.t("tile.tips"), hint: p.t("tile.tips_what"), icon: iconTips},
		{id: "pause", label: p.t("tile.pause"), hint: p.t("tile.pause_what"), icon: iconPause},
		{id: "finish", label: p.t("tile.finish"), hint: p.t("tile.finish_what"), icon: iconFinish},
	}
	if p.helping() == assets.SituationTrain {
		cs = append(cs, choice{id: "lesson", label: p.t("assist.lesson"), hint: p.t("assist.lesson_what"), icon: iconLesson})
	}
	cs = append(cs, s.agentChoices(p.world)...)
	if !p.assisted() && p.status.Ending && p.status.Extensions > 0 {
		cs = append(cs, choice{id: "extend", label: p.t("session.more_time", p.extension()), icon: iconTime})
	}
	return cs
}

// agentChoices are the help of an agent: what is going on of it, or the way to it.
func (s *homeScreen) agentChoices(w *world) []choice {
	switch {
	case w.assisted():
		return []choice{
			{id: "aid", label: w.t("assist.aid"), hint: w.t("situation." + string(w.helping()) + ".title"), icon: iconAgent},
			{id: "extend", label: w.t("assist.more_time"), hint: w.extension(), key: keyMore, icon: iconTime},
		}
	case w.agentHelps():
		return []choice{{id: "space", label: w.t("assist.title"), hint: w.t("assist.choose"), icon: iconAgent}}
	case w.canCallAgent():
		return []choice{{id: "agent", label: w.t("assist.call"), hint: w.t("assist.call_what"), icon: iconAgent}}
	}
	return nil
}

// keyMore is the key for more time, where an agent helps.
const keyMore = "t"

// canCallAgent says that a visitor can call an agent who can sign in here.
func (w *world) canCallAgent() bool {
	return w.status.State == session.Open && w.status.Agent.Possible && !w.status.Agent.Present
}

// callAgent lets an agent sign in while the session is open.
func (w *world) callAgent() tea.Cmd { return w.push(newSignInScreen(true, nil)) }

// moreTime asks for more time.
func (w *world) moreTime() tea.Cmd {
	if !w.canExtend() {
		return nil
	}
	return w.callExtend()
}

// timeBar draws the time that is left as a bar of the whole session.
func (p *page) timeBar() {
	k, bar, sign := inkSand, inkBar, ""
	if p.status.Ending {
		k, bar, sign = inkWarn, inkBarWarn, "! "
	}
	text := sign + p.t("footer.time", p.minutes(p.left()))
	x := p.sheet.put(0, p.y, k, text) + 2
	whole := max(durationOf(p.options.Config.Session.Length), p.left(), 1)
	p.bar(x, max(p.wide-x, 0), bar, float64(p.left())/float64(whole))
}

func (s *homeScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "internet":
		return w.openInternet(0)
	case "sites":
		return w.push(&sitesScreen{})
	case "medium":
		return w.push(&mediumScreen{})
	case "documents":
		return w.push(&documentsScreen{})
	case "tips":
		return w.push(newTipsScreen())
	case "pause":
		return w.push(&pauseScreen{})
	case "finish":
		return w.openFinish()
	case "lesson":
		return w.push(newLessonScreen())
	case "aid":
		return w.openSituation(w.helping())
	case "space":
		return w.push(&spaceScreen{})
	case "agent":
		return w.callAgent()
	case "extend":
		return w.moreTime()
	}
	return nil
}

func (s *homeScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok {
		w.tell(a, "notice.time_added", callExtend)
	}
	return nil
}

// changed brings the right tip back when a key is plugged in or a document arrives.
func (s *homeScreen) changed(w *world, before session.Status) tea.Cmd {
	if w.top().screen != s {
		return nil
	}
	switch {
	case !before.Medium.Present() && w.status.Medium.Present():
		w.say(inkWarn, w.reminder(assets.MomentKey))
	case w.status.Documents.Count > before.Documents.Count:
		w.begun.arrivals++
		w.say(inkGood, w.n("documents.new", w.status.Documents.Count-before.Documents.Count))
	}
	return nil
}

// canFinish says that there is a session to end.
func (w *world) canFinish() bool { return w.status.State == session.Open }
