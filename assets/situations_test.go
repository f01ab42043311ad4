package assets_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"estran/assets"
)

// situationLines is all that the checklists and the reminders say.
func situationLines(lang string) []string {
	var all []string
	for _, s := range assets.Situations() {
		for _, p := range assets.Phases() {
			for _, i := range assets.SituationFor(lang, s).Of(p) {
				all = append(all, i.Text, i.Why)
			}
		}
		for _, m := range []assets.Moment{assets.MomentBrowser, assets.MomentSession, assets.MomentFinish, assets.MomentSites} {
			all = append(all, assets.RemindersAt(lang, s, m)...)
		}
	}
	return all
}

// A checklist is short enough to be gone through in front of somebody who waits, and each point fits its line.
func TestChecklists(t *testing.T) {
	for _, lang := range assets.Languages() {
		for _, s := range assets.Situations() {
			for _, p := range assets.Phases() {
				items := assets.SituationFor(lang, s).Of(p)
				if len(items) < 3 || len(items) > 4 {
					t.Errorf("%s %s %s has %d points", lang, s, p, len(items))
				}
				for _, i := range items {
					if i.ID == "" || i.Text == "" || i.Why == "" {
						t.Errorf("%s %s %s: a point is not whole: %+v", lang, s, p, i)
					}
				}
				if diff := cmp.Diff(ids(assets.SituationFor(assets.French, s).Of(p)), ids(items)); diff != "" {
					t.Errorf("%s %s %s differs from the French (-fr +%s):\n%s", lang, s, p, lang, diff)
				}
			}
		}
		for _, l := range situationLines(lang) {
			if n := utf8.RuneCountInString(l); n > assets.MaxItem {
				t.Errorf("%s: %d characters in %q", lang, n, l)
			}
		}
	}
}

func ids(items []assets.Item) []string {
	var all []string
	for _, i := range items {
		all = append(all, i.ID)
	}
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) < len(all) {
		return append(all, "twice the same id")
	}
	return all
}

func TestNoChecklistForAVisitorAlone(t *testing.T) {
	for _, s := range []assets.Situation{assets.SituationNone, "odd"} {
		for _, p := range append(assets.Phases(), "odd") {
			if items := assets.SituationFor("fr", s).Of(p); len(items) > 0 {
				t.Errorf("%q %q has the points %v", s, p, items)
			}
		}
		if r := assets.RemindersAt("fr", s, assets.MomentBrowser); len(r) > 0 {
			t.Errorf("%q has the reminders %q", s, r)
		}
	}
}

// Over the browser and on Ma session an agent is always reminded of something, as often in each language.
func TestRemindersAreThere(t *testing.T) {
	for _, s := range assets.Situations() {
		for _, m := range []assets.Moment{assets.MomentBrowser, assets.MomentSession, assets.MomentFinish} {
			want := len(assets.RemindersAt("fr", s, m))
			if want < 2 {
				t.Errorf("%s at %s has %d reminders", s, m, want)
			}
			if got := len(assets.RemindersAt("en", s, m)); got != want {
				t.Errorf("%s at %s has %d reminders in fr and %d in en", s, m, want, got)
			}
		}
	}
}
