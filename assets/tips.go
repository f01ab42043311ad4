package assets

import (
	"path"
	"slices"
)

// Tip is one of the CNIL's twelve tips for using a public computer (kit for social workers, January 2019), in its
// order and its three groups, in our own words; or one of the cards we add, whose Number is 0.
//
// Two points depart from the list of 2019: tip 6 no longer advises changing passwords regularly, which the CNIL gave
// up in its délibération 2022-100, and tip 2 says that https does not make a site honest.
type Tip struct {
	Number   int      // from 1 to 12, 0 for a card that is not the CNIL's
	Group    Group    // "" for a card
	Title    string   // at most 40 characters
	Advice   []string // sentences, one a line
	Why      string   // one sentence
	Station  []string // what this computer does for the visitor, or how it helps; the first line says which
	Reminder string   // the tip in one short line, for the bandeau over the browser
	Moments  []Moment // when it comes back by itself
	Exercise Exercise // what can be tried, "" for nothing
	Picture  Picture
}

// Group is one of the three groups of the twelve tips; the text "tip.group.NAME" names it.
type Group string

// The groups of tips.
const (
	GroupBrowse Group = "browse" // 1 to 5
	GroupSignUp Group = "signup" // 6 to 10
	GroupLeave  Group = "leave"  // 11 and 12
)

// Exercise is what a tip lets the visitor try.
type Exercise string

// The exercises.
const (
	ExerciseNone     Exercise = ""
	ExerciseMessage  Exercise = "message"  // tip 4: sort false messages
	ExercisePassword Exercise = "password" // tip 6: build a strong password
	ExerciseForm     Exercise = "form"     // tip 10: leave boxes empty
	ExerciseSignOut  Exercise = "signout"  // tip 12: find the way out of a page
)

// Exercises lists them in the order of their tips.
func Exercises() []Exercise {
	return []Exercise{ExerciseMessage, ExercisePassword, ExerciseForm, ExerciseSignOut}
}

// Moment is when a tip comes back by itself.
type Moment string

// The moments.
const (
	MomentBrowser   Moment = "browser"   // the browser is being opened, or is open
	MomentSites     Moment = "sites"     // an official site is being chosen
	MomentDownload  Moment = "download"  // a document arrived
	MomentKey       Moment = "key"       // a key was plugged in
	MomentDocuments Moment = "documents" // the documents are listed
	MomentPause     Moment = "pause"     // the session is hidden behind a code
	MomentEnding    Moment = "ending"    // the time is nearly over
	MomentFinish    Moment = "finish"    // « J'ai fini » was chosen
	MomentIdle      Moment = "idle"      // nobody is there: the first screen
)

// Moments lists every moment.
func Moments() []Moment {
	return []Moment{
		MomentBrowser, MomentSites, MomentDownload, MomentKey, MomentDocuments, MomentPause, MomentEnding,
		MomentFinish, MomentIdle,
	}
}

type tipFile struct {
	Tips []struct {
		Group    Group    `toml:"group"`
		Title    string   `toml:"title"`
		Advice   []string `toml:"advice"`
		Why      string   `toml:"why"`
		Station  []string `toml:"station"`
		Reminder string   `toml:"reminder"`
		Moments  []Moment `toml:"moments"`
		Exercise Exercise `toml:"exercise"`
		Picture  string   `toml:"picture"`
	} `toml:"tip"`
}

type tipsOf struct{ tips, cards []Tip }

var allTips perLanguage[tipsOf]

// Tips lists the twelve tips in their order. The caller must not change them.
func Tips(lang string) []Tip { return readTips(lang).tips }

// Cards lists the advice that we add to the CNIL's twelve. The caller must not change it.
func Cards(lang string) []Tip { return readTips(lang).cards }

// TipFor picks the nth tip or card that fits a moment, going round, so that a kiosk that counts shows each in turn.
func TipFor(lang string, moment Moment, n int) Tip {
	fit := TipsFor(lang, moment)
	return fit[((n%len(fit))+len(fit))%len(fit)]
}

// TipsFor lists the tips and cards that fit a moment: cards last. No moment is without one.
func TipsFor(lang string, moment Moment) []Tip {
	all := readTips(lang)
	var fit []Tip
	for _, tip := range slices.Concat(all.tips, all.cards) {
		if slices.Contains(tip.Moments, moment) {
			fit = append(fit, tip)
		}
	}
	return fit
}

func readTips(lang string) tipsOf {
	return allTips.get(lang, func(lang string) tipsOf {
		t := tipsOf{tips: readTipFile("tips", lang), cards: readTipFile("cards", lang)}
		for i := range t.tips {
			t.tips[i].Number = i + 1
		}
		return t
	})
}

func readTipFile(kind, lang string) []Tip {
	var f tipFile
	readTOML(path.Join("tips", lang, kind+".toml"), &f)
	tips := make([]Tip, len(f.Tips))
	for i, t := range f.Tips {
		typesetAll(lang, &t.Title, &t.Why, &t.Reminder)
		typesetLines(lang, t.Advice)
		typesetLines(lang, t.Station)
		tips[i] = Tip{
			Group: t.Group, Title: t.Title, Advice: t.Advice, Why: t.Why, Station: t.Station, Reminder: t.Reminder,
			Moments: t.Moments, Exercise: t.Exercise, Picture: readPicture(t.Picture),
		}
	}
	return tips
}
