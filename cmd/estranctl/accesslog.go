package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"time"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/daybook"
)

// endWords are how a session ended, in French.
var endWords = map[session.EndReason]string{
	session.EndNone:     "en cours",
	session.EndVisitor:  "finie par le visiteur",
	session.EndTime:     "temps écoulé",
	session.EndIdle:     "personne n'était là",
	session.EndPause:    "pause trop longue",
	session.EndCode:     "codes de pause faux",
	session.EndFault:    "panne ou maintenance",
	session.EndShutdown: "poste arrêté",
	session.EndRecovery: "coupée, constatée au démarrage suivant",
}

// accessLog prints the journal de connexion, or exports it for a requisition. That it was read is noted in the daybook:
// whoever looks is known, as whoever repairs.
func accessLog(_ context.Context, args []string, s streams) error {
	var asJSON, asCSV bool
	var from, to, reason string
	err := parse("access-log", args, func(f *flag.FlagSet) {
		f.BoolVar(&asJSON, "json", false, "")
		f.BoolVar(&asCSV, "csv", false, "")
		f.StringVar(&from, "from", "", "")
		f.StringVar(&to, "to", "", "")
		f.StringVar(&reason, "reason", "", "")
	})
	switch {
	case err != nil:
		return err
	case asJSON && asCSV:
		return fmt.Errorf("%w : une seule forme : --json ou --csv", errUsage)
	case daybook.CheckReason(reason) != nil:
		return fmt.Errorf("%w : --reason : une ligne de %d signes au plus", errUsage, daybook.MaxReason)
	}
	asked, err := readSpan(from, to)
	if err != nil {
		return err
	}
	if err := rootOnly("access-log"); err != nil {
		return err
	}
	path, config, unread := here.accessLog()
	r, err := accesslog.Read(path)
	if err != nil {
		return fmt.Errorf("%w de lire le journal de connexion : %w", errAsk, err)
	}
	if err := here.book().Write(daybook.Entry{What: daybook.AccessLogRead, Who: here.who(), Reason: reason}); err != nil {
		return fmt.Errorf("rien n'est montré, car la main courante ne peut pas le noter : %w", err)
	}
	if unread != nil {
		fmt.Fprintln(s.err, "estranctl : les réglages ne se lisent pas : estranctl check")
	}
	found := asked.of(r.Entries)
	switch {
	case asJSON:
		err = writeJSON(s.out, accessReport(config, found, r.Damaged))
	case asCSV:
		err = writeAccessCSV(s.out, found)
	default:
		err = writeAccessLog(s.out, config, found)
	}
	if err == nil && len(r.Damaged) > 0 {
		fmt.Fprintf(s.err, "estranctl : lignes illisibles du fichier, qui ne sont pas montrées : %s\n", numbers(r.Damaged))
		return errFails
	}
	return err
}

// accessJSON is the output of access-log --json; its names are an interface (estranctl(8)).
type accessJSON struct {
	Enabled         bool            `json:"enabled"`
	TechnicalMonths int             `json:"technical_months"`
	TimesMonths     int             `json:"times_months"`
	Sessions        []accessSession `json:"sessions"`
	Damaged         []int           `json:"damaged_lines"`
}

type accessSession struct {
	Station   string            `json:"station"`
	Addresses []netip.Addr      `json:"addresses"`
	Start     time.Time         `json:"start,omitzero"`
	End       time.Time         `json:"end,omitzero"`
	Day       string            `json:"day,omitempty"`
	Ended     session.EndReason `json:"ended"`
}

func accessReport(c session.AccessLogConfig, entries []accesslog.Entry, damaged []int) accessJSON {
	report := accessJSON{c.Enabled, c.TechnicalMonths, c.TimesMonths, []accessSession{}, append([]int{}, damaged...)}
	for _, e := range entries {
		report.Sessions = append(report.Sessions, accessSession(e))
	}
	return report
}

// writeAccessCSV writes a table for a spreadsheet (RFC 4180). The times have their zone.
func writeAccessCSV(w io.Writer, entries []accesslog.Entry) error {
	table := csv.NewWriter(w)
	rows := [][]string{{"station", "addresses", "start", "end", "day", "ended"}}
	for _, e := range entries {
		rows = append(rows, []string{e.Station, joined(e.Addresses, " "), stamp(e.Start), stamp(e.End), e.Day, string(e.Ended)})
	}
	return table.WriteAll(rows)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(time.RFC3339)
}

func writeAccessLog(w io.Writer, c session.AccessLogConfig, entries []accesslog.Entry) error {
	b := bufio.NewWriter(w)
	for _, e := range entries {
		row := padded(period(e), 36) + "  " + padded(e.Station, 12) + "  " + endWords[e.Ended] + "  " + joined(e.Addresses, ", ")
		fmt.Fprintln(b, strings.TrimRight(row, " "))
	}
	if len(entries) > 0 {
		fmt.Fprintln(b)
	}
	fmt.Fprintf(b, "%s.", plural(len(entries), "session"))
	if c.TechnicalMonths > 0 { // the settings could be read
		fmt.Fprintf(b, " Une ligne reste %d mois, ses heures %d mois.", c.TechnicalMonths, c.TimesMonths)
		if !c.Enabled {
			fmt.Fprint(b, "\nLe journal de connexion est éteint : rien de nouveau n'y entre.")
		}
	}
	fmt.Fprintln(b)
	return b.Flush()
}

// period is when a session was: 24/11/2026 08:00:12 → 08:31:40.
func period(e accesslog.Entry) string {
	const whole, date = "02/01/2006 15:04:05", "02/01/2006"
	start, end := e.Start.Local(), e.End.Local()
	switch {
	case e.Day != "":
		day, _ := time.Parse(time.DateOnly, e.Day)
		return day.Format(date)
	case e.End.IsZero():
		return start.Format(whole)
	case start.Format(date) == end.Format(date):
		return start.Format(whole) + " → " + end.Format("15:04:05")
	}
	return start.Format(whole) + " → " + end.Format("02/01 15:04:05")
}

func joined(addresses []netip.Addr, by string) string {
	var all []string
	for _, a := range addresses {
		all = append(all, a.String())
	}
	return strings.Join(all, by)
}

func numbers(all []int) string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(all)), ", "), "[]")
}
