package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"estran/session"
	"estran/session/assist/agents"
	"estran/session/daybook"
)

// agentList tells who may sign in, and how each account stands.
func agentList(_ context.Context, args []string, s streams) error {
	var asJSON bool
	if err := parse("agent list", args, func(f *flag.FlagSet) { f.BoolVar(&asJSON, "json", false, "") }); err != nil {
		return err
	}
	r, err := readAgents("agent list")
	switch {
	case err != nil:
		return err
	case asJSON:
		err = writeJSON(s.out, agentReport(r))
	default:
		err = writeAgents(s.out, r.Agents)
	}
	if err == nil {
		err = trouble(r)
	}
	return err
}

func readAgents(name string) (agents.Report, error) {
	if err := rootOnly(name); err != nil {
		return agents.Report{}, err
	}
	r, err := here.agents().Report()
	if err != nil {
		err = fmt.Errorf("%w de lire les agents : %w", errAsk, err)
	}
	return r, err
}

// trouble is what keeps everybody out.
func trouble(r agents.Report) error {
	switch {
	case r.Tries != nil:
		return agentWords("", fmt.Errorf("%w: %w", agents.ErrCounts, r.Tries))
	case r.ClockBehind:
		return fmt.Errorf("l'horloge est en retard sur le fichier des agents, personne ne peut entrer : timedatectl")
	}
	return nil
}

// agentsJSON is the output of agent list --json; its names are an interface (estranctl(8)).
type agentsJSON struct {
	Agents []agentJSON `json:"agents"`
}

type agentJSON struct {
	Login    string          `json:"login"`
	Profile  session.Profile `json:"profile"`
	Created  agents.Day      `json:"created"`
	Reviewed agents.Day      `json:"reviewed"`
	Expires  agents.Day      `json:"expires,omitempty"`
	LastDay  agents.Day      `json:"last_day"`
	State    string          `json:"state"`
	Wrong    int             `json:"wrong_codes"`
	Due      bool            `json:"review_due"`
}

func agentReport(r agents.Report) agentsJSON {
	all := agentsJSON{[]agentJSON{}}
	for _, a := range r.Agents {
		all.Agents = append(all.Agents, agentJSON{
			a.Login, a.Profile, a.Created, a.Reviewed, a.Expires, a.LastDay(), agentState(a), a.Tries, a.Due,
		})
	}
	return all
}

// agentStates are the words for how an account stands, the worst first.
var agentStates = map[string]string{
	"disabled": "désactivé", "blocked": "bloqué", "expired": "expiré", "no-code": "sans code", "ok": "bon",
}

func agentState(a agents.Standing) string {
	switch {
	case a.Disabled:
		return "disabled"
	case a.Blocked:
		return "blocked"
	case a.Expired:
		return "expired"
	case !a.HasCode:
		return "no-code"
	}
	return "ok"
}

func writeAgents(w io.Writer, all []agents.Standing) error {
	b := bufio.NewWriter(w)
	for _, a := range all {
		more := agentStates[agentState(a)]
		if a.Tries > 0 && !a.Blocked {
			more += ", " + plural(a.Tries, "code") + " faux"
		}
		if a.Due {
			more += ", à revoir"
		}
		fmt.Fprintf(b, "%s  %s  jusqu'au %s  %s\n", padded(a.Login, 16), padded(string(a.Profile), 11), dayWords(a.LastDay()), more)
	}
	if len(all) == 0 {
		fmt.Fprintln(b, "Aucun agent.")
	}
	return b.Flush()
}

func dayWords(d agents.Day) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("02/01/2006")
}

// agentReview tells which accounts are to be reviewed, or says that one is still needed.
func agentReview(ctx context.Context, args []string, s streams) error {
	var all bool
	var expires string
	login, err := parseLogins("agent review", args, func(f *flag.FlagSet) {
		f.BoolVar(&all, "all", false, "")
		f.StringVar(&expires, "expires", "", "")
	})
	if err != nil {
		return err
	}
	var end *agents.Day
	if expires != "" {
		day, err := parseDay(strings.TrimPrefix(expires, "none"))
		if err != nil {
			return err
		}
		end = &day
	}
	switch {
	case all && login != "" || end != nil && login == "":
		return fmt.Errorf("%w : agent review prend un nom, avec ou sans --expires, ou --all, ou rien", errUsage)
	case login != "":
		return reviewOne(ctx, s, login, end)
	}
	r, err := readAgents("agent review")
	if err != nil {
		return err
	}
	due := slices.DeleteFunc(r.Agents, func(a agents.Standing) bool { return !a.Due && !r.ClockBehind })
	if !all {
		return showDue(s, due)
	}
	return reviewAll(ctx, s, due)
}

func showDue(s streams, due []agents.Standing) error {
	if len(due) == 0 {
		say(s, "Aucun agent n'est à revoir dans les %d jours.", agents.DueDays)
		return nil
	}
	if err := writeAgents(s.out, due); err != nil {
		return err
	}
	say(s, "\nEncore là : estranctl agent review NOM. Parti : estranctl agent remove NOM.")
	return nil
}

// reviewAll goes on after one that cannot be, such as one whose own end is past.
func reviewAll(ctx context.Context, s streams, due []agents.Standing) error {
	var failed bool
	for _, a := range due {
		if err := reviewOne(ctx, s, a.Login, nil); err != nil {
			fmt.Fprintf(s.err, "estranctl : %s : %v\n", a.Login, err)
			failed = true
		}
	}
	if failed {
		return errFails
	}
	return showDue(s, nil)
}

func reviewOne(ctx context.Context, s streams, login string, end *agents.Day) error {
	if err := here.agents().Review(ctx, login, end); err != nil {
		return agentWords(login, err)
	}
	say(s, "%s est revu, et gardé.", login)
	return noteAgent(daybook.AgentReviewed, login)
}
