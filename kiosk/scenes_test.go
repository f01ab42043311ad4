package kiosk

import (
	"slices"
	"testing"
	"time"

	"estran/session"
)

// scene is a screen in a state worth looking at.
type scene struct {
	name string
	play func(h *harness)
}

// scenes are every screen: each is drawn at each size, language, text size and contrast, and has a golden picture.
func scenes() []scene {
	return append(slices.Concat(lessonScenes(), aiding(), wizardScenes()), []scene{
		{"bienvenue", func(h *harness) { h.status(ready()) }},
		{"bienvenue-journal", func(h *harness) {
			h.m.options.Config.AccessLog.Enabled = true
			h.status(ready())
		}},
		{"regles", func(h *harness) { h.status(ready()); h.press("1") }},
		{"modes", func(h *harness) { h.status(ready()); h.press("1"); h.accept() }},
		{"agent", func(h *harness) { h.status(ready()); h.press("1"); h.accept(); h.press("3") }},
		{"session", func(h *harness) { h.status(open()) }},
		{"session-bientot-finie", func(h *harness) {
			s := open()
			s.TimeLeft, s.Ending = 4*time.Minute, true
			h.status(s)
			h.press("esc")
		}},
		{"conseil-du-moment", func(h *harness) { h.status(open()); h.press("1") }},
		{"sites", func(h *harness) { h.status(open()); h.press("2") }},
		{"internet", func(h *harness) { h.internet(session.BrowserStatus{State: session.BrowserOpen}) }},
		{"internet-tombe", func(h *harness) {
			h.internet(session.BrowserStatus{State: session.BrowserOpen})
			h.status(withBrowser(session.BrowserStatus{Problem: session.BrowserCrashed}))
		}},
		{"cle-absente", func(h *harness) { h.status(open()); h.press("3") }},
		{"cle-controle", func(h *harness) { h.medium(checking()) }},
		{"cle", func(h *harness) { h.medium(checked()); h.toFile(1, "space"); h.toFile(5, "space") }},
		{"cle-copie", func(h *harness) { h.medium(copying()) }},
		{"cle-rendue", func(h *harness) { h.medium(session.MediumStatus{State: session.MediumEjected}) }},
		{"cle-lecture", func(h *harness) { h.medium(session.MediumStatus{State: session.MediumReading}) }},
		{"cle-choix-pendant-controle", func(h *harness) {
			m := checking()
			m.Left = 130 * time.Second
			h.medium(m)
			h.station.files[4].Checked = false
			h.send(filesMsg{to: to(h.m.top().serial), files: h.station.files})
			h.toFile(1, "space")
			h.toFile(3, "space")
		}},
		{"cle-liste-ancienne", func(h *harness) { h.keyWith(func(s *session.Status) { s.Antivirus.Signatures = daysAgo(9) }) }},
		{"cle-liste-trop-ancienne", func(h *harness) { h.keyWith(func(s *session.Status) { s.Antivirus.Signatures = daysAgo(40) }) }},
		{"cle-protegee", func(h *harness) { h.keyWith(func(s *session.Status) { s.Medium.Writable = false }) }},
		{"cle-vide", func(h *harness) {
			h.keyWith(func(s *session.Status) { s.Medium = session.MediumStatus{State: session.MediumReady, Writable: true} })
		}},
		{"cle-trop-de-fichiers", func(h *harness) { h.keyWith(func(s *session.Status) { s.Medium.Problem = session.MediumTooMany }) }},
		{"cle-fermee", func(h *harness) {
			h.medium(session.MediumStatus{State: session.MediumUnreadable, Problem: session.MediumEncrypted})
		}},
		{"cle-abimee", func(h *harness) {
			h.medium(session.MediumStatus{State: session.MediumUnreadable, Problem: session.MediumDamaged})
		}},
		{"cle-oubliee", func(h *harness) { h.medium(session.MediumStatus{State: session.MediumForgotten}) }},
		{"cle-arrachee", func(h *harness) {
			h.medium(session.MediumStatus{State: session.MediumPulled, Problem: session.MediumGone})
		}},
		{"cle-copies-faites", func(h *harness) {
			h.medium(copying())
			h.keyWith(func(s *session.Status) { s.Medium.Copied = 3 })
		}},
		{"cle-copies-en-partie", func(h *harness) {
			h.medium(copying())
			h.keyWith(func(s *session.Status) {
				s.Medium.Copied, s.Medium.Failed, s.Medium.Problem = 2, 1, session.MediumRefused
			})
		}},
		{"cle-autres-choix", func(h *harness) { h.medium(checked()); h.press("9") }},
		{"cle-pourquoi-suspect", func(h *harness) { h.medium(checked()); h.toFile(4, "enter") }},
		{"cle-pourquoi-non-verifie", func(h *harness) { h.medium(checked()); h.toFile(5, "p") }},
		{"cle-pourquoi-liste", func(h *harness) { h.medium(checked()); h.press("9", "3") }},
		{"cle-rapport", func(h *harness) {
			h.keyWith(func(s *session.Status) { s.Antivirus.Signatures = daysAgo(1) })
			h.press("9", "4")
		}},
		{"cle-telephone", func(h *harness) { h.refused(session.RefusedPhone); h.press("3") }},
		{"cle-clavier-cache", func(h *harness) { h.refused(session.RefusedKeyboard); h.press("3") }},
		{"session-appareil-refuse", func(h *harness) { h.refused(session.RefusedDouble) }},
		{"documents-non-verifies", func(h *harness) {
			h.withDocuments()
			h.press("4", "0")
			s := h.m.status
			s.Medium.State = session.MediumCopyingOut
			h.status(s)
			s.Medium.State, s.Medium.Copied, s.Medium.Failed, s.Medium.Held = session.MediumReady, 1, 2, 2
			s.Medium.Problem = session.MediumRefused
			h.status(s)
		}},
		{"documents-copie", func(h *harness) {
			h.withDocuments()
			h.press("4", "0")
			s := h.m.status
			s.Medium.State, s.Medium.BytesDone, s.Medium.BytesTotal = session.MediumCopyingOut, 200_000, 1_400_000
			s.Medium.Left = 20 * time.Second
			h.status(s)
		}},
		{"cle-non-verifiee", func(h *harness) { h.medium(checked()); h.toFile(5, "space"); h.press("0") }},
		{"documents-vides", func(h *harness) { h.status(open()); h.press("4") }},
		{"documents", func(h *harness) { h.withDocuments(); h.press("4") }},
		{"document", func(h *harness) { h.withDocuments(); h.press("4", "1") }},
		{"document-effacer", func(h *harness) { h.withDocuments(); h.press("4", "1", "3") }},
		{"pause", func(h *harness) { h.status(open()); h.press("6", "1", "2") }},
		{"pause-code", func(h *harness) {
			h.status(session.Status{State: session.Paused, PauseLeft: 4*time.Minute + 10*time.Second, PauseTries: 3})
			h.press("1")
		}},
		{"etes-vous-la", func(h *harness) {
			s := open()
			s.Idle, s.IdleLeft = true, 42*time.Second
			h.status(s)
		}},
		{"bientot-fini", func(h *harness) {
			s := open()
			s.TimeLeft, s.Ending = 4*time.Minute, true
			h.status(s)
		}},
		{"j-ai-fini", func(h *harness) { h.withDocuments(); h.press("f") }},
		{"j-ai-fini-rien", func(h *harness) { h.status(open()); h.press("f") }},
		{"effacement", func(h *harness) { h.status(wiping(3)); h.advance(5 * time.Second) }},
		{"efface", func(h *harness) { h.wiped() }},
		{"efface-sans-prevenir", func(h *harness) {
			h.station.receipt = receipt()
			s := wiped()
			s.End = session.EndRecovery
			h.status(s)
		}},
		{"bienvenue-recu", func(h *harness) { h.status(readyWithReceipt()) }},
		{"dernier-recu", func(h *harness) { h.lastReceipt() }},
		{"efface-imprimer", func(h *harness) {
			h.station.receipt = receipt()
			s := wiped()
			s.Printer = true
			h.status(s)
			h.press("1")
		}},
		{"telephone", func(h *harness) { h.wiped(); h.press("1") }},
		{"dernier-recu-telephone", func(h *harness) { h.lastReceipt(); h.press("1") }},
		{"efface-journal", func(h *harness) {
			h.station.receipt = session.Receipt{Steps: steps(len(session.Steps())), Limits: []string{
				session.LimitNetwork, session.LimitAccounts, session.LimitAccessLog, session.LimitPrinter,
			}}
			h.status(wiped())
		}},
		{"efface-journal-sans-prevenir", func(h *harness) {
			h.station.receipt = session.Receipt{Steps: steps(len(session.Steps())), Limits: []string{
				session.LimitNetwork, session.LimitAccounts, session.LimitAccessLog, session.LimitPrinter,
			}}
			s := wiped()
			s.End = session.EndIdle
			h.status(s)
		}},
		{"arrete", func(h *harness) {
			h.status(session.Status{State: session.Stopped, Fault: session.FaultWipe})
		}},
		{"arrete-maintenance", func(h *harness) {
			h.status(session.Status{State: session.Stopped, Fault: session.FaultMaintenance})
		}},
		{"session-internet-ouvert", func(h *harness) {
			h.status(withBrowser(session.BrowserStatus{State: session.BrowserOpen}))
			h.press("esc")
		}},
		{"aide", func(h *harness) { h.status(open()); h.press("?") }},
		{"sans-reponse", func(h *harness) { h.status(open()); h.send(goneMsg{}); h.advance(goneGrace) }},
	}...)
}

