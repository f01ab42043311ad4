package conditions

import (
	"context"
	"strings"
)

var debian = condition{
	id: "debian", title: "Version de Debian",
	why: "La station est essayée de bout en bout sur Debian 13.",
	probe: func(_ context.Context, e *exam) finding {
		const mend = "Passer à Debian 13."
		release, err := e.ReadFile("/etc/os-release")
		if err != nil {
			return unknown(mend, "/etc/os-release ne se lit pas.")
		}
		values := map[string]string{}
		for line := range strings.Lines(string(release)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			values[key] = strings.Trim(value, `"'`)
		}
		switch {
		case values["ID"] == "debian" && values["VERSION_ID"] == "13":
			return fine("Debian 13.")
		case values["ID"] == "debian" && values["VERSION_ID"] == "12":
			return warn(mend, "Debian 12 : la station y marche, mais sway n'y cloisonne pas le navigateur, et son noyau ne "+
				"connaît ni noswap, ni dev.tty.legacy_tiocsti, ni kernel.io_uring_disabled.")
		}
		return unknown(mend, "%s %s n'est pas essayé.", printable(values["ID"]), printable(values["VERSION_ID"]))
	},
}

// How little room a disk may have, in bytes.
const (
	littleRoom    = 1 << 30
	tooLittleRoom = 100 << 20
)

var disk = condition{
	id: "disk", title: "Place sur le disque",
	why: "Sur un disque plein, la station ne peut plus noter qu'une session est ouverte, ni se mettre à jour.",
	probe: func(_ context.Context, e *exam) finding {
		const mend = "apt clean ; df -h"
		dir, sure := e.stateDir()
		if !sure {
			dir = defaultStateDir
		}
		least := int64(-1)
		for _, at := range []string{"/", dir} {
			free, _, err := e.Free(at)
			if err != nil {
				return unknown(mend, "La place libre de %s ne se lit pas.", at)
			}
			if least < 0 || free < least {
				least = free
			}
		}
		switch {
		case least < tooLittleRoom:
			return fail(mend, "Il reste %s.", mebibytes(least))
		case least < littleRoom:
			return warn(mend, "Il reste %s.", mebibytes(least))
		}
		return fine("Il reste %s.", mebibytes(least))
	},
}

var packageFiles = condition{
	id: "package-files", title: "Fichiers du paquet",
	why: "Un fichier du paquet qui a changé n'est plus celui qui a été essayé.",
	probe: func(ctx context.Context, e *exam) finding {
		const mend = "apt install --reinstall estran"
		status, err := e.Run(ctx, "dpkg-query", "--show", "--showformat=${db:Status-Status}", "estran")
		if err != nil || status != "installed" {
			return unknown("apt install ./estran_*.deb", "dpkg ne dit pas que le paquet estran est installé.")
		}
		out, err := e.Run(ctx, "dpkg", "--verify", "estran")
		var changed []string
		for line := range strings.Lines(out) {
			// « ??5?????? c /etc/estran/estran.toml »: the c is for a configuration, which is IT's to change.
			f := strings.Fields(line)
			if len(f) < 2 || f[1] == "c" {
				continue
			}
			changed = append(changed, printable(f[len(f)-1]))
		}
		switch {
		case len(changed) > 0:
			return fail(mend, "Changés ou manquants : %s.", list(changed))
		case err != nil && out == "":
			return unknown(mend, "dpkg ne peut pas les vérifier : %v.", err)
		}
		return fine("Ils sont tels qu'ils ont été livrés.")
	},
}
