package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// consentScreen asks the visitor whether an agent may help: nobody does before that (CNIL référentiel 2021-028 §10: the
// user's agreement before any intervention). « Non » is what Enter takes, for it changes nothing.
type consentScreen struct{ situation assets.Situation }

func (s *consentScreen) title(w *world) string { return w.t("consent.title") }
func (s *consentScreen) help() string          { return "consent" }
func (s *consentScreen) agentOnly()            {}

// enter is deaf for a moment: the answer is the visitor's, and no key that the agent held down.
func (s *consentScreen) enter(w *world) tea.Cmd {
	w.deaf = w.now().Add(Grace)
	return nil
}

func (s *consentScreen) draw(p *page) {
	p.middle = true
	p.actions(
		choice{id: "yes", label: p.t("consent.yes")},
		choice{id: "no", label: p.t("consent.no"), esc: true, safe: true},
	)
	words := s.words(p.world)
	s.drawTogether(p, words)
	p.sayCentred(inkStrong, words[0])
	p.gap(1)
	if words[1] != "" {
		p.sayCentred(inkText, words[1])
	}
	p.sayCentred(inkSoft, words[2])
}

// words are the question, what comes next or "", and that one may say no.
func (s *consentScreen) words(w *world) [3]string {
	then := ""
	switch {
	case s.situation != assets.SituationAct:
	case w.options.Config.Assist.Act == actOptional:
		then = w.t("consent.act_then_optional")
	default:
		then = w.t("consent.act_then")
	}
	return [3]string{w.t("consent." + string(s.situation)), then, w.t("consent.stop")}
}

// drawTogether draws two people at a screen over the words, where there is room for all of it.
func (s *consentScreen) drawTogether(p *page, words [3]string) {
	pic := assets.Together()
	rows := pic.Height() + 2
	for _, text := range words {
		rows += len(wrap(text, p.wide)) * boolInt(text != "")
	}
	if rows > p.room || pic.Width() > p.wide {
		return
	}
	p.picture((p.wide-pic.Width())/2, p.y, pic)
	p.y += pic.Height()
	p.gap(1)
}

func (s *consentScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "yes":
		return s.begin(w)
	case "no":
		w.drop(len(w.stack) - 1)
		return w.push(&saidNoScreen{})
	}
	return nil
}

// begin opens a session in this situation, once its rules are accepted, or changes the one that is open: whoever opened
// that one has accepted them.
func (s *consentScreen) begin(w *world) tea.Cmd {
	mode, act := modeOf(s.situation), s.situation == assets.SituationAct
	if w.status.State == session.Open {
		if act {
			return tea.Batch(w.home(), w.openMandate())
		}
		return w.push(&switchScreen{mode: mode})
	}
	if !w.rulesRead() {
		return w.push(&rulesScreen{of: s})
	}
	return s.open(w)
}

// open opens the session. One that an agent is to act in is opened as one in which the agent accompanies: the mandate
// comes next.
func (s *consentScreen) open(w *world) tea.Cmd {
	mode, act := modeOf(s.situation), s.situation == assets.SituationAct
	if act {
		mode = session.Accompany
	}
	w.aid.act = act
	return w.callOpen(session.OpenOptions{Mode: mode, Language: w.lang, Large: w.large, Contrast: w.look == high})
}

func (s *consentScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(answerMsg); ok && a.err != nil {
		w.aid.act = false
		w.sayError(a.err)
	}
	return nil
}

func (s *consentScreen) banner(w *world) notice {
	return notice{inkText, w.t("consent." + string(s.situation) + "_short")}
}

// saidNoScreen takes a no for what it is: a choice.
type saidNoScreen struct{}

func (s *saidNoScreen) title(w *world) string { return w.t("consent.said_no_title") }
func (s *saidNoScreen) help() string          { return "consent" }
func (s *saidNoScreen) agentOnly()            {}

func (s *saidNoScreen) draw(p *page) {
	p.middle = true
	alone := choice{id: "alone", label: p.t("consent.alone")}
	if p.status.State == session.Open {
		alone = choice{id: "session", label: p.t("consent.session"), safe: true}
	}
	p.actions(choice{id: "ways", label: p.t("consent.ways"), esc: true}, alone)
	p.sayCentred(inkStrong, p.t("consent.said_no"))
}

func (s *saidNoScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "ways":
		return tea.Batch(w.home(), w.push(&spaceScreen{}))
	case "alone":
		return w.alone()
	case "session":
		return w.home()
	}
	return nil
}
