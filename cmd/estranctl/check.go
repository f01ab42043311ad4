package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"

	"estran/session/conditions"
)

// check tells what is safe on this station and what is not.
func check(ctx context.Context, args []string, s streams) error {
	var asJSON bool
	if err := parse("check", args, func(f *flag.FlagSet) { f.BoolVar(&asJSON, "json", false, "") }); err != nil {
		return err
	}
	if !here.isRoot() {
		return fmt.Errorf("%w de tout regarder sans être root : sudo estranctl check", errAsk)
	}
	if err := here.confined(); err != nil {
		return fmt.Errorf("%w de tout regarder d'ici : %w", errAsk, err)
	}
	results := here.look(ctx)
	overall := conditions.Overall(results)
	var err error
	if asJSON {
		err = writeJSON(s.out, checkReport(results))
	} else {
		err = writeTable(s.out, results, inkFor(s.out))
	}
	switch {
	case err != nil:
		return fmt.Errorf("%w d'écrire le résultat : %w", errAsk, err)
	case ctx.Err() != nil:
		return fmt.Errorf("%w de finir : la commande a été interrompue", errAsk)
	case overall == conditions.Failed:
		return errFails
	case overall == conditions.Unknown:
		return fmt.Errorf("%w de rien regarder", errAsk)
	}
	return nil
}

// report is the output of check --json; its names are an interface (estranctl(8)).
type report struct {
	Conditions []conditionJSON `json:"conditions"`
	Result     string          `json:"result"`
}

type conditionJSON struct {
	ID    string `json:"id"`
	State string `json:"state"`
	Vital bool   `json:"vital"`
	Fault string `json:"fault,omitempty"`
	Found string `json:"found"`
	Why   string `json:"why"`
	Mend  string `json:"mend,omitempty"`
}

func checkReport(results []conditions.Result) report {
	r := report{Conditions: []conditionJSON{}, Result: conditions.Overall(results).String()}
	for _, c := range results {
		r.Conditions = append(r.Conditions, conditionJSON{
			ID: c.ID, State: c.State.String(), Vital: c.Vital(), Fault: string(c.Fault), Found: c.Found, Why: c.Why, Mend: c.Mend,
		})
	}
	return r
}

// writeJSON writes for people and scripts: indented, and with accents as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
