package assets

import (
	"path"
	"slices"
)

// Situation names one of the CNIL's three situations of help (kit for social workers, January 2019): the person learns,
// the person does it with an agent beside, or the agent does it for the person.
type Situation string

// The situations, and SituationNone for a visitor alone.
const (
	SituationNone      Situation = ""
	SituationTrain     Situation = "train"     // je forme
	SituationAccompany Situation = "accompany" // j'accompagne
	SituationAct       Situation = "act"       // je fais
)

// Situations lists them, the one that leaves the person most to do first.
func Situations() []Situation {
	return []Situation{SituationTrain, SituationAccompany, SituationAct}
}

// Phase is a part of a help.
type Phase string

// The phases.
const (
	PhaseBefore Phase = "before"
	PhaseDuring Phase = "during"
	PhaseAfter  Phase = "after"
)

// Phases lists them in their order.
func Phases() []Phase { return []Phase{PhaseBefore, PhaseDuring, PhaseAfter} }

// Item is a point of a checklist that an agent ticks.
type Item struct {
	ID   string `toml:"id"`   // the same in every language
	Text string `toml:"text"` // at most MaxItem characters
	Why  string `toml:"why"`  // why, as long
}

// MaxItem is how long a point and its reason are: each stands on one line of a narrow terminal.
const MaxItem = 60

// Checklist is what an agent goes through in a situation, in three phases.
type Checklist struct {
	Before []Item `toml:"before"`
	During []Item `toml:"during"`
	After  []Item `toml:"after"`
}

// Of lists the points of a phase; none for a phase that is unknown.
func (c Checklist) Of(p Phase) []Item {
	switch p {
	case PhaseBefore:
		return c.Before
	case PhaseDuring:
		return c.During
	case PhaseAfter:
		return c.After
	default:
		return nil
	}
}

var checklists perLanguage[map[Situation]Checklist]

// SituationFor is the checklist of a situation, an empty one for SituationNone. The caller must not change it.
func SituationFor(lang string, s Situation) Checklist { return checklists.get(lang, readChecklists)[s] }

func readChecklists(lang string) map[Situation]Checklist {
	all := map[Situation]Checklist{}
	for _, s := range Situations() {
		var c Checklist
		readTOML(path.Join("situations", lang, string(s)+".toml"), &c)
		for _, p := range Phases() {
			for i := range c.Of(p) {
				typesetAll(lang, &c.Of(p)[i].Text, &c.Of(p)[i].Why)
			}
		}
		all[s] = c
	}
	return all
}

// MomentSession is when one looks at Ma session: only reminders to an agent come back then.
const MomentSession Moment = "session"

type reminder struct {
	ID      string      `toml:"id"`
	Text    string      `toml:"text"`
	Modes   []Situation `toml:"modes"`
	Moments []Moment    `toml:"moments"`
}

var reminders perLanguage[[]reminder]

// RemindersAt lists what an agent is reminded of in a situation at a moment, in their order; there may be none.
func RemindersAt(lang string, s Situation, m Moment) []string {
	var fit []string
	for _, r := range reminders.get(lang, readReminders) {
		if slices.Contains(r.Modes, s) && slices.Contains(r.Moments, m) {
			fit = append(fit, r.Text)
		}
	}
	return fit
}

func readReminders(lang string) []reminder {
	var f struct {
		Reminders []reminder `toml:"reminder"`
	}
	readTOML(path.Join("situations", lang, "reminders.toml"), &f)
	for i := range f.Reminders {
		typesetAll(lang, &f.Reminders[i].Text)
	}
	return f.Reminders
}
