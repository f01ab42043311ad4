// Package lesson makes the sheet to take home from a lesson: the twelve tips in their three groups, each with what to do,
// and where to get help. It is the same for everybody, and holds nothing of who took the lesson.
package lesson

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"estran/assets"
	"estran/session/paper/tagged"
)

// Print writes the sheet as a PDF of one page, in a language of assets. It is an error when no size of letters makes one
// page of it, or when w gives one. The kiosk calls it.
func Print(w io.Writer, lang string) error {
	t := assets.In(lang)
	title := t.T("paper.lesson.title")
	for _, size := range []float64{13, 12.5, 12, 11.5, 11} {
		s := tagged.New(t.Lang(), title, tagged.Style{
			Size: size, Leading: 1.22, Margin: 16,
			Footer: func(page, pages int) string { return t.T("paper.lesson.foot", title, page, pages) },
		})
		set(s, t)
		if s.Pages() == 1 {
			return s.Output(w)
		}
	}
	return errors.New("the sheet of a lesson takes more than a page")
}

func set(s *tagged.Sheet, t *assets.Texts) {
	s.H1(t.T("paper.lesson.title"))
	s.P(tagged.T(t.T("paper.lesson.lead")))
	var group assets.Group
	var items []tagged.Item
	for _, tip := range assets.Tips(t.Lang()) {
		if tip.Group != group {
			s.List(items...)
			s.H2(t.T("tip.group." + string(tip.Group)))
			group, items = tip.Group, nil
		}
		items = append(items, tagged.Item{
			Label: strconv.Itoa(tip.Number) + ".",
			Spans: []tagged.Span{tagged.B(tip.Title + end(tip.Title) + " "), tagged.T(strings.Join(tip.Advice, " "))},
		})
	}
	s.List(items...)
	s.H2(t.T("paper.lesson.help_title"))
	var help []tagged.Item
	for _, line := range t.Lines("paper.lesson.help") {
		help = append(help, tagged.Item{Label: "•", Spans: []tagged.Span{tagged.T(line)}})
	}
	s.List(help...)
	s.Gap(3)
	s.Small(tagged.T(t.T("tip.source") + " " + t.T("tip.plain")))
}

// end closes a title that has no sign at its end.
func end(title string) string {
	switch title[len(title)-1] {
	case '.', '!', '?':
		return ""
	}
	return "."
}
