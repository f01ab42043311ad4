package kiosk

import (
	"time"

	"estran/session"
)

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
