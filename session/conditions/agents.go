package conditions

import (
	"context"
	"fmt"
	"strings"

	"estran/session/assist/agents"
)

// helpers are the accounts of agents. The station opens to visitors whatever is wrong with them: nobody signs in then.
var helpers = condition{
	id: "agents", title: "Agents",
	why:   "Un agent aide des visiteurs : son compte est à lui seul, revu chaque année, et fermé à qui l'essaie.",
	probe: lookAtAgents,
}

func lookAtAgents(_ context.Context, e *exam) finding {
	dir, sure := e.stateDir()
	if !sure {
		return unknown("Corriger les réglages.", "Les réglages ne peuvent pas être lus.")
	}
	r, err := e.Agents(dir)
	switch {
	case err != nil:
		return fail("Suivre ce que dit l'erreur, ou remettre la copie d'avant ; en root.",
			"Aucun agent ne peut entrer, le fichier n'est pas sûr : %s.", printable(err.Error()))
	case r.Tries != nil:
		return fail("Chercher pourquoi, puis : estranctl agent unblock --all",
			"Aucun agent ne peut entrer, le compte des essais n'est pas sûr : %s.", printable(r.Tries.Error()))
	case r.ClockBehind:
		return fail("Régler l'horloge : timedatectl ; ou revoir les agents : estranctl agent review --all",
			"Aucun agent ne peut entrer : l'horloge est en retard sur leur fichier.")
	case len(r.Agents) == 0:
		return fine("Il n'y en a aucun : le poste sert les visiteurs seuls.")
	}
	return standing(r.Agents)
}

// standing tells the accounts that somebody has to look at. One that is switched off needs nothing.
func standing(all []agents.Standing) finding {
	var blocked, expired, due, codeless []string
	for _, a := range all {
		switch {
		case a.Disabled:
		case a.Blocked:
			blocked = append(blocked, a.Login)
		case a.Expired:
			expired = append(expired, a.Login)
		case a.Due:
			due = append(due, a.Login)
		case !a.HasCode:
			codeless = append(codeless, a.Login)
		}
	}
	var found, mend []string
	for _, n := range []struct {
		logins     []string
		what, mend string
	}{
		{blocked, "bloqués", "estranctl agent unblock, après avoir demandé à l'agent ce qui s'est passé"},
		{expired, "expirés", "estranctl agent review, ou remove"},
		{due, fmt.Sprintf("à revoir dans les %d jours", agents.DueDays), "estranctl agent review, ou remove"},
		{codeless, "sans code", "estranctl agent rotate"},
	} {
		if len(n.logins) > 0 {
			found = append(found, n.what+" : "+list(n.logins))
			mend = append(mend, n.mend)
		}
	}
	if len(found) == 0 {
		return fine("%d, à jour.", len(all))
	}
	return warn(strings.Join(mend, " ; ")+".", "%d, dont %s.", len(all), strings.Join(found, " ; "))
}
