package assets_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"estran/assets"
)

func TestTwelveTipsInThreeGroups(t *testing.T) {
	for _, lang := range assets.Languages() {
		tips := assets.Tips(lang)
		if len(tips) != 12 {
			t.Fatalf("%s has %d tips", lang, len(tips))
		}
		for i, tip := range tips {
			group := assets.GroupBrowse
			if i >= 5 {
				group = assets.GroupSignUp
			}
			if i >= 10 {
				group = assets.GroupLeave
			}
			exercise := map[int]assets.Exercise{
				4: assets.ExerciseMessage, 6: assets.ExercisePassword, 10: assets.ExerciseForm,
				12: assets.ExerciseSignOut,
			}[i+1]
			if tip.Number != i+1 || tip.Group != group || tip.Exercise != exercise {
				t.Errorf("tip %d in %s: number %d, group %q, exercise %q", i+1, lang, tip.Number, tip.Group, tip.Exercise)
			}
		}
		for _, card := range assets.Cards(lang) {
			if card.Number != 0 || card.Group != "" || card.Exercise != "" {
				t.Errorf("the card %q passes for one of the twelve", card.Title)
			}
		}
	}
}

func TestTipsAreComplete(t *testing.T) {
	for _, lang := range assets.Languages() {
		for _, tip := range tipsAndCards(lang) {
			if n := len(tip.Advice); n < 2 || n > 4 {
				t.Errorf("%q has %d sentences of advice", tip.Title, n)
			}
			if n := len(tip.Station); n < 2 || n > 3 {
				t.Errorf("%q has %d sentences on the station", tip.Title, n)
			}
			if tip.Why == "" || tip.Reminder == "" || len(tip.Moments) == 0 {
				t.Errorf("%q has no reason, no reminder or no moment", tip.Title)
			}
			if n := utf8.RuneCountInString(tip.Reminder); n > 60 {
				t.Errorf("the reminder of %q has %d characters", tip.Title, n)
			}
		}
	}
}

func TestTipsAreTheSameInEachLanguage(t *testing.T) {
	type bones struct {
		Number   int
		Group    assets.Group
		Moments  []assets.Moment
		Exercise assets.Exercise
		Picture  []string
	}
	skeleton := func(lang string) []bones {
		var all []bones
		for _, tip := range tipsAndCards(lang) {
			all = append(all, bones{tip.Number, tip.Group, tip.Moments, tip.Exercise, tip.Picture.Plain()})
		}
		return all
	}
	for _, lang := range assets.Languages() {
		if diff := cmp.Diff(skeleton(assets.French), skeleton(lang)); diff != "" {
			t.Errorf("the tips of fr and %s differ:\n%s", lang, diff)
		}
	}
}

func TestEachMomentHasItsTips(t *testing.T) {
	for _, tip := range tipsAndCards(assets.French) {
		for _, m := range tip.Moments {
			if !slices.Contains(assets.Moments(), m) {
				t.Errorf("%q comes at the unknown moment %q", tip.Title, m)
			}
		}
	}
	for _, c := range []struct {
		moment assets.Moment
		number int
	}{
		{assets.MomentBrowser, 1},
		{assets.MomentBrowser, 2},
		{assets.MomentBrowser, 9},
		{assets.MomentSites, 2},
		{assets.MomentDownload, 4},
		{assets.MomentDownload, 11},
		{assets.MomentKey, 11},
		{assets.MomentKey, 0},
		{assets.MomentDocuments, 11},
		{assets.MomentPause, 8},
		{assets.MomentEnding, 12},
		{assets.MomentFinish, 11},
		{assets.MomentFinish, 12},
		{assets.MomentIdle, 1},
		{assets.MomentIdle, 12},
		{assets.MomentIdle, 0},
	} {
		if !slices.ContainsFunc(assets.TipsFor("fr", c.moment), func(t assets.Tip) bool { return t.Number == c.number }) {
			t.Errorf("tip %d does not come at the moment %q", c.number, c.moment)
		}
	}
}

func TestTipForGoesRound(t *testing.T) {
	for _, m := range assets.Moments() {
		all := assets.TipsFor("fr", m)
		for n := -2 * len(all); n < 2*len(all); n++ {
			want := all[((n%len(all))+len(all))%len(all)].Title
			if got := assets.TipFor("fr", m, n).Title; got != want {
				t.Errorf("the tip %d at the moment %q is %q, want %q", n, m, got, want)
			}
		}
	}
}

func TestCharterHasEightRules(t *testing.T) {
	for _, lang := range assets.Languages() {
		rules := assets.Charter(lang)
		if len(rules) != 8 {
			t.Errorf("%s has %d rules", lang, len(rules))
		}
		for _, r := range rules {
			if r.Title == "" || r.Text == "" {
				t.Errorf("a rule in %s is not whole: %+v", lang, r)
			}
		}
	}
}
