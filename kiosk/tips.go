package kiosk

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// tipsScreen is « Les conseils »: the three groups, and our own cards.
type tipsScreen struct{}

// newTipsScreen lists the tips to read one again.
func newTipsScreen() screen { return &tipsScreen{} }

func (s *tipsScreen) title(w *world) string { return w.t("tips.title") }
func (s *tipsScreen) help() string          { return "tips" }

// tipGroups are the groups in their order; "" is our cards.
var tipGroups = []assets.Group{assets.GroupBrowse, assets.GroupSignUp, assets.GroupLeave, ""}

func (s *tipsScreen) draw(p *page) {
	p.actions()
	p.say(inkText, p.t("tips.lead"))
	p.gap(1)
	p.below = 2 + len(wrap(p.t("tip.source"), p.wide))
	var cs []choice
	for _, g := range tipGroups {
		cs = append(cs, choice{id: "group." + string(g), label: p.groupName(g), hint: p.groupHint(g)})
	}
	p.tiles(2, cs...)
	p.gap(1)
	p.say(inkSoft, p.t("tip.source"))
	p.say(inkSoft, p.t("tip.plain"))
}

func (w *world) groupName(g assets.Group) string {
	if g == "" {
		return w.t("tips.cards")
	}
	return w.t("tip.group." + string(g))
}

func (w *world) groupHint(g assets.Group) string {
	places := placesOf(g)
	if g == "" {
		return w.n("tips.count", len(places))
	}
	return w.t("tips.from_to", places[0]+1, places[len(places)-1]+1)
}

func (s *tipsScreen) pick(w *world, id string) tea.Cmd {
	for _, g := range tipGroups {
		if id == "group."+string(g) {
			return w.push(&tipGroupScreen{group: g})
		}
	}
	return nil
}

// tipGroupScreen lists the tips of one group by their titles.
type tipGroupScreen struct{ group assets.Group }

func (s *tipGroupScreen) title(w *world) string { return w.groupName(s.group) }
func (s *tipGroupScreen) help() string          { return "tips" }

func (s *tipGroupScreen) draw(p *page) {
	p.actions()
	if s.group == "" {
		p.say(inkSoft, p.t("tip.card_source"))
		p.gap(1)
	}
	places := placesOf(s.group)
	// Side by side where one under the other would have to be scrolled: the title then takes two lines.
	columns, width := 1, p.wide
	if p.room-p.y < 3*len(places) && p.wide >= 2*tileMin+tilesGap {
		columns, width = 2, p.wide/2-9
	}
	var cs []choice
	for i, place := range places {
		lines := wrap(tipAt(p.lang, place).Title, width)
		cs = append(cs, choice{id: "tip." + strconv.Itoa(i), label: lines[0], hint: strings.Join(lines[1:], " ")})
	}
	p.tiles(columns, cs...)
}

func (s *tipGroupScreen) pick(w *world, id string) tea.Cmd {
	for i := range placesOf(s.group) {
		if id == "tip."+strconv.Itoa(i) {
			return w.push(&tipScreen{tips: placesOf(s.group), n: i})
		}
	}
	return nil
}