// accept goes through the pages of the rules.
func (h *harness) accept() {
	opened := h.station.count(callOpen)
	for range 10 {
		if h.title() != h.m.t("rules.title") || h.station.count(callOpen) > opened {
			return
		}
		h.press("1")
	}
}

func withBrowser(b session.BrowserStatus) session.Status {
	s := open()
	s.Browser = b
	return s
}

func (h *harness) internet(b session.BrowserStatus) {
	h.status(open())
	h.press("1", "enter")
	h.status(withBrowser(b))
}

// medium opens Ma clé USB with a key in this state.
func (h *harness) medium(m session.MediumStatus) {
	h.station.files = keyFiles()
	s := open()
	s.Medium = m
	h.status(s)
	h.press("3")
}

// toFile goes to the nth file of the list and presses a key there.
func (h *harness) toFile(n int, key string) {
	h.press("home")
	for range n - 1 {
		h.press("down")
	}
	h.press(key)
}

// keyWith opens Ma clé USB with a checked key in a status of the test's own.
func (h *harness) keyWith(change func(*session.Status)) {
	s := open()
	s.Medium = checked()
	change(&s)
	if h.m.status.State != session.Open {
		h.medium(s.Medium)
	}
	h.station.files = keyFiles()
	h.status(s)
}

// refused is a session in which something was plugged in and not let in.
func (h *harness) refused(r session.Refusal) {
	s := open()
	s.Refused = r
	h.status(s)
}

