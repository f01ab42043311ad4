package conditions

import (
	"context"
	"strings"
)

var unitsActive = condition{
	id: "services", title: "Services",
	why:   "Chacun tient une part de la station : l'écran, les clés, l'antivirus, les prises USB.",
	probe: lookAtServices,
}

func lookAtServices(_ context.Context, e *exam) finding {
	units, err := e.units()
	if err != nil {
		return unknown("Regarder : systemctl --failed", "systemd ne répond pas : %v.", err)
	}
	wanted := []string{"estrand.service", seatUnit, "seatd.service", "usbguard.service", "clamav-daemon.service"}
	if c, err := e.config(); err == nil && c.Media.UDisks != "off" {
		wanted = append(wanted, "udisks2.service")
	}
	var down []string
	maintenance := e.inMaintenance(units)
	for _, name := range wanted {
		u, told := units[name]
		switch {
		case !told:
			return unknown("Regarder : systemctl status "+name, "systemd ne dit rien de %s.", name)
		case u.active == "active", maintenance && (name == seatUnit || name == "estrand.service"):
		default:
			down = append(down, name+" ("+u.load+", "+u.active+")")
		}
	}
	switch {
	case len(down) > 0:
		first, _, _ := strings.Cut(down[0], " ")
		return fail("systemctl status "+first+" ; journalctl -b -u "+first+" ; après une installation : reboot",
			"Ne tournent pas : %s.", strings.Join(down, ", "))
	case maintenance:
		return warn("À la fin du travail : estranctl maintenance finish, ou reboot", "Une maintenance est en cours : l'écran est à l'informatique.")
	}
	return fine("Les %d services tournent.", len(wanted))
}

// inMaintenance says that IT has the screen, by the command or by the boot menu.
func (e *exam) inMaintenance(units map[string]unit) bool {
	cmdline, _ := e.cmdline()
	target, _ := option(cmdline, "systemd.unit")
	return target == "estran-maintenance.target" || units[promptUnit].active == "active"
}
