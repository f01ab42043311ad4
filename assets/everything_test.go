package assets_test

import (
	"fmt"
	"slices"
	"strings"

	"estran/assets"
)

// line is a text and where it stands.
type line struct{ where, text string }

// everything lists all that a visitor can read in a language, but for lists of words.
func everything(lang string) []line {
	return append(spoken(lang), quoted(lang)...)
}

// spoken is what the station itself says.
func spoken(lang string) []line {
	var all []line
	add := func(where string, texts ...string) {
		for _, t := range texts {
			all = append(all, line{lang + " " + where, t})
		}
	}
	texts := assets.In(lang)
	for _, key := range texts.Keys() {
		add(key, texts.T(key))
	}
	for _, tip := range tipsAndCards(lang) {
		where := fmt.Sprintf("tip %q", tip.Title)
		add(where, tip.Title, tip.Why, tip.Reminder)
		add(where, tip.Advice...)
		add(where, tip.Station...)
	}
	for _, rule := range assets.Charter(lang) {
		add("charter", rule.Title, rule.Text)
	}
	add("situations", situationLines(lang)...)
	form := assets.SignUpForm(lang)
	add("form", form.Title, form.Site)
	for _, f := range form.Fields {
		add("form", f.Label, f.Why)
	}
	for _, m := range assets.Messages(lang) {
		add("message clue", m.Clues...)
	}
	for _, c := range assets.LessonIn(lang).Cues {
		add("lesson", c.Short, c.Ask, c.AskAll)
		add("lesson", c.Answer...)
		add("lesson", c.Show...)
	}
	out := assets.SignOutSite(lang)
	add("sign out", out.Site, out.Remember, out.Enter, out.Inside)
	for _, l := range signOutLinks(lang) {
		add("sign out", l.Label, l.Why)
	}
	for _, l := range out.Last {
		add("sign out", l.Text, l.Also, l.Why)
	}
	return all
}

// signOutLinks are all that can be clicked on the site of tip 12.
func signOutLinks(lang string) []assets.Link {
	out := assets.SignOutSite(lang)
	return slices.Concat([]assets.Link{out.Cross, out.Account}, out.Links, out.Menu)
}

// quoted is what invented people say.
func quoted(lang string) []line {
	var all []line
	for _, m := range assets.Messages(lang) {
		for _, t := range append([]string{m.From, m.Subject}, m.Body...) {
			all = append(all, line{lang + " message", t})
		}
	}
	return append(all, line{lang + " sign out", assets.SignOutSite(lang).Address})
}

// titles lists what stands as a title.
func titles(lang string) []line {
	var all []line
	texts := assets.In(lang)
	for _, key := range texts.Keys() {
		if last := key[strings.LastIndexByte(key, '.')+1:]; last == "title" || strings.HasSuffix(last, "_title") {
			all = append(all, line{lang + " " + key, texts.T(key)})
		}
	}
	for _, tip := range tipsAndCards(lang) {
		all = append(all, line{lang + " tip", tip.Title})
	}
	for _, rule := range assets.Charter(lang) {
		all = append(all, line{lang + " charter", rule.Title})
	}
	for _, m := range assets.Messages(lang) {
		all = append(all, line{lang + " message", m.Subject})
	}
	for _, c := range assets.LessonIn(lang).Cues {
		all = append(all, line{lang + " lesson", c.Short})
	}
	return append(all, line{lang + " form", assets.SignUpForm(lang).Title})
}

func tipsAndCards(lang string) []assets.Tip {
	return append(append([]assets.Tip{}, assets.Tips(lang)...), assets.Cards(lang)...)
}
