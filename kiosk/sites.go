package kiosk

import (
	"net/url"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// sitesScreen is « Sites officiels »: the right addresses, so that nobody needs to search for them.
type sitesScreen struct{}

func (s *sitesScreen) title(w *world) string { return w.t("sites.title") }
func (s *sitesScreen) help() string          { return "sites" }

func (s *sitesScreen) draw(p *page) {
	p.actions(choice{id: "0", label: p.t("sites.home"), key: "0"})
	sites := p.options.Config.Sites
	if len(sites) == 0 {
		p.say(inkText, p.t("sites.none"))
		return
	}
	p.say(inkText, p.t("sites.lead"))
	cs := make([]card, len(sites))
	for i, site := range sites {
		cs[i] = card{choice{id: strconv.Itoa(i + 1), label: site.Name, hint: site.WhatIn(p.lang)}, hostOf(site.URL)}
	}
	p.cards(cs...)
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
