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
		{"sites-peu", func(h *harness) {
			h.m.options.Config.Sites = []session.Site{
				{Name: "Site de la Métropole", URL: "https://www.metropole.villexemple.example/"},
				{Name: "Médiathèque", URL: "https://mediatheque.villexemple.example/", What: "Livres, ateliers"},
			}
			h.status(open())
			h.press("2")
		}},
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
