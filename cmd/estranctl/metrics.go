package main

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"estran/session"
	"estran/session/conditions"
)

// writeMetrics writes what node_exporter's textfile collector reads
// (https://github.com/prometheus/docs, exposition formats). It is health and nothing else: the states of a session are
// one, so that nobody learns from a graph when a person had a pause.
func writeMetrics(w io.Writer, s *session.Status, results []conditions.Result, now time.Time) error {
	b := bufio.NewWriter(w)
	metric(b, "estran_info", "The version of estranctl.", fmt.Sprintf(`{version=%q} 1`, version))
	metric(b, "estran_up", "1 when the service answers.", fmt.Sprintf(" %d", oneIf(s != nil)))
	if s != nil {
		writeStateMetrics(b, *s, now)
	}
	if len(results) > 0 {
		lines := make([]string, len(results))
		for i, r := range results {
			lines[i] = fmt.Sprintf(`{id=%q,vital="%t"} %d`, r.ID, r.Vital(), oneIf(r.Fails()))
		}
		metric(b, "estran_condition_failed", "1 for each condition that fails; unknown and vital fails.", lines...)
		for i, r := range results {
			lines[i] = fmt.Sprintf(`{id=%q} %d`, r.ID, oneIf(r.State == conditions.Warning || r.State == conditions.Unknown && !r.Fails()))
		}
		metric(b, "estran_condition_warning", "1 for each condition to look at.", lines...)
	}
	return b.Flush()
}

// metricStates are the values of estran_state.
var metricStates = []string{"starting", "ready", "session", "stopped"}

func writeStateMetrics(w io.Writer, s session.Status, now time.Time) {
	state := "session"
	switch s.State {
	case session.Starting, session.Ready, session.Stopped:
		state = s.State.String()
	}
	var lines []string
	for _, name := range metricStates {
		lines = append(lines, fmt.Sprintf(`{state=%q} %d`, name, oneIf(name == state)))
	}
	metric(w, "estran_state", "1 for the state the station is in.", lines...)
	if s.Fault != session.NoFault {
		metric(w, "estran_fault", "1 for the code the station shows.", fmt.Sprintf(`{code=%q} 1`, s.Fault))
	}
	metric(w, "estran_antivirus_up", "1 when files can be called clean, by signatures of a known age.", fmt.Sprintf(" %d", oneIf(s.Antivirus.Problem == session.ReasonNone && !s.Antivirus.Signatures.IsZero())))
	if !s.Antivirus.Signatures.IsZero() {
		metric(w, "estran_signatures_age_seconds", "How old the signatures are.", fmt.Sprintf(" %d", int64(now.Sub(s.Antivirus.Signatures).Seconds())))
	}
}

// metric writes one metric with its samples. All of ours are gauges.
func metric(w io.Writer, name, help string, samples ...string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
	for _, s := range samples {
		fmt.Fprintln(w, name+s)
	}
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
