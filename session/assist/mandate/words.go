package mandate

import (
	"strings"
	"time"

	"golang.org/x/net/idna"

	"estran/assets"
	"estran/session/paper/tagged"
)

// words are the texts of one language, as the sheets use them.
type words struct{ *assets.Texts }

func wordsIn(lang string) words { return words{assets.In(lang)} }

// t is a text of the sheets.
func (w words) t(key string, args ...any) string { return w.T("mandate."+key, args...) }

// day says a day in full words: a figure alone is read in one way here and in another elsewhere.
func (w words) day(t time.Time) string {
	number := w.t("date.first")
	if t.Day() > 1 {
		number = t.Format("2")
	}
	days, months := w.Lines("mandate.date.days"), w.Lines("mandate.date.months")
	return w.t("date.day", days[t.Weekday()], number, months[t.Month()-1], t.Year())
}

// formality says what may be done.
func (w words) formality(f Formality) string {
	detail := strings.TrimSpace(f.Detail.Reveal())
	switch {
	case f.Kind != FormalityMailbox:
		return w.t("formality."+string(f.Kind), detail)
	case detail == "":
		return w.t("formality.mailbox")
	default:
		return w.t("formality.mailbox_on", detail)
	}
}

// act is formality where it comes after « Fait : ».
func (w words) act(f Formality) string {
	if f.Kind == FormalityOther {
		return strings.TrimSpace(f.Detail.Reveal())
	}
	return w.formality(f)
}

// site says a name as people read it, and beside it the name that the browser has, where these differ: two names may look
// alike.
func (w words) site(host string) string {
	readable, err := idna.Display.ToUnicode(host)
	if err != nil || readable == host {
		return host
	}
	return w.t("paper.site_code", readable, host)
}

func (w words) keep(k Keep) string {
	if k == KeepNone {
		return "none"
	}
	return string(k)
}

// paragraphs writes each line of a text as a paragraph.
func (w words) paragraphs(s *tagged.Sheet, key string) {
	for _, line := range w.Lines("mandate." + key) {
		s.P(tagged.T(line))
	}
}

// running writes the lines of a text one after the other, in one paragraph.
func (w words) running(s *tagged.Sheet, key string) {
	s.P(tagged.T(strings.Join(w.Lines("mandate."+key), " ")))
}

// points writes each line as a point of a list.
func (w words) points(s *tagged.Sheet, sign string, lines ...string) {
	var items []tagged.Item
	for _, line := range lines {
		items = append(items, tagged.Item{Label: sign, Spans: []tagged.Span{tagged.T(line)}})
	}
	s.List(items...)
}

// field writes what is known after its label, or leaves a line to write on.
func (w words) field(s *tagged.Sheet, label, value string) {
	value = strings.TrimSpace(value)
	if value == "" {
		s.Write(w.t(label))
		return
	}
	s.P(tagged.T(w.t(label)+" "), tagged.B(value))
}

// named is field for a name of a person. Where a sign of it cannot be printed, there is a line to write the name on.
func (w words) named(s *tagged.Sheet, label, name string) {
	w.field(s, label, name)
	w.byHand(s, name)
}

func (w words) byHand(s *tagged.Sheet, name string) {
	if !tagged.Prints(name) {
		s.Write(w.t("paper.hand"))
	}
}

// listed says each formality of a mandate.
func (w words) listed(m *Mandate) (said []string) {
	for _, f := range m.Formalities {
		said = append(said, w.formality(f))
	}
	return said
}

// blankFormalities are the kinds that want a word.
func (w words) blankFormalities() (said []string) {
	for _, k := range FormalityKinds() {
		if k != FormalityMailbox {
			said = append(said, w.t("formality_blank."+string(k)))
		}
	}
	return said
}

// sites says the clean names of the sites of a mandate that passed Check.
func (w words) sites(m *Mandate) (said []string) {
	hosts, err := m.Hosts()
	if err != nil {
		return nil
	}
	for _, h := range hosts {
		said = append(said, w.site(h.Reveal()))
	}
	return said
}
