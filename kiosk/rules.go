package kiosk

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// rulesScreen is « Les règles »: the charter, a page at a time, which the visitor accepts or leaves. No name is asked.
type rulesScreen struct {
	page  int
	pages int            // as drawn last
	of    *consentScreen // the help that begins once they are accepted, nil on the way from Bienvenue
}

func (s *rulesScreen) title(w *world) string { return w.t("rules.title") }
func (s *rulesScreen) help() string          { return "rules" }

func (s *rulesScreen) draw(p *page) {
	rules := assets.Charter(p.lang)
	leave := choice{id: idBack, label: p.t("rules.leave")}
	if s.of != nil {
		leave = choice{id: idBack, label: p.t("choice.back"), key: keyBack}
	}
	p.actions(choice{id: "more", label: p.t("rules.more"), safe: true}, leave)
	columns := 1
	if p.wide >= 96 && !p.ownLarge() {
		columns = 2
	}
	pages := evenPages(rules, len(p.rulePages(rules, columns)), columns)
	s.pages = len(pages)
	s.page = min(s.page, s.pages-1)
	if s.page == s.pages-1 {
		p.actions(choice{id: "accept", label: p.t("rules.accept"), safe: true}, leave)
	}
	lead := p.t("rules.lead")
	if s.pages > 1 {
		lead = p.t("rules.page", s.page+1, s.pages) + " · " + lead
	}
	p.say(inkSoft, lead)
	p.gap(1)
	first := 0
	for _, page := range pages[:s.page] {
		first += len(page)
	}
	p.ruleColumns(pages[s.page], first, columns)
	if s.page == s.pages-1 && p.room-p.y >= 2 {
		p.say(inkSoft, p.t("rules.no_name"))
	}
}

// rulePages shares the rules out so that each page fits.
func (p *page) rulePages(rules []assets.Rule, columns int) [][]assets.Rule {
	width := (p.wide - 4*(columns-1)) / columns
	room := p.room - 2 + boolInt(p.tall) // the lead and a gap; the last gap may fall off
	var pages [][]assets.Rule
	for len(rules) > 0 {
		n, used := 0, 0
		for n < len(rules) {
			rows := 0
			for _, r := range rules[n:min(n+columns, len(rules))] {
				rows = max(rows, p.ruleRows(r, width))
			}
			if n > 0 && used+rows > room {
				break
			}
			used += rows
			n += columns
		}
		n = min(n, len(rules))
		pages = append(pages, rules[:n])
		rules = rules[n:]
	}
	return pages
}

// evenPages shares the rules out so that the last page is not nearly empty.
func evenPages(rules []assets.Rule, count, columns int) [][]assets.Rule {
	each := (len(rules) + count - 1) / count
	each = (each + columns - 1) / columns * columns
	var pages [][]assets.Rule
	for len(rules) > 0 {
		n := min(each, len(rules))
		pages = append(pages, rules[:n])
		rules = rules[n:]
	}
	return pages
}

// ruleRows is how many rows a rule takes, with the space after it.
func (p *page) ruleRows(r assets.Rule, width int) int {
	lines := len(wrap(r.Text, width-4))
	if p.doubled() {
		lines *= 2
	}
	return 1 + lines + boolInt(p.tall)
}

func (p *page) ruleColumns(rules []assets.Rule, first, columns int) {
	width := (p.wide - 4*(columns-1)) / columns
	for i := 0; i < len(rules); i += columns {
		top, bottom := p.y, p.y
		for j, r := range rules[i:min(i+columns, len(rules))] {
			p.y = top
			x := j * (width + 4)
			p.sheet.put(x, p.y, inkBadge, " "+strconv.Itoa(first+i+j+1)+" ")
			p.sheet.put(x+4, p.y, inkSand, shorten(r.Title, width-4))
			p.y++
			p.sayAt(x+4, width-4, inkText, r.Text)
			bottom = max(bottom, p.y)
		}
		p.y = bottom
		p.gap(1)
	}
}

func (s *rulesScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "more":
		s.page = min(s.page+1, max(s.pages-1, 0))
	case "accept":
		if s.of != nil {
			return s.of.open(w)
		}
		return w.push(&modesScreen{})
	}
	return nil
}

// hear says why the session of an agent did not open.
func (s *rulesScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if s.of == nil {
		return nil
	}
	return s.of.hear(w, msg)
}

// rulesRead says that the visitor accepted the rules on the way here.
func (w *world) rulesRead() bool {
	return slices.ContainsFunc(w.stack, func(s *shown) bool {
		_, rules := s.screen.(*rulesScreen)
		return rules
	})
}

// goBack goes to the page before, and from the first one to Bienvenue.
func (s *rulesScreen) goBack(w *world) tea.Cmd {
	if s.page > 0 {
		s.page--
		return nil
	}
	return w.back()
}
