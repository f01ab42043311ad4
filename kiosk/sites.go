package kiosk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// sitesScreen is « Sites officiels »: the right addresses, so that nobody needs to search for them.
type sitesScreen struct{}

func (s *sitesScreen) title(w *world) string { return w.t("sites.title") }
func (s *sitesScreen) help() string          { return "sites" }

func (s *sitesScreen) draw(p *page) {
	p.actions(choice{id: "0", label: p.t("sites.home"), key: "0"})
	lead, none := "sites.lead", "sites.none"
	if p.heldTo() {
		lead, none = "sites.mandate", "sites.mandate_none"
	}
	var cs []card
	for i, site := range p.options.Config.Sites {
		if p.heldTo() && !slices.Contains(p.aid.sites, session.Private(p.hostOfSite(i))) {
			continue
		}
		cs = append(cs, card{choice{id: strconv.Itoa(i + 1), label: site.Name, hint: site.WhatIn(p.lang)}, hostOf(site.URL)})
	}
	if len(cs) == 0 {
		p.say(inkText, p.t(none))
		return
	}
	p.say(inkText, p.t(lead))
	p.cards(cs...)
}

// heldTo says that the browser opens the sites of a mandate and no other, and that these are known here.
func (w *world) heldTo() bool {
	return w.helping() == assets.SituationAct && len(w.aid.sites) > 0
}

func (s *sitesScreen) pick(w *world, id string) tea.Cmd {
	site, err := strconv.Atoi(id)
	if err != nil {
		return nil
	}
	return w.openInternet(site)
}

// hostOf is the part of an address that a visitor can recognise.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// openInternet opens the browser on an official site, 0 for the home page, after the tip of the moment. One that is
// open stays as it is: the visitor goes on where they were.
func (w *world) openInternet(site int) tea.Cmd {
	if hasWindow(w.status.Browser) {
		cmd := w.push(&internetScreen{asked: true})
		if site > 0 && site <= len(w.options.Config.Sites) {
			w.say(inkWarn, w.t("sites.open_already", w.options.Config.Sites[site-1].Name))
		}
		return cmd
	}
	moment := assets.MomentBrowser
	if site > 0 {
		moment = assets.MomentSites
	}
	return w.atMoment(moment, func(w *world) tea.Cmd {
		if w.status.Browser.Text {
			return w.openTextBrowser(site)
		}
		return w.push(&internetScreen{site: site})
	})
}
