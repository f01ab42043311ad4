package conditions

import (
	"context"
	"strings"
)

// overwriting is what makes a program write over what it gives back (mallopt(3), M_PERTURB), in its environment: see
// dbus.service.d in the package. The kernel gives it to systemd from its own command line.
var overwriting = []string{"glibc.malloc.perturb=", "glibc.malloc.tcache_count=0"}

// rememberers are the services that hear of what a visitor plugs in, prints and names.
var rememberers = []string{
	"dbus.service", "udisks2.service", "usbguard.service", "systemd-logind.service", "systemd-udevd.service",
	"clamav-daemon.service", "cups.service",
}

var forgetting = condition{
	id: "forgetting", title: "Services sans mémoire",
	why:   "Ces services entendent le nom de chaque clé et de chaque document : sans ce réglage, leur mémoire les garde.",
	probe: lookAtForgetting,
}

func lookAtForgetting(_ context.Context, e *exam) finding {
	const mend = "update-grub && reboot"
	units, err := e.units()
	if err != nil {
		return unknown("Regarder : systemctl status", "systemd ne répond pas : %v.", err)
	}
	var remember []string
	look := func(name, pid string) error {
		environment, err := e.ReadFile("/proc/" + pid + "/environ")
		if err != nil {
			return err
		}
		for _, setting := range overwriting {
			if !strings.Contains(string(environment), setting) {
				remember = append(remember, name)
				return nil
			}
		}
		return nil
	}
	if err := look("systemd", "1"); err != nil {
		return unknown("Lancer cette vérification en root.", "Ce qu'a reçu systemd ne peut pas être lu.")
	}
	seen := 1
	for _, name := range rememberers {
		u := units[name]
		if u.active != "active" || u.mainPID == "" || u.mainPID == "0" {
			continue
		}
		if err := look(name, u.mainPID); err != nil {
			return unknown("Relancer cette vérification.", "Ce qu'a reçu %s ne peut pas être lu.", name)
		}
		seen++
	}
	if len(remember) > 0 {
		return warn(mend, "Ne réécrivent pas la mémoire qu'ils rendent : %s.", strings.Join(remember, ", "))
	}
	return fine("Les %d réécrivent la mémoire qu'ils rendent.", seen)
}
