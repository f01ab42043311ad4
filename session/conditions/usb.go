package conditions

import (
	"context"
	"slices"
	"strings"
)

// usbguardConf is the package's own configuration of USBGuard.
const usbguardConf = "/usr/share/estran/usbguard/usbguard-daemon.conf"

var usbPorts = condition{
	id: "usb", title: "Prises USB",
	why:   "Une clé qui se fait passer pour un clavier ou une carte réseau prendrait la main sur le poste.",
	probe: lookAtUSB,
}

func lookAtUSB(_ context.Context, e *exam) finding {
	const mend = "systemctl status usbguard ; journalctl -b -u usbguard"
	units, err := e.units()
	if err != nil {
		return unknown(mend, "systemd ne répond pas : %v.", err)
	}
	u, told := units["usbguard.service"]
	if !told || u.active != "active" || u.mainPID == "" || u.mainPID == "0" {
		return fail(mend, "USBGuard ne tourne pas : toute prise USB est ouverte.")
	}
	line, err := e.ReadFile("/proc/" + u.mainPID + "/cmdline")
	if err != nil {
		return unknown("Lancer cette vérification en root.", "USBGuard tourne, mais ses réglages ne se lisent pas.")
	}
	args := strings.Split(string(line), "\x00")
	if i := slices.Index(args, "-c"); i < 0 || i+1 >= len(args) || args[i+1] != usbguardConf {
		return fail("systemctl cat usbguard : rien ne doit remplacer /usr/lib/systemd/system/usbguard.service.d/50-estran.conf",
			"USBGuard tourne avec d'autres règles que celles d'Estran.")
	}
	return e.usbControllers()
}

// usbControllers looks at what the kernel does with what is plugged in (Documentation/usb/authorization.rst).
func (e *exam) usbControllers() finding {
	const devices = "/sys/bus/usb/devices"
	names, err := e.ReadDir(devices)
	if err != nil {
		return fine("USBGuard tourne avec les règles d'Estran ; ce poste n'a pas de prise USB.")
	}
	for _, name := range names {
		if !strings.HasPrefix(name, "usb") {
			continue
		}
		switch value, err := e.text(devices + "/" + name + "/authorized_default"); {
		case err != nil:
			return unknown("Regarder : cat "+devices+"/usb*/authorized_default", "L'état de %s ne se lit pas.", printable(name))
		case value != "0":
			return fail("systemctl restart usbguard", "Le noyau ouvre lui-même ce qui est branché sur %s.", printable(name))
		}
	}
	return fine("USBGuard tourne avec les règles d'Estran, et le noyau l'attend.")
}
