package kiosk

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// signOutScreen is the exercise of tip 12: an invented site in which one is signed in. The way out is behind the name of
// the person; the cross of the window only closes it. Then one looks for the screen that says it is done.
type signOutScreen struct {
	stage    signOutStage
	unticked bool   // « Se souvenir de moi » is no longer ticked
	menu     bool   // the menu of the account is open
	told     string // what the last click did, "" before the first one
	good     bool   // it was a good one
	closed   bool   // the window was closed before signing out
	tried    []bool // which of the last screens were chosen
}

// signOutStage is where one is on the site.
type signOutStage int

const (
	signOutEnter  signOutStage = iota // its first page, with a box that is ticked
	signOutInside                     // in the account
	signOutClosed                     // the window was closed, and the account is still open
	signOutCheck                      // out: which screen says so?
	signOutEnd
)

func newSignOutScreen() screen { return &signOutScreen{} }

func (s *signOutScreen) title(w *world) string { return w.t("exercise.signout.title") }
func (s *signOutScreen) help() string          { return "exercise" }

func (s *signOutScreen) draw(p *page) {
	site := assets.SignOutSite(p.lang)
	switch s.stage {
	case signOutEnter:
		p.actions()
		s.drawLead(p)
		s.drawSite(p, site, s.enterParts(p, site))
	case signOutInside:
		p.actions()
		s.drawLead(p)
		s.drawSite(p, site, s.insideParts(site))
	case signOutClosed:
		p.actions(choice{id: "reopen", label: p.t("exercise.signout.reopen"), safe: true})
		s.drawLead(p)
		p.gap(1)
		p.say(inkText, p.t("exercise.signout.next_person"))
		s.drawSite(p, site, siteParts{who: site.Account.Label, text: site.Inside})
	case signOutCheck:
		s.drawCheck(p, site)
	default:
		s.drawEnd(p)
	}
}

// lead is what to do, or what the last click did.
func (s *signOutScreen) lead(w *world) notice {
	if s.told != "" {
		return notice{inkIf(s.good, inkGood, inkWarn), s.told}
	}
	key := map[signOutStage]string{
		signOutEnter: "enter", signOutInside: "inside", signOutCheck: "check", signOutEnd: "end",
	}[s.stage]
	return notice{inkText, w.t("exercise.signout." + key)}
}

func (s *signOutScreen) drawLead(p *page) {
	if s.told != "" {
		p.told(s.lead(p.world).ink, s.told)
		return
	}
	p.say(inkText, s.lead(p.world).text)
}

func (s *signOutScreen) banner(w *world) notice {
	line := s.lead(w)
	if sign := map[ink]string{inkGood: "✓ ", inkWarn: "! "}[line.ink]; s.told != "" {
		line.text = sign + line.text
	}
	return line
}

// drawCheck shows what may be on the screen: one of them says that one is out.
func (s *signOutScreen) drawCheck(p *page, site assets.SignOut) {
	p.actions()
	s.drawLead(p)
	if s.told != "" {
		p.say(inkStrong, p.t("exercise.signout.check"))
	}
	p.gap(1)
	var cs []choice
	for i, l := range site.Last {
		mark := ""
		if s.tried[i] {
			mark = "!"
		}
		cs = append(cs, choice{id: "last." + strconv.Itoa(i), label: l.Text, hint: l.Also, mark: mark})
	}
	p.tilesInSight(1, cs...)
}

// drawEnd says what went well, and the rule to take along.
func (s *signOutScreen) drawEnd(p *page) {
	p.actions(endChoices(p.world)...)
	for _, part := range []struct {
		well bool
		key  string
	}{
		{s.unticked, "box"},
		{!s.closed, "menu"},
		{!slices.Contains(s.tried, true), "screen"},
	} {
		if part.well {
			p.told(inkGood, p.t("exercise.signout.well."+part.key))
		} else {
			p.told(inkWarn, p.t("exercise.signout.next_time."+part.key))
		}
	}
	p.gap(1)
	p.say(inkStrong, p.t("exercise.signout.end"))
}

func (s *signOutScreen) pick(w *world, id string) tea.Cmd {
	site := assets.SignOutSite(w.lang)
	switch s.stage {
	case signOutEnter:
		s.pickEnter(w, id)
	case signOutInside:
		s.pickInside(site, id)
	case signOutClosed:
		if id == "reopen" {
			s.stage, s.told = signOutInside, ""
		}
	case signOutCheck:
		s.pickLast(site, id)
	default:
		if id == "again" {
			*s = signOutScreen{}
		}
	}
	return w.fromTop()
}

func (s *signOutScreen) pickEnter(w *world, id string) {
	switch id {
	case "remember":
		s.unticked = !s.unticked
		s.told, s.good = "", false
		if s.unticked {
			s.told, s.good = w.t("exercise.signout.unticked"), true
		}
	case "enter":
		s.stage, s.told, s.good = signOutInside, "", false
		if !s.unticked {
			s.told = w.t("exercise.signout.left_ticked")
		}
	}
}

func (s *signOutScreen) pickInside(site assets.SignOut, id string) {
	switch {
	case id == "cross":
		s.stage, s.menu, s.closed = signOutClosed, false, true
		s.told, s.good = site.Cross.Why, false
	case id == "account":
		s.menu = !s.menu
		s.told, s.good = site.Account.Why, true
		if !s.menu {
			s.told = ""
		}
	}
	for i, l := range slices.Concat(site.Links, site.Menu) {
		if id != "link."+strconv.Itoa(i) || !s.shows(site, i) {
			continue
		}
		s.told, s.good = l.Why, l.Out
		if l.Out {
			s.stage, s.tried = signOutCheck, make([]bool, len(site.Last))
		}
	}
}

// shows says that a link can be clicked: the menu of the account lies over what is around the page.
func (s *signOutScreen) shows(site assets.SignOut, i int) bool {
	return (i >= len(site.Links)) == s.menu
}

func (s *signOutScreen) pickLast(site assets.SignOut, id string) {
	for i, l := range site.Last {
		if id != "last."+strconv.Itoa(i) {
			continue
		}
		s.told, s.good = l.Why, l.Out
		if l.Out {
			s.stage, s.told = signOutEnd, ""
		} else {
			s.tried[i] = true
		}
	}
}
