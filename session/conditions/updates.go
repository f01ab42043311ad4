package conditions

import (
	"context"
	"path"
	"strings"
	"time"
)

// oldLists is how old the lists of packages may be.
const oldLists = 7 * 24 * time.Hour

var updates = condition{
	id: "updates", title: "Mises à jour",
	why:   "Un navigateur ou un noyau sans correctif est une porte connue de tous.",
	probe: lookAtUpdates,
}

func lookAtUpdates(ctx context.Context, e *exam) finding {
	out, err := e.Run(ctx, "apt-config", "dump", "APT::Periodic")
	if err != nil {
		return unknown("Regarder : apt-config dump APT::Periodic", "apt ne répond pas : %v.", err)
	}
	var newest time.Time
	for _, p := range []string{"/var/lib/apt/periodic/update-success-stamp", "/var/lib/apt/lists/partial", "/var/lib/apt/lists"} {
		if entry, err := e.Lstat(p); err == nil && entry.Modified.After(newest) {
			newest = entry.Modified
		}
	}
	days := int(e.Now().Sub(newest).Hours() / 24)
	_, err = e.Lstat("/usr/bin/unattended-upgrade")
	switch {
	case newest.IsZero():
		return unknown("apt update", "L'âge des listes de paquets est inconnu.")
	case err != nil || !strings.Contains(out, `APT::Periodic::Unattended-Upgrade "1";`):
		return warn("apt install unattended-upgrades && dpkg-reconfigure -plow unattended-upgrades",
			"Les mises à jour de sécurité ne s'installent pas seules ; listes de paquets de %d jours.", days)
	case e.Now().Sub(newest) > oldLists:
		return warn("apt update ; regarder : systemctl list-timers 'apt-daily*'", "Les listes de paquets ont %d jours.", days)
	}
	return fine("Elles s'installent seules ; listes de paquets de %d jours.", days)
}

var reboot = condition{
	id: "reboot", title: "Redémarrage",
	why:   "Une mise à jour du noyau ne protège qu'après un redémarrage, et un poste éteint chaque soir repart net.",
	probe: lookAtReboot,
}

// longUptime is how long a public computer may run without a restart.
const longUptime = 14 * 24 * time.Hour

func lookAtReboot(_ context.Context, e *exam) finding {
	const mend = "reboot, quand personne n'est là"
	running, err := e.text("/proc/sys/kernel/osrelease")
	if err != nil {
		return unknown(mend, "La version du noyau ne se lit pas.")
	}
	if _, err := e.Lstat("/run/reboot-required"); err == nil {
		return warn(mend, "Une mise à jour attend un redémarrage.")
	}
	// Debian points at the newest kernel (kernel-img.conf(5)).
	if link, err := e.Readlink("/vmlinuz"); err == nil {
		if newest := strings.TrimPrefix(path.Base(link), "vmlinuz-"); newest != running {
			return warn(mend, "Le noyau %s tourne, %s est installé.", running, printable(newest))
		}
	}
	up, known := e.uptime()
	switch {
	case !known:
		return unknown(mend, "Depuis quand le poste tourne ne se lit pas.")
	case up > longUptime:
		return warn(mend, "Le poste tourne depuis %d jours.", int(up.Hours()/24))
	}
	return fine("Le poste tourne depuis %s ; aucun redémarrage n'est dû.", sinceWords(up))
}

// uptime is the time since the boot (proc_uptime(5)).
func (e *exam) uptime() (time.Duration, bool) {
	text, err := e.text("/proc/uptime")
	seconds, _, _ := strings.Cut(text, " ")
	up, bad := time.ParseDuration(seconds + "s")
	return up, err == nil && bad == nil
}
