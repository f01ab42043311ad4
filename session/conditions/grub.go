package conditions

import (
	"context"
	"errors"
	"io/fs"
	"regexp"
	"strings"
)

// grubPassword is what estranctl maintenance password writes (grub-mkpasswd-pbkdf2(1)).
const grubPassword = "/etc/estran/grub.password"

var grubHash = regexp.MustCompile(`^grub\.pbkdf2\.sha512\.[0-9]+\.[0-9A-Fa-f]+\.[0-9A-Fa-f]+$`)

var bootMenu = condition{
	id: "boot-menu", title: "Menu de démarrage",
	why:   "Sans mot de passe, l'informatique n'a pas d'entrée de maintenance ; sans verrou, on y ouvre un interpréteur root.",
	probe: lookAtBootMenu,
}

func lookAtBootMenu(_ context.Context, e *exam) finding {
	menu, err := e.ReadFile("/boot/grub/grub.cfg")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return unknown("Protéger par un mot de passe le programme de démarrage qui est en place.", "Ce poste ne démarre pas par GRUB.")
	case err != nil:
		return unknown("Lancer cette vérification en root.", "/boot/grub/grub.cfg ne se lit pas.")
	case !strings.Contains(string(menu), `set superusers="dsi"`):
		return fail("update-grub", "Le menu de démarrage n'est pas verrouillé.")
	}
	entry, err := e.Lstat(grubPassword)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return warn("estranctl maintenance password", "Le menu est verrouillé, mais il n'a pas de mot de passe : pas d'entrée de maintenance.")
	case err != nil:
		return unknown("Lancer cette vérification en root.", "%s ne se lit pas.", grubPassword)
	case entry.UID != 0 || !entry.Mode.IsRegular() || entry.Mode.Perm()&0o077 != 0:
		return fail("chown root:root "+grubPassword+" && chmod 0600 "+grubPassword, "D'autres que root lisent %s.", grubPassword)
	}
	hash, err := e.text(grubPassword)
	switch {
	case err != nil:
		return unknown("Lancer cette vérification en root.", "%s ne se lit pas.", grubPassword)
	case !grubHash.MatchString(hash):
		return fail("estranctl maintenance password", "%s n'est pas une ligne de grub-mkpasswd-pbkdf2.", grubPassword)
	case !strings.Contains(string(menu), hash):
		return warn("update-grub", "Le mot de passe n'est pas encore dans le menu de démarrage.")
	}
	return fine("Il est verrouillé, et a un mot de passe.")
}
