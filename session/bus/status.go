package bus

import (
	"errors"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"

	"estran/session"
)

// statusFields is the property Status.
var statusFields = []field[session.Status]{
	serial("Serial", func(s *session.Status) *uint64 { return &s.Serial }),
	oneOf("State", states, func(s *session.Status) *session.State { return &s.State }),
	oneOf("Mode", modes, func(s *session.Status) *session.Mode { return &s.Mode }),
	word("End", func(s *session.Status) *session.EndReason { return &s.End }),
	word("Fault", func(s *session.Status) *session.Fault { return &s.Fault }),
	usec("TimeLeft", func(s *session.Status) *time.Duration { return &s.TimeLeft }),
	usec("IdleLeft", func(s *session.Status) *time.Duration { return &s.IdleLeft }),
	flag("Idle", func(s *session.Status) *bool { return &s.Idle }),
	flag("Ending", func(s *session.Status) *bool { return &s.Ending }),
	count("Extensions", func(s *session.Status) *int { return &s.Extensions }),
	usec("PauseLeft", func(s *session.Status) *time.Duration { return &s.PauseLeft }),
	count("PauseTries", func(s *session.Status) *int { return &s.PauseTries }),
	usec("ReceiptLeft", func(s *session.Status) *time.Duration { return &s.ReceiptLeft }),
	flag("Receipt", func(s *session.Status) *bool { return &s.Receipt }),

	flag("AgentPossible", func(s *session.Status) *bool { return &s.Agent.Possible }),
	flag("AgentPresent", func(s *session.Status) *bool { return &s.Agent.Present }),
	word("AgentProfile", func(s *session.Status) *session.Profile { return &s.Agent.Profile }),
	usec("AgentWaitLeft", func(s *session.Status) *time.Duration { return &s.Agent.WaitLeft }),
	count("AgentTriesLeft", func(s *session.Status) *int { return &s.Agent.TriesLeft }),
	flag("AgentUncounted", func(s *session.Status) *bool { return &s.Agent.Uncounted }),

	oneOf("BrowserState", browserStates, func(s *session.Status) *session.BrowserState { return &s.Browser.State }),
	word("BrowserProblem", func(s *session.Status) *session.BrowserProblem { return &s.Browser.Problem }),
	flag("BrowserText", func(s *session.Status) *bool { return &s.Browser.Text }),
	flag("BrowserLimited", func(s *session.Status) *bool { return &s.Browser.Limited }),

	oneOf("MediumState", mediumStates, func(s *session.Status) *session.MediumState { return &s.Medium.State }),
	count("MediumFiles", func(s *session.Status) *int { return &s.Medium.Files }),
	count("MediumClean", func(s *session.Status) *int { return &s.Medium.Clean }),
	count("MediumSuspect", func(s *session.Status) *int { return &s.Medium.Suspect }),
	count("MediumUnchecked", func(s *session.Status) *int { return &s.Medium.Unchecked }),
	size("MediumBytesDone", func(s *session.Status) *int64 { return &s.Medium.BytesDone }),
	size("MediumBytesTotal", func(s *session.Status) *int64 { return &s.Medium.BytesTotal }),
	count("MediumCurrent", func(s *session.Status) *session.FileID { return &s.Medium.Current }),
	usec("MediumLeft", func(s *session.Status) *time.Duration { return &s.Medium.Left }),
	count("MediumCopied", func(s *session.Status) *int { return &s.Medium.Copied }),
	count("MediumFailed", func(s *session.Status) *int { return &s.Medium.Failed }),
	count("MediumHeld", func(s *session.Status) *int { return &s.Medium.Held }),
	word("MediumProblem", func(s *session.Status) *session.MediumProblem { return &s.Medium.Problem }),
	flag("MediumWritable", func(s *session.Status) *bool { return &s.Medium.Writable }),
	size("MediumFree", func(s *session.Status) *int64 { return &s.Medium.Free }),

	count("DocumentsCount", func(s *session.Status) *int { return &s.Documents.Count }),
	count("DocumentsUnsaved", func(s *session.Status) *int { return &s.Documents.Unsaved }),
	count("DocumentsArriving", func(s *session.Status) *int { return &s.Documents.Arriving }),
	size("DocumentsUsed", func(s *session.Status) *int64 { return &s.Documents.Used }),
	size("DocumentsRoom", func(s *session.Status) *int64 { return &s.Documents.Room }),
	flag("DocumentsFull", func(s *session.Status) *bool { return &s.Documents.Full }),

	word("AntivirusProblem", func(s *session.Status) *session.Reason { return &s.Antivirus.Problem }),
	instant("AntivirusSignatures", func(s *session.Status) *time.Time { return &s.Antivirus.Signatures }),

	steps("Wipe", func(s *session.Status) *[]session.StepStatus { return &s.Wipe }),
	word("Refused", func(s *session.Status) *session.Refusal { return &s.Refused }),
	flag("Printer", func(s *session.Status) *bool { return &s.Printer }),
	word("PrinterProblem", func(s *session.Status) *session.PrinterProblem { return &s.PrinterProblem }),
	word("Language", func(s *session.Status) *string { return &s.Language }),
	flag("Large", func(s *session.Status) *bool { return &s.Large }),
	flag("Contrast", func(s *session.Status) *bool { return &s.Contrast }),
}

// decodeStatus reads a Status. A key that it does not know is left out, so that a newer service can tell more to an
// older kiosk; one that it knows must be sound, and State must be there.
func decodeStatus(m map[string]dbus.Variant) (session.Status, error) {
	if _, there := m["State"]; !there {
		return session.Status{}, errors.New("cannot read a status: there is no State")
	}
	s, err := decode(statusFields, m)
	if err != nil {
		return session.Status{}, fmt.Errorf("cannot read a status: %w", err)
	}
	return s, nil
}
