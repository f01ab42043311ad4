package conditions

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// people are the package's own users (sysusers.d/estran.conf).
var people = []string{"estran", "estran-visitor"}

var accounts = condition{
	id: "accounts", title: "Comptes de la station",
	why:   "Personne ne doit pouvoir se connecter comme la station, ni la station avoir plus de droits que prévu.",
	probe: lookAtAccounts,
}

func lookAtAccounts(_ context.Context, e *exam) finding {
	const look = "Lancer cette vérification en root."
	passwd, err1 := e.table("/etc/passwd", 7)
	shadow, err2 := e.table("/etc/shadow", 9)
	groups, err3 := e.table("/etc/group", 4)
	if err := errors.Join(err1, err2, err3); err != nil {
		return unknown(look, "Les comptes ne se lisent pas.")
	}
	for _, name := range people {
		account, secret := passwd[name], shadow[name]
		switch {
		case account == nil || secret == nil:
			return fail("systemd-sysusers estran.conf", "Le compte %s n'existe pas.", name)
		case account[2] == "0":
			return fail("Réinstaller le paquet estran.", "Le compte %s a les droits de root.", name)
		case !slices.Contains([]string{"/usr/sbin/nologin", "/sbin/nologin", "/usr/bin/false", "/bin/false"}, account[6]):
			return fail("usermod --shell /usr/sbin/nologin "+name, "Le compte %s a un interpréteur : %s.", name, printable(account[6]))
		case !strings.HasPrefix(secret[1], "!") && !strings.HasPrefix(secret[1], "*"):
			return fail("passwd --lock "+name, "Le compte %s a un mot de passe.", name)
		case secret[7] != "1":
			return fail("usermod --expiredate 1 "+name, "Le compte %s n'est pas fermé : une clé ou une tâche l'ouvrirait.", name)
		}
		for group, fields := range groups {
			if slices.Contains(strings.Split(fields[3], ","), name) {
				return fail("gpasswd --delete "+name+" "+group, "Le compte %s est dans le groupe %s.", name, printable(group))
			}
		}
	}
	if passwd[people[0]][2] == passwd[people[1]][2] {
		return fail("Réinstaller le paquet estran.", "L'écran et le navigateur ont le même compte.")
	}
	return fine("Fermés : ni mot de passe, ni interpréteur, ni groupe de trop.")
}

// table reads a file of lines of fields between colons (passwd(5), shadow(5), group(5)) by the first field.
func (e *exam) table(path string, fields int) (map[string][]string, error) {
	data, err := e.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rows := map[string][]string{}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), ":")
		if len(f) == fields {
			rows[f[0]] = f
		}
	}
	return rows, nil
}

var accountFiles = condition{
	id: "account-files", title: "Rien au nom de la station",
	why:   "Une tâche ou un réglage au nom de la station survivrait à une visite, et pourrait la surveiller.",
	probe: lookAtAccountFiles,
}

func lookAtAccountFiles(_ context.Context, e *exam) finding {
	passwd, err := e.table("/etc/passwd", 7)
	if err != nil {
		return unknown("Lancer cette vérification en root.", "Les comptes ne se lisent pas.")
	}
	for _, name := range people {
		account := passwd[name]
		if account == nil {
			return unknown("systemd-sysusers estran.conf", "Le compte %s n'existe pas.", name)
		}
		// The directory of a user at home would hold settings of sway and foot, and units.
		for _, p := range []string{
			account[5], "/var/spool/cron/crontabs/" + name, "/var/lib/systemd/linger/" + name, "/run/user/" + account[2],
		} {
			switch _, err := e.Lstat(p); {
			case err == nil:
				return fail("Regarder, puis : rm -rf "+p, "%s existe.", printable(p))
			case !errors.Is(err, fs.ErrNotExist):
				return unknown("Lancer cette vérification en root.", "%s ne se lit pas.", printable(p))
			}
		}
		if f := e.atJobs(name, account[2]); f.state != OK {
			return f
		}
	}
	return fine("Ni tâche, ni dossier, ni session au nom de la station.")
}

// atJobs looks for jobs of a user (at(1)).
func (e *exam) atJobs(name, uid string) finding {
	const spool = "/var/spool/cron/atjobs"
	jobs, err := e.ReadDir(spool)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unknown("Lancer cette vérification en root.", "%s ne se lit pas.", spool)
	}
	for _, job := range jobs {
		if entry, err := e.Lstat(spool + "/" + job); err == nil && strconv.Itoa(int(entry.UID)) == uid {
			return fail("atrm (voir : atq)", "Une tâche « at » attend au nom de %s.", name)
		}
	}
	return fine("aucune")
}
