package main

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"estran/assets"
	"estran/session"
)

// statusJSON is the output of status --json; its names are an interface (estranctl(8)). It says nothing of a visitor:
// neither what they chose nor how many files they have.
type statusJSON struct {
	State      string `json:"state"`
	Fault      string `json:"fault,omitempty"`
	Session    bool   `json:"session"`
	Antivirus  string `json:"antivirus"`
	Signatures string `json:"signatures,omitempty"`
	Printer    bool   `json:"printer"`
}

func statusReport(s session.Status) statusJSON {
	r := statusJSON{
		State: s.State.String(), Fault: string(s.Fault), Session: visitorThere(s), Printer: s.Printer,
		Antivirus: "ok",
	}
	switch {
	case s.Antivirus.Problem != session.ReasonNone:
		r.Antivirus = string(s.Antivirus.Problem)
	case s.Antivirus.Signatures.IsZero():
		r.Antivirus = "unknown" // nobody has asked it yet, or it does not say how old it is
	}
	if !s.Antivirus.Signatures.IsZero() {
		r.Signatures = s.Antivirus.Signatures.UTC().Format(time.RFC3339)
	}
	return r
}

// visitorThere says that somebody has a session, or sees it being wiped.
func visitorThere(s session.Status) bool {
	switch s.State {
	case session.Open, session.Paused, session.Wiping:
		return true
	default:
		return false
	}
}

// stateWords are the states in French.
var stateWords = map[session.State]string{
	session.Starting: "démarre : elle efface d'abord ce qui a pu rester",
	session.Ready:    "prête, attend une personne",
	session.Open:     "une session est ouverte",
	session.Paused:   "une session est en pause",
	session.Wiping:   "une session est en train d'être effacée",
	session.Wiped:    "le reçu de la dernière session est à l'écran",
	session.Stopped:  "arrêtée",
}

func writeStatus(w io.Writer, s session.Status) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "Station    : %s\n", stateWords[s.State])
	if s.Fault != session.NoFault {
		fmt.Fprintf(b, "Code       : %s : %s\n", s.Fault, assets.In("fr").T("fault."+string(s.Fault)))
	}
	fmt.Fprintf(b, "Antivirus  : %s\n", antivirusWords(s.Antivirus))
	printer := "aucune"
	if s.Printer {
		printer = "prête"
	}
	fmt.Fprintf(b, "Impression : %s\n", printer)
	return b.Flush()
}

func antivirusWords(a session.AntivirusStatus) string {
	switch {
	case a.Problem != session.ReasonNone:
		return "ne répond pas comme il faut (" + string(a.Problem) + ")"
	case a.Signatures.IsZero():
		return "inconnu"
	default:
		return "répond, liste du " + a.Signatures.Local().Format("02/01/2006")
	}
}
