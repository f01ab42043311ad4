package conditions

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"

	"estran/session"
)

// seatPaths are what the seat and the service are made of: who can change one of them rules the screen.
var seatPaths = []string{
	"/usr/share/estran/sway.conf", "/usr/share/estran/foot.ini", "/usr/share/estran/foot-base.ini",
	"/usr/share/estran/debian-12", "/usr/bin/estran", "/usr/sbin/estrand", "/usr/bin/estranctl",
	"/usr/bin/sway", "/usr/bin/foot", "/usr/bin/bwrap",
	"/usr/share/estran/usbguard/usbguard-daemon.conf", "/usr/share/estran/usbguard/rules.conf",
}

var seatFiles = condition{
	id: "seat-files", title: "Fichiers de l'écran à root", fault: session.FaultSeat,
	why:   "Qui peut changer ces fichiers choisit ce que l'écran lance, et voit ce que la personne tape.",
	probe: lookAtSeatFiles,
}

func lookAtSeatFiles(_ context.Context, e *exam) finding {
	for _, p := range seatPaths {
		if f := e.rootsOwn(p); f.state != OK {
			return f
		}
	}
	// Without a configuration the defaults hold, but nobody else may put one there.
	f := e.rootsOwn(session.ConfigPath)
	if _, err := e.Lstat(session.ConfigPath); errors.Is(err, fs.ErrNotExist) {
		f = e.rootsOwn(path.Dir(session.ConfigPath))
	}
	if f.state != OK {
		return f
	}
	return fine("%d fichiers et leurs dossiers sont à root, et personne d'autre n'y écrit.", len(seatPaths)+1)
}

// rootsOwn looks at a file or directory and at all the directories above it. A link is refused: what it points at was
// not looked at.
func (e *exam) rootsOwn(p string) finding {
	for _, at := range above(p) {
		entry, err := e.Lstat(at)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fail("apt install --reinstall estran sway foot bubblewrap", "%s manque.", at)
		case err != nil:
			return unknown("Regarder : ls -ld "+at, "%s ne peut pas être lu.", at)
		case entry.Mode.Type() != 0 && !entry.Mode.IsDir():
			return fail("Mettre un vrai fichier à la place du lien.", "%s n'est pas un fichier ordinaire.", at)
		case !entry.rootsOwn():
			return fail("chown root:root "+at+" && chmod go-w "+at,
				"%s n'est pas à root seul : compte %d, droits %04o.", at, entry.UID, entry.Mode.Perm())
		}
	}
	return fine("%s est à root.", p)
}

// above is a path and the directories above it, from the root down.
func above(p string) []string {
	all := []string{p}
	for p != "/" {
		p = path.Dir(p)
		all = append(all, p)
	}
	slices.Reverse(all)
	return all
}
