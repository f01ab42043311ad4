package kiosk

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
)

// lesson is what was chosen and seen of « La leçon » in this session. It is in the kiosk's memory only: it goes with the
// session, and a kiosk that starts anew begins the lesson anew.
type lesson struct {
	audience audience
	small    bool            // the text was not large before a group was chosen
	seen     map[string]bool // the parts that were seen: tipPart, exercisePart
	next     int             // the tip that comes next, counted from 0
}

// audience is who the lesson is for.
type audience int

const (
	nobody    audience = iota // it was not chosen yet
	onePerson                 // beside the agent
	aGroup                    // in front of a screen or a projector
)

func (w *world) lesson() *lesson { return &w.begun.lesson }

func (l *lesson) forGroup() bool { return l.audience == aGroup }

// tipPart and exercisePart name the parts of a lesson.
func tipPart(place int) string              { return "tip." + strconv.Itoa(place+1) }
func exercisePart(e assets.Exercise) string { return "exercise." + string(e) }

// see ticks a part.
func (l *lesson) see(part string) {
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[part] = true
}

// teach chooses who the lesson is for. A group gets the large look, from far away; one person has back what was before.
func (w *world) teach(a audience) {
	l := w.lesson()
	switch {
	case a == aGroup && !l.forGroup():
		l.small, w.large = !w.large, true
	case a == onePerson && l.forGroup() && l.small:
		w.large = false
	}
	l.audience = a
}

// lessonGroups are the parts of the outline; "" is the exercises.
var lessonGroups = []assets.Group{assets.GroupBrowse, assets.GroupSignUp, assets.GroupLeave, ""}

// lessonParts lists the parts of a group.
func lessonParts(g assets.Group) []string {
	var parts []string
	if g == "" {
		for _, e := range assets.Exercises() {
			parts = append(parts, exercisePart(e))
		}
		return parts
	}
	for _, place := range placesOf(g) {
		parts = append(parts, tipPart(place))
	}
	return parts
}

// count is how many of these parts were seen.
func (l *lesson) count(parts []string) int {
	n := 0
	for _, part := range parts {
		n += boolInt(l.seen[part])
	}
	return n
}

// lessonScreen is « La leçon »: who it is for, then its outline, from which the agent begins anywhere.
type lessonScreen struct{}

// newLessonScreen is for an agent who teaches: the twelve tips at the pace of the person or the group, exercises on
// invented data, and a sheet to take home. Where the lesson stands is kept for as long as the session.
func newLessonScreen() screen { return &lessonScreen{} }

func (s *lessonScreen) title(w *world) string { return w.t("lesson.title") }
func (s *lessonScreen) help() string          { return "lesson" }

func (s *lessonScreen) draw(p *page) {
	l := p.lesson()
	if l.audience == nobody {
		p.actions()
		p.say(inkText, p.t("lesson.who"))
		p.gap(1)
		p.tiles(1,
			choice{id: "one", label: p.t("lesson.one"), hint: p.t("lesson.one_what")},
			choice{id: "group", label: p.t("lesson.group"), hint: p.t("lesson.group_what")},
		)
		return
	}
	begin := p.t("lesson.begin")
	if l.next > 0 {
		begin = p.t("lesson.go_on")
	}
	other := choice{id: "group", label: p.t("lesson.to_group"), short: p.t("lesson.group_short")}
	if l.forGroup() {
		other = choice{id: "one", label: p.t("lesson.to_one"), short: p.t("lesson.one_short")}
	}
	p.actions(
		choice{id: "begin", label: begin, safe: true},
		choice{id: "paper", label: p.t("lesson.paper_title"), short: p.t("lesson.paper_short")},
		other,
	)
	p.say(inkText, p.t("lesson.outline"))
	p.gap(1)
	var cs []choice
	for _, g := range lessonGroups {
		parts := lessonParts(g)
		seen := l.count(parts)
		c := choice{id: "group." + string(g), label: p.lessonGroup(g), hint: p.n("lesson.seen_of", seen, len(parts))}
		if seen == len(parts) {
			c.mark = "✓"
		}
		cs = append(cs, c)
	}
	p.tilesInSight(2, cs...)
}

func (w *world) lessonGroup(g assets.Group) string {
	if g == "" {
		return w.t("lesson.exercises")
	}
	return w.groupName(g)
}

func (s *lessonScreen) banner(w *world) notice {
	if w.lesson().audience == nobody {
		return notice{inkText, w.t("lesson.who")}
	}
	return notice{inkText, w.t("lesson.outline")}
}

func (s *lessonScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "one":
		w.teach(onePerson)
		return w.fromTop()
	case "group":
		w.teach(aGroup)
		return w.fromTop()
	case "begin":
		return w.toTip(w.lesson().next)
	case "paper":
		return w.push(newTakeHomeScreen())
	}
	for _, g := range lessonGroups {
		if id == "group."+string(g) {
			return w.push(&lessonGroupScreen{group: g})
		}
	}
	return nil
}

// toTip goes on with a tip, and to the end after the last one.
func (w *world) toTip(place int) tea.Cmd {
	if place >= len(assets.Tips(assets.French)) {
		return w.push(&lessonEndScreen{})
	}
	return w.push(&lessonTipScreen{place: place})
}

// toOutline goes back to the outline, wherever one is in the lesson.
func (w *world) toOutline() tea.Cmd {
	var cmd tea.Cmd
	for len(w.stack) > 1 {
		if _, there := w.top().screen.(*lessonScreen); there {
			break
		}
		cmd = w.back()
	}
	return cmd
}
