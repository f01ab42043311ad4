package assets

import (
	"fmt"
	"path"
)

// Lesson is what an agent asks and shows in « La leçon »: one cue for each of the twelve tips, in their order.
//
// An agent teaches with the twelve tips and with invented data, and asks the person as little as possible (CNIL kit for
// social workers, January 2019, « Je forme »). So no question of a lesson asks for anything about a life.
type Lesson struct {
	Cues []Cue `toml:"cue"`
}

// Cue is what goes with a tip.
type Cue struct {
	Short  string   `toml:"short"`   // the tip in a few words, at most CueShort characters: read from four metres
	Ask    string   `toml:"ask"`     // a question to one person
	AskAll string   `toml:"ask_all"` // the same to a group
	Answer []string `toml:"answer"`  // two short sentences
	Show   []string `toml:"show"`    // what to show on this computer, a sentence each
}

// CueShort is how long the short form of a tip may be, in characters: so it fits in big letters on a wide terminal.
const CueShort = 24

var lessons perLanguage[Lesson]

// LessonIn gives the lesson of a language. The caller must not change it.
func LessonIn(lang string) Lesson { return lessons.get(lang, readLesson) }

func readLesson(lang string) Lesson {
	var l Lesson
	readTOML(path.Join("lesson", lang, "lesson.toml"), &l)
	if got, want := len(l.Cues), len(Tips(lang)); got != want {
		panic(fmt.Sprintf("assets: the lesson in %s has %d cues for %d tips", lang, got, want))
	}
	for i := range l.Cues {
		c := &l.Cues[i]
		typesetAll(lang, &c.Short, &c.Ask, &c.AskAll)
		typesetLines(lang, c.Answer)
		typesetLines(lang, c.Show)
	}
	return l
}
