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
	why:   "S'il est allumé, la loi demande une ligne par session, que root seul lit.",
	probe: lookAtAccessLog,
}

// lookAtAccessLog looks at the file, not into it: a station looks every minute.
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
	dir, file := e.accessLog()
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
	case entry.Size > accesslog.Largest:
		return wrong("Le mettre de côté (mv), un nouveau commencera ; le garder à root seul, puis l'effacer à son âge.",
			"Il est trop grand : %d Mio.", entry.Size>>20)
	}
	// A new one is written beside the old one, with one line more.
	if free, _, err := e.Free(dir); err != nil || free < entry.Size+4096 {
		return wrong("Faire de la place : df -h "+dir, "Il n'y a plus de place pour le récrire.")
	}
	if c.AccessLog.Enabled {
		return fine("Il est allumé, et à root seul.")
	}
	return fine("Il est éteint ; ses lignes s'effacent à leur âge.")
}

var connectionLines = condition{
	id: "access-log-lines", title: "Lignes du journal de connexion",
	why:   "Une ligne de trop est gardée contre la loi ; une ligne qui ne se lit pas manquera à qui la demande.",
	probe: lookAtAccessLines,
}

// late is by how much a line may be older than it should: the computer may have been off for a long weekend.
const late = 4 * 24 * time.Hour

func lookAtAccessLines(_ context.Context, e *exam) finding {
	c, err := e.config()
	if err != nil {
		return unknown("Corriger "+session.ConfigPath+".", "Les réglages ne peuvent pas être lus.")
	}
	_, file := e.accessLog()
	r, err := e.AccessLog(file)
	rules := accesslog.Rules{Technical: c.AccessLog.TechnicalMonths, Times: c.AccessLog.TimesMonths}
	switch {
	case err != nil:
		return unknown("Lancer cette vérification en root ; voir : journalctl -b -u estrand -g 'access log'", "Il ne se lit pas : %v.", err)
	case len(r.Damaged) > 0:
		return warn("Rien : elles restent en place, et s'effacent avec leurs voisines. estranctl access-log dit lesquelles.",
			"%d ne se lisent pas.", len(r.Damaged))
	case rules.Overdue(r.Entries, e.Now().Add(-late)):
		return warn("journalctl -b -u estrand -g 'access log' ; la station efface à son démarrage, puis chaque heure.",
			"Certaines sont plus vieilles que les %d et %d mois réglés.", rules.Technical, rules.Times)
	}
	return fine("%d, et aucune de trop.", len(r.Entries))
}

// accessLog is where the access log is.
func (e *exam) accessLog() (dir, file string) {
	dir, _ = e.stateDir()
	return dir, path.Join(dir, path.Base(accesslog.Path))
}
