package conditions

import (
	"context"
	"fmt"
	"strings"
)

// unit is what systemd says of a unit (org.freedesktop.systemd1(5)).
type unit struct {
	load, active, file string
	mainPID            string
}

// cannotStart says that the unit does not run, and that nothing can start it.
func (u unit) cannotStart() bool {
	return (u.load == "masked" || u.load == "not-found") && (u.active == "inactive" || u.active == "failed")
}

// prompts are the units that put a login or a shell on a console. A star stands for those that systemd has loaded.
var prompts = []string{
	"getty@tty1.service", "getty@tty2.service", "autovt@tty2.service", "serial-getty@ttyS0.service",
	"console-getty.service", "debug-shell.service", "display-manager.service",
	"getty@*", "autovt@*", "serial-getty@*", "container-getty@*", "kmsconvt@*",
}

// services are the units that a station is made of, and those that close a door.
var services = []string{
	"estrand.service", seatUnit, "seatd.service", "usbguard.service", "clamav-daemon.service", "udisks2.service",
	"clamav-freshclam.service", promptUnit, "ctrl-alt-del.target", "rsyslog.service", "ssh.service", "cups.service",
	"dbus.service", "systemd-logind.service", "systemd-udevd.service",
}

const (
	seatUnit   = "estran-seat.service"
	promptUnit = "estran-maintenance-getty.service"
)

// readUnits asks systemd about all of them at once.
func readUnits(ctx context.Context, h Host) (map[string]unit, error) {
	args := append([]string{"show", "--property=Names,LoadState,ActiveState,UnitFileState,MainPID", "--"}, prompts...)
	out, err := h.Run(ctx, "systemctl", append(args, services...)...)
	if err != nil {
		return nil, fmt.Errorf("cannot ask systemd about its units: %w", err)
	}
	units := map[string]unit{}
	for block := range strings.SplitSeq(out, "\n\n") {
		values := map[string]string{}
		for line := range strings.Lines(block) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			values[key] = value
		}
		// All the names: a display manager is known by its own, too.
		for _, name := range strings.Fields(values["Names"]) {
			units[name] = unit{values["LoadState"], values["ActiveState"], values["UnitFileState"], values["MainPID"]}
		}
	}
	return units, nil
}
