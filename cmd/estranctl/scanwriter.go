package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"estran/assets"
	"estran/session"
)

// scanWriter writes one file after the other, as they come.
type scanWriter struct {
	w      *bufio.Writer
	json   bool
	ink    ink
	counts map[session.Verdict]int
	begun  bool
}

func newScanWriter(w io.Writer, asJSON bool) *scanWriter {
	return &scanWriter{w: bufio.NewWriter(w), json: asJSON, ink: inkFor(w), counts: map[session.Verdict]int{}}
}

// entry writes one file at once: whoever waits for it may have seen enough. What is wrong with writing comes out in end.
func (s *scanWriter) entry(f scanned) {
	s.counts[f.found.Verdict]++
	if s.json {
		s.object(f)
	} else {
		s.lines(f)
	}
	s.begun = true
	_ = s.w.Flush()
}

// scannedJSON is one file of scan --json; its names are an interface (estranctl(8)).
type scannedJSON struct {
	Path    string           `json:"path"`
	Verdict string           `json:"verdict"`
	Reasons []session.Reason `json:"reasons"`
	Type    string           `json:"type"`
	Size    int64            `json:"size"`
}

func (s *scanWriter) object(f scanned) {
	before := "[\n  "
	if s.begun {
		before = ",\n  "
	}
	reasons := f.found.Reasons
	if reasons == nil {
		reasons = []session.Reason{}
	}
	object, err := json.Marshal(scannedJSON{
		Path: wholeName(f.path), Verdict: f.found.Verdict.String(), Reasons: reasons, Type: f.kind, Size: f.size,
	})
	if err != nil {
		panic("estranctl: a struct of texts and numbers is not JSON: " + err.Error())
	}
	fmt.Fprint(s.w, before, visibleJSON(object))
}

// verdictMarks are those of the table, so that colour never stands alone.
var verdictMarks = map[session.Verdict]struct{ sign, colour string }{
	session.Clean:     {"✓", "\x1b[32m"},
	session.Suspect:   {"✗", "\x1b[1;31m"},
	session.Unchecked: {"?", "\x1b[35m"},
}

func (s *scanWriter) lines(f scanned) {
	m := verdictMarks[f.found.Verdict]
	word := assets.In(assets.French).T("verdict." + f.found.Verdict.String())
	fmt.Fprintf(s.w, "%s %s\n", s.ink.paint(m.colour, m.sign+" "+padded(word, 11)), session.Private(f.path).Printable())
	for _, r := range f.found.Reasons {
		if why := reasonForIT(r); why != "" {
			writeLines(s.w, "  ", string(r)+" : "+why)
		} else {
			writeLines(s.w, "  ", string(r))
		}
	}
}

// end closes the array, or counts. A writer that failed once has failed for good, and says so here.
func (s *scanWriter) end(health session.AntivirusStatus) error {
	switch {
	case !s.json:
		s.summary(health)
	case s.begun:
		fmt.Fprint(s.w, "\n]\n")
	default:
		fmt.Fprint(s.w, "[]\n")
	}
	return s.w.Flush()
}

func (s *scanWriter) summary(health session.AntivirusStatus) {
	if s.begun {
		fmt.Fprintln(s.w)
	}
	clean, suspect, unchecked := s.counts[session.Clean], s.counts[session.Suspect], s.counts[session.Unchecked]
	fmt.Fprintf(s.w, "%s : %d rien trouvé, %s, %s.\n", plural(clean+suspect+unchecked, "fichier"), clean,
		plural(suspect, "suspect"), pluralOf(unchecked, "non vérifié", "non vérifiés"))
	switch {
	case health.Problem != session.ReasonNone:
		fmt.Fprintf(s.w, "Antivirus : %s.\n", health.Problem)
	case !health.Signatures.IsZero():
		fmt.Fprintf(s.w, "Antivirus : liste de virus du %s.\n", health.Signatures.Format("02/01/2006"))
	}
}

func pluralOf(n int, one, more string) string {
	if n > 1 {
		return fmt.Sprintf("%d %s", n, more)
	}
	return fmt.Sprintf("%d %s", n, one)
}