// daysAgo is a day before the clock of the harness.
func daysAgo(n int) time.Time { return time.Date(2026, 11, 22-n, 6, 0, 0, 0, time.UTC) }

func keyFiles() []session.MediumFile {
	return []session.MediumFile{
		{ID: 1, Name: "attestation CAF.pdf", Size: 182_400, Checked: true, Verdict: session.Clean, Modified: daysAgo(1)},
		{
			ID: 2, Name: "photos/vacances été.jpg.exe", Size: 2_412_000, Checked: true, Verdict: session.Suspect,
			Reasons: []session.Reason{session.ReasonTwoExtensions, session.ReasonProgram},
		},
		{
			ID: 3, Name: "impôts 2025.zip", Size: 48_000_000, Checked: true, Verdict: session.Unchecked,
			Reasons: []session.Reason{session.ReasonEncrypted},
		},
		{ID: 4, Name: "emploi/CV de Léa.odt", Size: 31_000, Checked: true, Verdict: session.Clean, Modified: daysAgo(400)},
		{ID: 5, Name: "الوثيقة.pdf", Size: 912, Checked: true, Verdict: session.Clean},
		{ID: 6, Name: "\x1b]52;c;ZWNobw==\x07\u202egpj.exe", Size: 5_000, Checked: true, Verdict: session.Suspect, Reasons: []session.Reason{session.ReasonHiddenName}},
	}
}

