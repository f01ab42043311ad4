package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// finishScreen is « J'ai fini »: what would be lost, by name, what not to forget, and the choice to wipe. Enter never
// takes that choice by itself: one has to go to it.
type finishScreen struct {
	documents []session.Document
	outgoing
}

func (s *finishScreen) title(w *world) string { return w.t("finish.title") }
func (s *finishScreen) help() string          { return "finish" }

// openFinish shows « J'ai fini », once.
func (w *world) openFinish() tea.Cmd {
	if _, there := w.top().screen.(*finishScreen); there || !w.canFinish() || w.overlay != nil {
		return nil
	}
	switch s := w.top().screen.(type) {
	case *situationScreen:
		if s.finishing {
			return s.on(w)
		}
	case *countScreen: // « J'ai fini » once more passes the taps
		w.aid.passed = true
		w.drop(len(w.stack) - 1)
	}
	switch {
	case w.assisted() && !w.aid.after:
		return w.push(&situationScreen{situation: w.helping(), phase: assets.PhaseAfter, finishing: true})
	case w.status.Agent.Present && w.status.Agent.Uncounted && !w.aid.passed:
		return w.push(newCountScreen((*world).openFinish))
	}
	return w.push(&finishScreen{})
}

func (s *finishScreen) enter(w *world) tea.Cmd { return w.callDocuments(s) }

func (s *finishScreen) changed(w *world, before session.Status) tea.Cmd {
	if before.Documents == w.status.Documents && before.Medium.State == w.status.Medium.State {
		return nil
	}
	return tea.Batch(w.callDocuments(s), s.ended(w, before, s))
}

func (s *finishScreen) hear(w *world, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case documentsMsg:
		if msg.err == nil {
			s.documents = msg.documents
		}
	case answerMsg:
		if msg.err != nil {
			w.sayError(msg.err)
		}
	}
	return nil
}

func (s *finishScreen) draw(p *page) {
	p.actions(s.actions(p.world)...)
	if tips := assets.TipsFor(p.lang, assets.MomentFinish); p.wide >= columnMax-4 && len(tips) > 1 {
		p.beside(tips[1].Picture, s.words)
		return
	}
	s.words(p)
}

// words are what one reads, beside a picture where there is room.
func (s *finishScreen) words(p *page) {
	roomy := p.room >= 16+len(s.documents)
	p.say(inkSoft, p.t("finish.lead"))
	p.gap(boolInt(roomy))
	s.drawLoss(p)
	p.gap(boolInt(roomy || p.status.Documents.Unsaved == 0))
	for _, line := range s.checks(p.world) {
		p.sheet.put(p.inset, p.y, inkSand, "□")
		p.sayAt(2, p.wide-2, inkText, line)
	}
	if p.room-p.y >= 2 {
		p.gap(1)
		p.say(inkSand, s.reminder(p.world))
	}
}

// actions puts staying first, then saving where that is possible, and wiping last.
func (s *finishScreen) actions(w *world) []choice {
	cs := []choice{{id: idBack, label: w.t("finish.stay"), short: w.t("finish.stay_short"), safe: true}}
	if w.status.Documents.Unsaved > 0 && w.canWrite() {
		cs = append(cs, choice{id: "save", label: w.t("finish.save"), short: w.t("documents.copy")})
	} else if w.status.Medium.State == session.MediumReady {
		cs = append(cs, choice{id: "eject", label: w.t("finish.eject")})
	}
	return append(cs, choice{id: "wipe", label: w.t("finish.wipe"), short: w.t("finish.wipe_short"), mark: "!"})
}

// reminder is the first tip while something would be lost, and the last one otherwise.
func (s *finishScreen) reminder(w *world) string {
	if text := w.agentReminder(assets.MomentFinish, 0); text != "" {
		return text
	}
	tips := assets.TipsFor(w.lang, assets.MomentFinish)
	if w.status.Documents.Unsaved > 0 {
		return tips[0].Reminder
	}
	return tips[len(tips)-1].Reminder
}

// drawLoss says what is on no key and would be lost, with its names as far as there is room.
func (s *finishScreen) drawLoss(p *page) {
	d := p.status.Documents
	if p.status.Medium.State == session.MediumCopyingIn || p.status.Medium.State == session.MediumCopyingOut {
		p.told(inkWarn, p.t("finish.copying"))
	}
	if d.Arriving > 0 {
		p.told(inkWarn, p.n("finish.arriving", d.Arriving))
	}
	switch {
	case d.Unsaved == 0 && d.Count == 0:
		p.told(inkGood, p.t("finish.no_documents"))
		return
	case d.Unsaved == 0:
		p.told(inkGood, p.t("finish.all_saved"))
		return
	}
	p.told(inkWarn, p.n("finish.unsaved", d.Unsaved))
	room := max(p.room-p.y-len(s.checks(p.world))-3, 1)
	shown := 0
	for _, doc := range s.documents {
		if doc.Saved || doc.Arriving {
			continue
		}
		if shown == room-1 && d.Unsaved > room {
			p.sheet.put(p.inset+4, p.y, inkSoft, p.n("finish.unsaved_more", d.Unsaved-shown))
			p.y++
			break
		}
		p.sheet.put(p.inset+2, p.y, inkStrong, "✗ "+shortenName(doc.Name.Printable(), p.wide-p.inset-4))
		p.y++
		shown++
	}
	p.sheet.grow(p.y)
}

// checks are the questions before one leaves.
func (s *finishScreen) checks(w *world) []string {
	lines := []string{w.t("finish.ask_accounts")}
	if w.status.Medium.Present() {
		lines = append(lines, w.t("finish.key_still_in"))
	} else {
		lines = append(lines, w.t("finish.ask_key"))
	}
	return append(lines, w.t("finish.ask_papers"), w.t("finish.ask_card"))
}

func (s *finishScreen) pick(w *world, id string) tea.Cmd {
	switch id {
	case "save":
		return s.copyOut(w, unsaved(s.documents)...)
	case "eject":
		return w.callEject()
	case "wipe":
		return w.callEnd()
	}
	return nil
}

func unsaved(all []session.Document) []session.Document {
	var some []session.Document
	for _, d := range all {
		if !d.Saved {
			some = append(some, d)
		}
	}
	return some
}

func (s *finishScreen) banner(w *world) notice {
	switch d := w.status.Documents; {
	case d.Unsaved > 0:
		return notice{inkWarn, "! " + w.n("finish.unsaved", d.Unsaved)}
	case d.Count > 0:
		return notice{inkGood, "✓ " + w.t("finish.all_saved")}
	default:
		return notice{inkGood, "✓ " + w.t("finish.no_documents")}
	}
}
