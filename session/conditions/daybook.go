package conditions

import (
	"context"
	"path"

	"estran/session/daybook"
)

var mainCourante = condition{
	id: "daybook", title: "Main courante",
	why: "Elle dit qui est intervenu sur le poste ; une ligne changée ou ôtée doit se voir.",
	probe: func(_ context.Context, e *exam) finding {
		dir, sure := e.stateDir()
		if !sure {
			return unknown("Corriger les réglages.", "Les réglages ne peuvent pas être lus.")
		}
		r, err := e.Daybook(path.Join(dir, path.Base(daybook.Path)))
		switch {
		case err != nil:
			return unknown("Lancer cette vérification en root.", "Elle ne se lit pas : %v.", err)
		case r.Broken != nil:
			return fail("La comparer à une copie ; la mettre de côté (mv), une nouvelle commencera.",
				"La chaîne est rompue à la ligne %d.", r.Broken.Line)
		case r.Cut:
			return warn("Rien : la prochaine écriture le notera.", "Sa dernière ligne a été coupée par une panne.")
		case len(r.Entries) == 0:
			return fine("Elle est vide.")
		}
		return fine("%d lignes, et la chaîne tient.", len(r.Entries))
	},
}