func checking() session.MediumStatus {
	return session.MediumStatus{
		State: session.MediumChecking, Files: 6, Clean: 2, BytesDone: 12_000_000, BytesTotal: 50_000_000, Current: 3,
	}
}

func checked() session.MediumStatus {
	return session.MediumStatus{
		State: session.MediumReady, Files: 6, Clean: 3, Suspect: 2, Unchecked: 1, Writable: true, Free: 4_000_000_000,
	}
}

func copying() session.MediumStatus {
	return session.MediumStatus{
		State: session.MediumCopyingIn, Files: 6, Clean: 3, Suspect: 2, Unchecked: 1, Writable: true,
		BytesDone: 30_000_000, BytesTotal: 48_000_000, Current: 3,
	}
}

func (h *harness) withDocuments() {
	h.station.documents = []session.Document{
		{ID: 11, Name: "attestation CAF.pdf", Size: 182_400, Saved: true},
		{ID: 12, Name: "avis d'imposition 2025.pdf", Size: 240_100},
		{ID: 13, Name: "formulaire_cerfa_n°15692*01_demande_de_logement_social_2026.pdf", Size: 1_250_000},
		{ID: 14, Name: "notice.pdf", Size: 90_000, Arriving: true},
	}
	s := open()
	s.Documents = session.DocumentsStatus{Count: 4, Unsaved: 2, Arriving: 1, Used: 1_700_000, Room: 2 << 30}
	s.Medium = checked()
	s.Printer = true
	h.status(s)
}

func steps(verified int) []session.StepStatus {
	var all []session.StepStatus
	for i, id := range session.Steps() {
		s := session.StepStatus{ID: id, State: session.StepWaiting}
		switch {
		case i < verified:
			s.State = session.StepVerified
		case i == verified:
			s.State = session.StepRunning
		}
		all = append(all, s)
	}
	return all
}

func wiping(verified int) session.Status {
	return session.Status{State: session.Wiping, End: session.EndVisitor, Wipe: steps(verified)}
}

func wiped() session.Status {
	return session.Status{
		State: session.Wiped, End: session.EndVisitor, Wipe: steps(len(session.Steps())), ReceiptLeft: 30 * time.Second, Receipt: true,
	}
}

// receipt is that of an installed station on which something was printed.
func receipt() session.Receipt {
	return session.Receipt{Steps: steps(len(session.Steps())), Limits: session.Limits()[:3]}
}

// wiped is in front of the receipt.
func (h *harness) wiped() {
	h.station.receipt = receipt()
	h.status(wiped())
}

func readyWithReceipt() session.Status {
	s := ready()
	s.Receipt = true
	return s
}

// lastReceipt reads the receipt again.
func (h *harness) lastReceipt() {
	h.station.receipt = receipt()
	h.status(readyWithReceipt())
	h.press("r")
}

func inScene(t testing.TB, s scene, width, height int, lang string, large bool, look contrast) *harness {
	t.Helper()
	h := newHarness(t)
	h.size(width, height)
	h.dress(lang, large, look)
	s.play(h)
	h.dress(lang, large, look)
	return h
}

// dress sets what the visitor can choose on Bienvenue.
func (h *harness) dress(lang string, large bool, look contrast) {
	h.m.lang, h.m.large, h.m.look = lang, large, look
	h.m.theme = newTheme(look, h.m.profile)
	h.m.fresh = false
}
