package conditions

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"time"

	"estran/session"
	"estran/session/accesslog"
)

var connectionLog = condition{
	id: "access-log", title: "Journal de connexion", fault: session.FaultStateDir,
	why:   "S'il est allumé, la loi demande une ligne par session, que root seul lit, et qui s'efface à son âge.",
	probe: lookAtAccessLog,
}

// late is by how much a line may be older than it should: the computer may have been off for a long weekend.
const late = 4 * 24 * time.Hour

func lookAtAccessLog(_ context.Context, e *exam) finding {
	c, err := e.config()
	if err != nil {
		return unknown("Corriger "+session.ConfigPath+".", "Les réglages ne peuvent pas être lus.")
	}
	// What is wrong closes the station only where sessions are to be noted.
	wrong := fail
	if !c.AccessLog.Enabled {
		wrong = warn
	}
	dir, _ := e.stateDir()
	file := path.Join(dir, path.Base(accesslog.Path))
	entry, err := e.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.AccessLog.Enabled:
		return fine("Il est allumé, et commence à la prochaine session.")
	case errors.Is(err, fs.ErrNotExist):
		return fine("Il est éteint, et rien n'est gardé.")
	case err != nil:
		return unknown("Lancer cette vérification en root.", "%s ne se lit pas : %v.", file, err)
	case !entry.Mode.IsRegular():
		return wrong("Enlever ce qui est à la place de "+file+".", "%s n'est pas un fichier ordinaire.", file)
	case entry.UID != 0 || entry.Mode.Perm() != 0o600:
		return wrong("chown root:root "+file+" ; chmod 0600 "+file,
			"%s n'est pas à root seul : compte %d, droits %04o.", file, entry.UID, entry.Mode.Perm())
	}
	r, err := e.AccessLog(file)
	if err != nil {
		return wrong("Le mettre de côté (mv), un nouveau commencera ; garder l'ancien le temps que la loi demande.",
			"Il ne se lit pas : %v.", err)
	}
	return lookAtLines(e, c.AccessLog, dir, r, wrong)
}

// lookAtLines looks into a log that can be read.
func lookAtLines(e *exam, c session.AccessLogConfig, dir string, r accesslog.Reading, wrong func(mend, format string, args ...any) finding) finding {
	// A new one is written beside the old one, with one line more.
	if free, _, err := e.Free(dir); err != nil || free < r.Size+4096 {
		return wrong("Faire de la place : df -h "+dir, "Il n'y a plus de place pour le récrire.")
	}
	rules := accesslog.Rules{Technical: c.TechnicalMonths, Times: c.TimesMonths}
	switch {
	case len(r.Damaged) > 0:
		return warn("Rien : elles restent en place, et s'effacent avec leurs voisines. estranctl access-log dit lesquelles.",
			"%d de ses lignes ne se lisent pas.", len(r.Damaged))
	case rules.Overdue(r.Entries, e.Now().Add(-late)):
		return warn("journalctl -b -u estrand -g 'access log' ; la station efface à son démarrage, puis chaque heure.",
			"Des lignes sont plus vieilles que les %d et %d mois réglés.", c.TechnicalMonths, c.TimesMonths)
	case !c.Enabled:
		return fine("Il est éteint ; il garde encore %d lignes, qui s'effacent à leur âge.", len(r.Entries))
	}
	return fine("Il est allumé, à root seul ; %d lignes, qui s'effacent à leur âge.", len(r.Entries))
}
