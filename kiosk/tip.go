package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// tipScreen is « Conseil N sur 12 »: a tip beside its picture, why, and what this computer does about it. At the
// beginning of a session the twelve go by, and may be skipped where the structure allows it; later they are read
// again, one by one.
type tipScreen struct {
	tips  []int // places in the list that tipAt knows
	n     int   // which of them
	first bool  // the visitor has just begun: Ma session comes after the last
}

// newTipScreen shows the twelve tips at the beginning of a session, from the nth, counted from 0.
func newTipScreen(n int) screen {
	return &tipScreen{tips: placesOf(assets.GroupBrowse, assets.GroupSignUp, assets.GroupLeave), n: n, first: true}
}

// tipAt gives a tip by its place: the twelve, then our cards. A place is the same in every language.
func tipAt(lang string, place int) assets.Tip {
	if tips := assets.Tips(lang); place < len(tips) {
		return tips[place]
	}
	return assets.Cards(lang)[place-len(assets.Tips(lang))]
}

// placesOf lists the places of some groups; the group "" is our cards.
func placesOf(groups ...assets.Group) []int {
	var places []int
	n := len(assets.Tips(assets.French))
	for place := range n + len(assets.Cards(assets.French)) {
		for _, g := range groups {
			if tipAt(assets.French, place).Group == g {
				places = append(places, place)
			}
		}
	}
	return places
}

func (s *tipScreen) tip(lang string) assets.Tip { return tipAt(lang, s.tips[s.n]) }

func (s *tipScreen) title(w *world) string {
	if tip := s.tip(w.lang); tip.Number > 0 {
		return w.t("tip.title", tip.Number)
	}
	return w.t("tip.card_title")
}

func (s *tipScreen) help() string { return "tip" }

func (s *tipScreen) draw(p *page) {
	tip := s.tip(p.lang)
	p.actions(s.choices(p.world)...)
	p.tip(tip, s.n+1, len(s.tips))
}

func (s *tipScreen) choices(w *world) []choice {
	var cs []choice
	last := s.n+1 == len(s.tips)
	switch {
	case last && s.first:
		cs = append(cs, choice{id: "next", label: w.t("tip.start"), safe: true})
	case !last:
		cs = append(cs, choice{id: "next", label: w.t("choice.next"), safe: true})
	}
	if s.tip(w.lang).Exercise != assets.ExerciseNone {
		cs = append(cs, choice{id: "try", label: w.t("tip.try"), safe: last && !s.first})
	}
	if s.first && !last && w.options.Config.Session.Tips != tipsRequired {
		cs = append(cs, choice{id: "skip", label: w.t("choice.skip")})
	}
	back := choice{id: idBack, label: w.t("choice.back"), key: keyBack}
	if s.first {
		back.label = w.t("choice.previous")
		back.off = s.n == 0
	}
	return append(cs, back)
}

// tipsRequired is the configuration that lets nobody skip the tips.
const tipsRequired session.Tips = "required"

func (s *tipScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "next":
		if s.n+1 == len(s.tips) {
			return w.home()
		}
		return s.turn(w, 1)
	case "skip":
		return w.home()
	case "try":
		return w.push(newExercise(s.tip(w.lang).Exercise))
	}
	return nil
}

// goBack leads to the tip before: of the first one it does not leave, so that Esc skips nothing by mistake.
func (s *tipScreen) goBack(w *world) tea.Cmd {
	if !s.first {
		return w.back()
	}
	if s.n == 0 {
		return nil
	}
	return s.turn(w, -1)
}

func (s *tipScreen) turn(w *world, by int) tea.Cmd {
	s.n += by
	return w.fromTop()
}
