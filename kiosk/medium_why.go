package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// whyScreen explains the verdict of one file, without blame: what was seen, what it means, what to do.
type whyScreen struct{ file session.MediumFile }

func (s *whyScreen) title(w *world) string { return w.t("why.title") }
func (s *whyScreen) help() string          { return "medium" }

func (s *whyScreen) draw(p *page) {
	f := s.file
	p.actions(choice{id: idBack, label: p.t("choice.back"), key: keyBack, safe: true})
	k, verdict := verdictOf(p.world, f)
	p.say(inkStrong, shortenName(f.Name.Printable(), p.wide))
	p.say(k, verdict)
	if seen := reasonTexts(p.world, f); len(seen) > 0 {
		p.gap(1)
		p.heading(p.t("why.saw"))
		for _, text := range seen {
			p.told(inkText, text)
		}
	}
	if !f.Checked {
		return
	}
	p.gap(1)
	p.heading(p.t("why.means"))
	p.told(inkText, p.t("verdict."+f.Verdict.String()+"_what"))
	p.gap(1)
	p.heading(p.t("why.do"))
	for _, text := range adviceOf(p.world, f) {
		p.told(inkText, text)
	}
	p.told(inkText, p.t("why.do_"+f.Verdict.String()))
	if f.Verdict != session.Clean {
		p.told(inkGood, p.t("why.untouched"))
	}
}

// reasonTexts are the sentences of a file's reasons.
func reasonTexts(w *world, f session.MediumFile) []string {
	var texts []string
	for _, r := range f.Reasons {
		if key := "reason." + string(r); w.has(key) {
			texts = append(texts, w.t(key))
		}
	}
	return texts
}

// adviceOf is what can be done about a file that was not checked; a suspect one is for an agent to see.
func adviceOf(w *world, f session.MediumFile) []string {
	if f.Verdict == session.Suspect {
		return nil
	}
	var texts []string
	for _, r := range f.Reasons {
		if key := "reason_do." + string(r); w.has(key) && (len(texts) == 0 || texts[len(texts)-1] != w.t(key)) {
			texts = append(texts, w.t(key))
		}
	}
	return texts
}

func (s *whyScreen) pick(*world, string) tea.Cmd { return nil }

// changed takes the name away with the key.
func (s *whyScreen) changed(w *world, _ session.Status) tea.Cmd {
	if w.status.Medium.Present() {
		return nil
	}
	s.file = session.MediumFile{}
	return w.leaveKey()
}

func (s *whyScreen) banner(w *world) notice {
	k, verdict := verdictOf(w, s.file)
	for _, text := range reasonTexts(w, s.file) {
		return notice{k, verdict + " · " + text}
	}
	return notice{k, verdict}
}

// whyListScreen lists the files in which something was found, or that were not checked: for a mouse or a finger, which
// have no key P.
type whyListScreen struct {
	of   *mediumScreen
	list list
}

func (s *whyListScreen) title(w *world) string { return w.t("why.list_title") }
func (s *whyListScreen) help() string          { return "medium" }

func doubtful(files []session.MediumFile) []session.MediumFile {
	var some []session.MediumFile
	for _, f := range files {
		if f.Checked && f.Verdict != session.Clean {
			some = append(some, f)
		}
	}
	return some
}

func (s *whyListScreen) draw(p *page) {
	p.actions()
	files := doubtful(s.of.files)
	if len(files) == 0 {
		p.told(inkGood, p.t("why.list_none"))
		return
	}
	p.say(inkSoft, p.t("why.list_lead"))
	p.gap(1)
	p.list(&s.list, p.room-p.y, len(files), func(n int) listRow { return fileRow(p.world, files[n]) })
}

func (s *whyListScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	return nil, s.list.key(w.front(), k)
}

func (s *whyListScreen) wheel(w *world, rows int) { s.list.wheel(w.front(), rows) }

func (s *whyListScreen) pick(w *world, id string) tea.Cmd {
	files := doubtful(s.of.files)
	if n := rowOf(id); n >= 0 && n < len(files) {
		w.front().focus = id
		return w.push(&whyScreen{file: files[n]})
	}
	return nil
}

func (s *whyListScreen) changed(w *world, _ session.Status) tea.Cmd {
	if w.status.Medium.Present() {
		return nil
	}
	return w.leaveKey()
}

func (s *whyListScreen) banner(w *world) notice { return notice{inkText, w.t("why.list_lead")} }
