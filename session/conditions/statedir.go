package conditions

import (
	"cmp"
	"context"

	"estran/session"
)

// defaultStateDir is where root's station keeps its one line (station.Directories).
const defaultStateDir = "/var/lib/estran"

var stateDirectory = condition{
	id: "state-directory", title: "Dossier d'état", fault: session.FaultStateDir,
	why: "La station y écrit qu'une session est ouverte : après une coupure de courant, elle efface avant d'ouvrir.",
	probe: func(_ context.Context, e *exam) finding {
		dir, sure := e.stateDir()
		if !sure {
			return unknown("Corriger "+session.ConfigPath+".", "Les réglages ne peuvent pas être lus.")
		}
		mend := "install -d -o root -g root -m 0700 " + dir
		entry, err := e.Lstat(dir)
		switch {
		case err != nil:
			return fail(mend, "%s manque ou ne peut pas être lu.", dir)
		case !entry.Mode.IsDir():
			return fail("Enlever ce qui est à la place de "+dir+", puis : "+mend, "%s n'est pas un dossier.", dir)
		case entry.UID != 0 || entry.Mode.Perm() != 0o700:
			return fail(mend, "%s n'est pas à root seul : compte %d, droits %04o.", dir, entry.UID, entry.Mode.Perm())
		}
		if err := e.Writable(dir); err != nil {
			return fail("Faire de la place (df -h "+dir+"), ou remonter le disque en écriture.",
				"On ne peut pas écrire dans %s : %v.", dir, err)
		}
		return fine("%s est à root seul, et on peut y écrire.", dir)
	},
}

// stateDir is where the station keeps its state; false when the configuration cannot be read.
func (e *exam) stateDir() (dir string, sure bool) {
	c, err := e.config()
	return cmp.Or(string(c.Station.StateDir), defaultStateDir), err == nil
}
