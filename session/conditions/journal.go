package conditions

import "context"

var journal = condition{
	id: "journal", title: "Journal en mémoire",
	why:   "Un journal sur le disque garderait, avec les heures, les clés USB branchées et leurs numéros.",
	probe: lookAtJournal,
}

func lookAtJournal(ctx context.Context, e *exam) finding {
	const mend = "Ôter de /etc/systemd/journald.conf* ce qui contredit /usr/lib/systemd/journald.conf.d/50-estran.conf, puis redémarrer."
	storage, err := e.setting(ctx, "journald.conf", "Journal", "Storage")
	if err != nil {
		return unknown("Regarder : systemd-analyze cat-config systemd/journald.conf", "Les réglages du journal ne se lisent pas : %v.", err)
	}
	units, err := e.units()
	switch {
	case err != nil:
		return unknown("Regarder : systemctl status rsyslog", "systemd ne répond pas : %v.", err)
	case storage != "volatile" && storage != "none":
		return fail(mend, "Le journal n'est pas gardé en mémoire seulement (Storage=%s).", storage)
	case units["rsyslog.service"].active == "active":
		return fail("apt purge rsyslog ; rm -f /var/log/kern.log* /var/log/syslog*", "rsyslog écrit le journal sur le disque.")
	}
	if kernel, err := e.setting(ctx, "journald.conf", "Journal", "ReadKMsg"); err != nil || kernel != "no" {
		return warn(mend, "Le journal prend les lignes du noyau, avec les numéros des clés USB (ReadKMsg=%s).", kernel)
	}
	if kept, err := e.ReadDir("/var/log/journal"); err == nil && len(kept) > 0 {
		return warn("rm -rf /var/log/journal", "Un journal d'avant l'installation est sur le disque.")
	}
	return fine("Il disparaît à l'arrêt du poste.")
}
