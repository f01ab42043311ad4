package kiosk

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"estran/session"
)

// TestEverySiteIsOnTheScreen with what one does there and where it leads, also on the smallest terminal, in both languages.
func TestEverySiteIsOnTheScreen(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {100, 30}, {160, 45}} {
		for _, lang := range []string{"fr", "en"} {
			for _, large := range []bool{false, true} {
				h := newHarness(t)
				h.status(open())
				h.press("2")
				h.dress(lang, large, calm)
				h.size(size.w, size.h)
				if large && size.h < 30 {
					continue // it scrolls there
				}
				for _, site := range h.m.options.Config.Sites {
					h.sees(site.Name)
					h.sees(site.WhatIn(lang))
					host := hostOf(site.URL)
					h.sees(host[max(0, len(host)-21):]) // at least the end, which says whose it is
					if size.w > 80 {
						h.sees(host)
					}
				}
			}
		}
	}
}

func TestASiteBehindTheNinthHasALetter(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	h.press("2")
	h.press("b")
	for range 5 { // the tip of the moment comes first
		if h.station.browse.Site == 0 {
			h.press("enter")
		}
	}
	if h.station.browse.Site != 11 {
		t.Errorf("the key b opens the site %d:\n%s", h.station.browse.Site, h.plain())
	}
}

// TestSitesOfTheTown: many of them, long ones, and ones that say nothing of themselves.
func TestSitesOfTheTown(t *testing.T) {
	h := newHarness(t)
	sites := []session.Site{{Name: "Ma ville", URL: "https://www.ville.fr/"}}
	for len(sites) < 30 {
		sites = append(sites, session.Site{
			Name: strings.Repeat("m", 35) + strings.Repeat("i", len(sites)%5), URL: "https://" + strings.Repeat("long.", 12) + "ville.fr/",
			What: strings.Repeat("w", 40),
		})
	}
	h.m.options.Config.Sites = sites
	h.status(open())
	h.press("2")
	h.sees("Ma ville")
	h.sees("…")
	h.sees("long.ville.fr")
	h.seesNot(strings.Repeat("m", 25))
	checkFit(t, "thirty sites", h)
}

func TestShortenHeadKeepsTheEnd(t *testing.T) {
	for text, want := range map[string]string{
		"caf.fr": "caf.fr", "messervices.etudiant.gouv.fr": "…vices.etudiant.gouv.fr", "": "",
	} {
		if got := shortenHead(text, 23); got != want || ansi.StringWidth(got) > 23 {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
