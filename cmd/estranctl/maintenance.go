package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"estran/session/daybook"
)

// maintenance is how IT works on a station; each of its words notes a line in the daybook.
func maintenance(ctx context.Context, args []string, s streams) error {
	words := []command{
		{"begin", maintenanceBegin}, {"finish", maintenanceFinish}, {"password", maintenancePassword}, {"note-boot", noteBoot},
	}
	if len(args) == 0 {
		return fmt.Errorf("%w : il faut begin, finish, password ou note-boot ; voir estranctl help", errUsage)
	}
	i := slices.IndexFunc(words, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return fmt.Errorf("%w : « maintenance %s » n'existe pas ; voir estranctl help", errUsage, shown(args[0]))
	}
	return words[i].run(ctx, args[1:], s)
}

// rootOnly refuses others: only root writes the daybook.
func rootOnly(what string) error {
	if here.isRoot() {
		return nil
	}
	return fmt.Errorf("%w sans être root : sudo estranctl %s", errAsk, what)
}

// note writes a line in the daybook. What it tells of was done already: a failure is told, and cannot undo it.
func note(what daybook.Event, reason string) error {
	return noteEntry(daybook.Entry{What: what, Who: here.who(), Reason: reason})
}

func noteEntry(e daybook.Entry) error {
	if err := here.book().Write(e); err != nil {
		return fmt.Errorf("fait, mais la main courante ne peut pas être écrite : %w", err)
	}
	return nil
}

// noteBoot notes that the maintenance entry of the boot menu was booted; estran-maintenance-note.service calls it.
func noteBoot(_ context.Context, args []string, _ streams) error {
	if err := parse("maintenance note-boot", args, noFlags); err != nil {
		return err
	}
	if err := rootOnly("maintenance note-boot"); err != nil {
		return err
	}
	if !bootedForMaintenance() {
		return fmt.Errorf("le poste n'a pas été démarré par l'entrée de maintenance : rien à noter")
	}
	// Who knew the password of the boot menu is not known here.
	if err := here.book().Write(daybook.Entry{What: daybook.MaintenanceBooted, Who: daybook.Station}); err != nil {
		return fmt.Errorf("la main courante ne peut pas être écrite : %w", err)
	}
	return nil
}

// bootedForMaintenance says that the boot menu started the maintenance entry.
func bootedForMaintenance() bool {
	line, err := os.ReadFile(here.cmdline)
	return err == nil && slices.Contains(strings.Fields(string(line)), "systemd.unit=estran-maintenance.target")
}

func say(s streams, format string, args ...any) {
	_, _ = io.WriteString(s.out, fmt.Sprintf(format, args...)+"\n")
}
