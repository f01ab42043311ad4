package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"time"

	"estran/session/assist/activity"
)

// activityCommand shows the counts of what agents did, or exports them. They are numbers: that they were read is not noted.
func activityCommand(ctx context.Context, args []string, s streams) error {
	words := []command{{"show", activityShow}, {"export", activityExport}}
	if len(args) == 0 {
		return fmt.Errorf("%w : il faut show ou export ; voir estranctl help", errUsage)
	}
	i := slices.IndexFunc(words, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return fmt.Errorf("%w : « activity %s » n'existe pas ; voir estranctl help", errUsage, shown(args[0]))
	}
	return words[i].run(ctx, args[1:], s)
}

// activityShow draws one month, by default the one that goes on.
func activityShow(_ context.Context, args []string, s streams) error {
	var name string
	if err := parse("activity show", args, func(f *flag.FlagSet) { f.StringVar(&name, "month", "", "") }); err != nil {
		return err
	}
	tally, unread := here.activity()
	month := tally.Now()
	if name != "" {
		var err error
		if month, err = time.ParseInLocation("2006-01", name, time.Local); err != nil {
			return fmt.Errorf("%w : --month prend un mois (2026-11)", errUsage)
		}
	}
	if err := rootOnly("activity show"); err != nil {
		return err
	}
	r, err := tally.Month(month)
	if err != nil {
		return unreadActivity(err)
	}
	if unread != nil {
		fmt.Fprintln(s.err, "estranctl : les réglages ne se lisent pas : estranctl check")
		tally.Months = 0
	}
	if err := writeMonth(s.out, month, r, tally.Months, inkFor(s.out)); err != nil {
		return err
	}
	return saySpoilt(s.err, tally, r)
}

// activityExport writes the months that are over, for a table or for the Coop.
func activityExport(_ context.Context, args []string, s streams) error {
	var asCSV, asJSON bool
	var from, to string
	err := parse("activity export", args, func(f *flag.FlagSet) {
		f.BoolVar(&asCSV, "csv", false, "")
		f.BoolVar(&asJSON, "json", false, "")
		f.StringVar(&from, "from", "", "")
		f.StringVar(&to, "to", "", "")
	})
	switch {
	case err != nil:
		return err
	case asCSV == asJSON:
		return fmt.Errorf("%w : il faut une forme : --csv ou --json", errUsage)
	}
	first, err := activityDay("--from", from)
	if err != nil {
		return err
	}
	last, err := activityDay("--to", to)
	switch {
	case err != nil:
		return err
	case !last.IsZero() && last.Before(first):
		return fmt.Errorf("%w : --to est avant --from", errUsage)
	}
	if err := rootOnly("activity export"); err != nil {
		return err
	}
	tally, _ := here.activity()
	r, err := tally.Between(first, last)
	if err != nil {
		return unreadActivity(err)
	}
	if asCSV {
		err = writeActivityCSV(s.out, r)
	} else {
		err = writeJSON(s.out, activityReport(r))
	}
	if err != nil {
		return err
	}
	return saySpoilt(s.err, tally, r)
}

// activityDay reads a day in the time zone of the computer, zero for none.
func activityDay(option, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, time.Local)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w : %s prend une date (2026-11-01)", errUsage, option)
	}
	return day, nil
}

// unreadActivity says in French why nothing is told.
func unreadActivity(err error) error {
	switch {
	case errors.Is(err, activity.ErrWholeMonths):
		return fmt.Errorf("%w : seuls des mois entiers s'exportent : --from est le premier jour d'un mois, --to le dernier", errUsage)
	case errors.Is(err, activity.ErrNotOver):
		return fmt.Errorf("%w : seuls des mois finis s'exportent : --to vient avant le mois en cours", errUsage)
	case errors.Is(err, activity.ErrNewer):
		return fmt.Errorf("%w de lire les compteurs d'activité : une version plus récente d'Estran les a écrits", errAsk)
	}
	return fmt.Errorf("%w de lire les compteurs d'activité : %w", errAsk, err)
}

// saySpoilt tells what the numbers lack.
func saySpoilt(w io.Writer, tally *activity.Tally, r activity.Report) error {
	if r.Ahead {
		fmt.Fprintln(w, "estranctl : un jour compté n'est pas encore venu : l'horloge est fausse, ou l'a été")
	}
	if r.Aside {
		fmt.Fprintf(w, "estranctl : des lignes illisibles ont été mises de côté : %s.aside ; ce qu'elles comptaient manque\n", tally.Path)
	}
	if r.Spoilt {
		fmt.Fprintf(w, "estranctl : le fichier est abîmé : %s ; ce qui ne se lit pas manque\n", tally.Path)
		return errFails
	}
	return nil
}
