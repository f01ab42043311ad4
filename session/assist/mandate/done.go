package mandate

import (
	"io"
	"strings"

	"estran/session/paper/tagged"
)

// setDone writes what an agent did, as the CNIL asks: the person is told of each thing done in their name.
func setDone(to io.Writer, d Done, w words) error {
	return w.set(to, w.t("done.title"), 16, 0, large(), func(s *tagged.Sheet) {
		s.H1(w.t("done.title"))
		s.P(tagged.T(w.t("done.date", w.day(d.When))))
		if structure := strings.TrimSpace(d.Structure); structure == "" {
			s.P(tagged.T(w.t("done.structure_none")))
		} else {
			s.P(tagged.T(w.t("done.structure", structure)))
		}
		s.H2(w.t("done.list_title"))
		if len(d.Formalities) == 0 {
			s.P(tagged.T(w.t("done.none")))
		}
		var items []tagged.Item
		for i, f := range d.Formalities {
			sign, said := empty, "done.no"
			if d.Ticked[i] {
				sign, said = ticked, "done.yes"
			}
			items = append(items, tagged.Item{Label: sign, Spans: []tagged.Span{tagged.T(w.t(said, w.act(f)))}})
		}
		s.List(items...)
		if len(d.Notes) > 0 {
			s.H2(w.t("done.notes_title"))
			for _, n := range d.Notes {
				s.P(tagged.T(n.Reveal()))
			}
		}
		s.H2(w.t("done.next_title"))
		w.points(s, bullet, w.Lines("mandate.done.next")...)
		s.Gap(3)
		s.P(tagged.T(w.t("done.kept")))
		s.Small(tagged.T(w.t("paper.plain_language")))
	})
}
