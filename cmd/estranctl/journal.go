package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"time"

	"estran/session/daybook"
)

// eventWords are what happened, in French.
var eventWords = map[daybook.Event]string{
	daybook.MaintenanceBegun:    "maintenance commencée",
	daybook.MaintenanceFinished: "maintenance finie",
	daybook.MaintenanceBooted:   "démarré par l'entrée de maintenance",
	daybook.PasswordSet:         "mot de passe du menu de démarrage changé",
	daybook.Stopped:             "station arrêtée",
	daybook.Recovered:           "restes d'une session coupée effacés",
	daybook.Upgraded:            "Estran mis à jour",
	daybook.AccessLogRead:       "journal de connexion lu",
	daybook.ProofBegun:          "preuve d'effacement commencée",
	daybook.LineCut:             "ligne précédente coupée par une panne",
	daybook.AgentAdded:          "agent ajouté",
	daybook.AgentRotated:        "nouveau code d'un agent",
	daybook.AgentDisabled:       "agent désactivé",
	daybook.AgentEnabled:        "agent réactivé",
	daybook.AgentRemoved:        "agent retiré",
	daybook.AgentReviewed:       "agent revu et gardé",
	daybook.AgentUnblocked:      "agent débloqué",
	daybook.AgentSignedIn:       "agent venu ce jour-là",
	daybook.AgentRefused:        "agent refusé ce jour-là",
	daybook.AgentBlocked:        "agent bloqué, trop de codes faux",
}

// journal prints the daybook, and says whether its chain holds.
func journal(ctx context.Context, args []string, s streams) error {
	var asJSON bool
	var since string
	err := parse("journal", args, func(f *flag.FlagSet) {
		f.BoolVar(&asJSON, "json", false, "")
		f.StringVar(&since, "since", "", "")
	})
	if err != nil {
		return err
	}
	from, err := moment(since, time.Now())
	if err != nil {
		return err
	}
	if err := rootOnly("journal"); err != nil {
		return err
	}
	if err := here.agents().Settle(ctx); err != nil {
		fmt.Fprintln(s.err, "estranctl : les venues des agents n'ont pas pu être notées :", err)
	}
	r, err := here.book().Read()
	if err != nil {
		return fmt.Errorf("%w de lire la main courante : %w", errAsk, err)
	}
	var entries []daybook.Entry
	for _, e := range r.Entries {
		if !lastMoment(e).Before(from) {
			entries = append(entries, e)
		}
	}
	if asJSON {
		err = writeJSON(s.out, bookReport(r, entries))
	} else {
		err = writeBook(s.out, r, entries)
	}
	if err == nil && r.Broken != nil {
		return errFails
	}
	return err
}

// lastMoment is the last at which what an entry tells may have been: of the whole day, where it tells its day alone.
func lastMoment(e daybook.Entry) time.Time {
	if !e.What.ByDay() {
		return e.Time
	}
	y, m, d := e.Time.UTC().Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, time.Local).Add(-time.Second)
}

// when is the time of an entry, or its day alone, as wide.
func when(e daybook.Entry) string {
	const minute, day = "02/01/2006 15:04", "02/01/2006"
	if e.What.ByDay() {
		return padded(e.Time.UTC().Format(day), len(minute))
	}
	return e.Time.Local().Format(minute)
}

// whom is the agent whom an entry is about, in words where it is none in particular.
func whom(e daybook.Entry) string {
	switch {
	case e.Agent != "":
		return e.Agent
	case e.What == daybook.AgentUnblocked:
		return "tous"
	case e.What == daybook.AgentRefused || e.What == daybook.AgentBlocked:
		return "un nom inconnu"
	}
	return ""
}

var ago = regexp.MustCompile(`^([0-9]{1,4})([hdj])$`)

// moment reads a date (2026-11-24), or how long ago: 12h, 7j or 7d.
func moment(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.ParseInLocation("2006-01-02", text, time.Local); err == nil {
		return day, nil
	}
	m := ago.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, fmt.Errorf("%w : --since prend une date (2026-11-24), ou 12h, 7j", errUsage)
	}
	n, _ := strconv.Atoi(m[1])
	if m[2] == "h" {
		return now.Add(-time.Duration(n) * time.Hour), nil
	}
	return now.AddDate(0, 0, -n), nil
}

// bookJSON is the output of journal --json; its names are an interface (estranctl(8)).
type bookJSON struct {
	Entries []daybook.Entry `json:"entries"`
	Chain   string          `json:"chain"` // ok, cut or broken
	Broken  int             `json:"broken_line,omitempty"`
	Last    string          `json:"last,omitempty"`
}

func bookReport(r daybook.Reading, entries []daybook.Entry) bookJSON {
	b := bookJSON{Entries: entries, Chain: "ok", Last: r.Last}
	if entries == nil {
		b.Entries = []daybook.Entry{}
	}
	switch {
	case r.Broken != nil:
		b.Chain, b.Broken = "broken", r.Broken.Line
	case r.Cut:
		b.Chain = "cut"
	}
	return b
}

func writeBook(w io.Writer, r daybook.Reading, entries []daybook.Entry) error {
	b := bufio.NewWriter(w)
	for _, e := range entries {
		fmt.Fprintf(b, "%s  %s  %s", when(e), padded(e.Who, 12), eventWords[e.What])
		for _, more := range []string{whom(e), e.Code, e.Version, e.Reason} {
			if more != "" {
				fmt.Fprintf(b, " : %s", more)
			}
		}
		fmt.Fprintln(b)
	}
	if len(entries) == 0 {
		fmt.Fprintln(b, "Aucune ligne.")
	}
	switch {
	case r.Broken != nil:
		fmt.Fprintf(b, "\n✗ La chaîne est rompue à la ligne %d du fichier : elle a été changée ou ôtée.\n", r.Broken.Line)
	case r.Cut:
		fmt.Fprintln(b, "\n! La dernière ligne a été coupée par une panne ; la prochaine écriture le notera.")
	default:
		fmt.Fprintln(b, "\n✓ La chaîne tient.")
	}
	if r.Last != "" {
		fmt.Fprintf(b, "Empreinte de la dernière ligne : %s\n", r.Last)
	}
	return b.Flush()
}
