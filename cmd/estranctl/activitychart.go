package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"estran/assets"
	"estran/session"
	"estran/session/assist/activity"
)

// marginWords are the titles of the charts, in the order in which they are drawn: days and themes first.
var marginWords = []struct{ margin, title string }{
	{activity.MarginDay, "Par jour"},
	{activity.MarginTheme, "Par thème (il peut y en avoir plusieurs)"},
	{activity.MarginMode, "Par façon d'aider"},
	{activity.MarginLength, "Par durée"},
	{activity.MarginKind, "Seul ou en groupe"},
	{activity.MarginAge, "Par âge"},
	{activity.MarginStatus, "Par situation"},
}

var monthNames = []string{
	"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
}

var shortDays = []string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."}

// The columns of a chart.
const (
	chartLabel  = 24
	chartNumber = 7
	chartBar    = width - 2 - chartLabel - 1 - chartNumber - 2
)

// writeMonth draws a month. kept is for how long a month stays, 0 when nobody knows.
func writeMonth(w io.Writer, month time.Time, r activity.Report, kept int, i ink) error {
	b := bufio.NewWriter(w)
	name := fmt.Sprintf("%s %d", monthNames[month.Month()-1], month.Year())
	switch {
	case len(r.Months) == 0:
		fmt.Fprintf(b, "Activité, %s : rien n'a été compté.\n", name)
	case r.Months[0].Few:
		fmt.Fprintf(b, "Activité, %s : moins de %d interventions.\n", name, session.FewPeople)
		writeLine(b, "De si peu, rien d'autre n'est dit : quelqu'un pourrait se reconnaître.")
	default:
		drawMonth(b, name, r.Months[0], i)
	}
	if kept > 0 {
		fmt.Fprintf(b, "\nUn mois fini reste %d mois.\n", kept)
	}
	return b.Flush()
}

func drawMonth(w io.Writer, name string, m activity.Month, i ink) {
	goesOn := ""
	if !m.Over {
		goesOn = ", qui n'est pas fini"
	}
	fmt.Fprintf(w, "Activité, %s%s : %s.\n", name, goesOn, plural(m.Total, "intervention"))
	merged := false
	for _, words := range marginWords {
		for _, margin := range m.Margins {
			if margin.Name == words.margin {
				merged = drawMargin(w, words.title, margin, i) || merged
			}
		}
	}
	if merged {
		fmt.Fprintln(w)
		writeLine(w, fmt.Sprintf("« %s » : ce qui fait moins de %d ne se dit pas seul, et prend avec soi ce qui permettrait "+
			"de le deviner.", mergedWord(), session.FewPeople))
	}
}

// drawMargin draws one chart, and says whether something in it was merged.
func drawMargin(w io.Writer, title string, m activity.Margin, i ink) (merged bool) {
	fmt.Fprintf(w, "\n%s\n", title)
	most := 1
	for _, c := range m.Cells {
		most = max(most, c.Count)
	}
	for _, c := range m.Cells {
		merged = merged || c.Code == activity.Other
		bar := strings.Repeat("█", max(1, c.Count*chartBar/most))
		fmt.Fprintf(w, "  %s %s %d\n", padded(cellWord(m.Name, c.Code), chartLabel), i.paint("\x1b[36m", bar), c.Count)
	}
	return merged
}

// cellWord is what a code is called.
func cellWord(margin, code string) string {
	if code == activity.Other {
		return mergedWord()
	}
	if margin == activity.MarginDay {
		day, err := time.Parse(time.DateOnly, code)
		if err != nil {
			return code
		}
		return fmt.Sprintf("%s %2d", shortDays[day.Weekday()], day.Day())
	}
	return assets.In(assets.French).T("activity." + margin + "." + code)
}

func mergedWord() string { return assets.In(assets.French).T("activity.cell.other") }

// writeLine writes a text in lines that fit.
func writeLine(w io.Writer, text string) {
	for _, line := range wrap(text, width) {
		fmt.Fprintln(w, line)
	}
}
