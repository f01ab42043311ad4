package activity

import (
	"fmt"
	"slices"
	"time"

	"estran/session"
)

// Place and Equipment are the same for every intervention: it was in the structure, on this computer. The codes are the
// Coop's.
const (
	Place     = "lieu_activite"
	Equipment = "ordinateur"
)

// The margins, in the order in which they are told. Day is that of the days of a month.
const (
	MarginMode   = "mode"
	MarginLength = "length"
	MarginKind   = "kind"
	MarginTheme  = "theme"
	MarginAge    = "age"
	MarginStatus = "status"
	MarginDay    = "day"
)

// Other is the code of what was merged.
const Other = "other"

// Margins lists those that an intervention has.
func Margins() []string {
	return []string{MarginMode, MarginLength, MarginKind, MarginTheme, MarginAge, MarginStatus}
}

// Codes lists the codes of a margin in order, nil for one that does not exist.
func Codes(margin string) []string {
	switch margin {
	case MarginMode:
		return []string{"train", "accompany", "act"}
	case MarginLength:
		return Lengths()
	case MarginKind:
		return session.ActivityKinds()
	case MarginTheme:
		return session.ActivityThemes()
	case MarginAge:
		return session.ActivityAges()
	case MarginStatus:
		return session.ActivityStatuses()
	}
	return nil
}

// Lengths are the bands in which the Coop's statistics tell how long an intervention was.
func Lengths() []string {
	return []string{"moins_de_trente_minutes", "trente_minutes_une_heure", "une_heure_deux_heures", "deux_heures_plus"}
}

func lengthCode(d time.Duration) string {
	bands := Lengths()
	switch {
	case d < 30*time.Minute:
		return bands[0]
	case d < time.Hour:
		return bands[1]
	case d < 2*time.Hour:
		return bands[2]
	}
	return bands[3]
}

// Intervention is what is counted at once: what was tapped, and what the station knows of it.
type Intervention struct {
	// Mode is one of the three situations; Alone is no intervention.
	Mode session.Mode
	// Length is how long it was; only its band is kept.
	Length time.Duration
	session.CountOptions
}

// Valid says whether all codes are known; an empty one is NotSaid. The error wraps session.ErrForm and names the field. It
// does not repeat what was sent.
func Valid(o session.CountOptions) error {
	for _, f := range []struct{ name, code, margin string }{
		{"kind", o.Kind, MarginKind}, {"age", o.Age, MarginAge}, {"status", o.Status, MarginStatus},
	} {
		if f.code != "" && !slices.Contains(Codes(f.margin), f.code) {
			return fmt.Errorf("%w: %s: no such code", session.ErrForm, f.name)
		}
	}
	for i, theme := range o.Themes {
		if !slices.Contains(Codes(MarginTheme), theme) {
			return fmt.Errorf("%w: themes[%d]: no such code", session.ErrForm, i)
		}
	}
	return nil
}

// codes gives the codes of an intervention by margin. A theme that is there twice is one, and NotSaid goes where a theme
// was said.
func (i Intervention) codes() (map[string][]string, error) {
	if err := Valid(i.CountOptions); err != nil {
		return nil, err
	}
	mode := map[session.Mode]string{session.Train: "train", session.Accompany: "accompany", session.Act: "act"}[i.Mode]
	switch {
	case mode == "":
		return nil, fmt.Errorf("%w: mode: it is none in which an agent helps", session.ErrForm)
	case i.Length < 0:
		return nil, fmt.Errorf("%w: length: it is less than nothing", session.ErrForm)
	}
	said := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(i.Themes))), func(c string) bool {
		return c == session.NotSaid
	})
	if len(said) == 0 {
		said = []string{session.NotSaid}
	}
	return map[string][]string{
		MarginMode: {mode}, MarginLength: {lengthCode(i.Length)}, MarginTheme: said,
		MarginKind: {orNotSaid(i.Kind)}, MarginAge: {orNotSaid(i.Age)}, MarginStatus: {orNotSaid(i.Status)},
	}, nil
}

func orNotSaid(code string) string {
	if code == "" {
		return session.NotSaid
	}
	return code
}
