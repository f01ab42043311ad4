package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os/signal"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/bus"
	"estran/session/daybook"
)

// longestMinutes is how long a maintenance with an end may last: a day.
const longestMinutes = 24 * 60

// endUnit is the timer that finishes a maintenance with an end.
const endUnit = "estran-maintenance-end"

// maintenanceBegin stops the station for IT. A visitor who is there is not disturbed, unless --force.
func maintenanceBegin(ctx context.Context, args []string, s streams) error {
	var reason string
	var force bool
	var minutes int
	err := parse("maintenance begin", args, func(f *flag.FlagSet) {
		f.StringVar(&reason, "reason", "", "")
		f.BoolVar(&force, "force", false, "")
		f.IntVar(&minutes, "minutes", 0, "")
	})
	switch {
	case err != nil:
		return err
	case minutes < 0 || minutes > longestMinutes:
		return fmt.Errorf("%w : --minutes va de 1 à %d", errUsage, longestMinutes)
	case daybook.CheckReason(reason) != nil:
		return fmt.Errorf("%w : --reason : une ligne de %d signes au plus", errUsage, daybook.MaxReason)
	}
	if err := rootOnly("maintenance begin"); err != nil {
		return err
	}
	if bootedForMaintenance() {
		return errors.New("le poste a été démarré en maintenance : il est déjà à vous")
	}
	c, err := dialStation(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := begin(ctx, c, force); err != nil {
		return err
	}
	if err := note(daybook.MaintenanceBegun, reason); err != nil {
		return err
	}
	if minutes > 0 {
		if err := endLater(ctx, minutes); err != nil {
			return fmt.Errorf("la maintenance a commencé, mais sa fin ne peut pas être prévue : %w", err)
		}
	}
	reached, ok := await(ctx, c, func(s session.Status) bool { return s.State == session.Stopped })
	if !ok {
		return errors.New("la station tarde à s'arrêter : estranctl status")
	}
	if reached.Fault != session.FaultMaintenance {
		return fmt.Errorf("la station s'est arrêtée avec le code %s : estranctl check", reached.Fault)
	}
	say(s, "La station est à vous : l'écran ouvre une connexion. À la fin : estranctl maintenance finish")
	return nil
}

// begin asks, and says why not.
func begin(ctx context.Context, c *bus.Client, force bool) error {
	now, err := c.Status(ctx)
	if err != nil {
		return inWords(err)
	}
	if now.Fault == session.FaultMaintenance {
		return errors.New("une maintenance est déjà en cours : estranctl maintenance finish")
	}
	// One that is over may have left its timer, whose name and end would be in the way of this one.
	forgetEnd(ctx)
	err = c.BeginMaintenance(ctx, force)
	if err == nil && now.State == session.Stopped {
		// A station that a fault has stopped may keep it: then its screen is not given to IT.
		if now, err = c.Status(ctx); err == nil && now.Fault != session.FaultMaintenance {
			return fmt.Errorf("la station est arrêtée par le code %s et le reste : passer par SSH, ou par l'entrée de "+
				"maintenance du menu de démarrage ; estranctl check dit quoi réparer", now.Fault)
		}
	}
	switch {
	case errors.Is(err, session.ErrState) && now.State == session.Starting:
		return errors.New("la station démarre : réessayer dans une minute")
	case errors.Is(err, session.ErrState):
		return errors.New("une personne est là : attendre la fin de sa session, ou --force (sa session est effacée, " +
			"ses documents sont perdus)")
	}
	return inWords(err)
}

// endLater has systemd finish the maintenance, also when whoever began it has left.
func endLater(ctx context.Context, minutes int) error {
	return here.run(ctx, "systemd-run", "--quiet", "--collect", "--unit="+endUnit, "--on-active="+strconv.Itoa(minutes)+"min",
		"--timer-property=AccuracySec=1s", "/usr/bin/estranctl", "maintenance", "finish")
}

// forgetEnd takes the timer of a maintenance away. A pattern: there may be none, and that is no error.
func forgetEnd(ctx context.Context) {
	_ = here.run(ctx, "systemctl", "--quiet", "stop", endUnit+"*.timer")
}

// maintenanceFinish gives the station back to visitors, after the same checks as at its start.
func maintenanceFinish(ctx context.Context, args []string, s streams) error {
	if err := parse("maintenance finish", args, noFlags); err != nil {
		return err
	}
	if err := rootOnly("maintenance finish"); err != nil {
		return err
	}
	if bootedForMaintenance() {
		return errors.New("le poste a été démarré en maintenance : pour le rendre, reboot")
	}
	// The login that this may have been typed into is taken away by it: the line must be written all the same.
	signal.Ignore(unix.SIGHUP)
	c, err := dialStation(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	switch err := c.FinishMaintenance(ctx); {
	case errors.Is(err, session.ErrState):
		return errors.New("aucune maintenance n'est en cours")
	case err != nil && !errors.Is(err, session.ErrGone):
		return inWords(err)
	case err != nil:
		// The service starts anew, and may be gone before it has answered; what becomes of it shows below.
	}
	if err := note(daybook.MaintenanceFinished, ""); err != nil {
		return err
	}
	if here.getenv("INVOCATION_ID") == "" {
		forgetEnd(ctx)
	}
	reached, ok := await(ctx, c, func(s session.Status) bool {
		return s.State == session.Ready || s.State == session.Stopped && s.Fault != session.FaultMaintenance
	})
	switch {
	case !ok:
		return errors.New("la station tarde à revenir : estranctl status ; journalctl -b -u estrand")
	case reached.State == session.Stopped:
		return fmt.Errorf("la station reste arrêtée, code %s : estranctl check", reached.Fault)
	}
	say(s, "La station est rendue aux visiteurs.")
	return nil
}

// await waits until the station is as wanted. A service that starts anew is away for a moment.
func await(ctx context.Context, c *bus.Client, wanted func(session.Status) bool) (session.Status, bool) {
	ctx, cancel := context.WithTimeout(ctx, here.settle)
	defer cancel()
	for {
		if now, err := c.Status(ctx); err == nil && wanted(now) {
			return now, true
		}
		select {
		case <-ctx.Done():
			return session.Status{}, false
		case <-time.After(200 * time.Millisecond):
		}
	}
}
