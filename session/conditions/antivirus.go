package conditions

import (
	"context"
	"time"

	"estran/session"
)

var antivirus = condition{
	id: "antivirus", title: "Antivirus",
	why:   "Sans antivirus à jour, aucun fichier d'une clé n'est dit sûr : les personnes voient « Non vérifié ».",
	probe: lookAtAntivirus,
}

func lookAtAntivirus(ctx context.Context, e *exam) finding {
	const update = "systemctl status clamav-freshclam ; freshclam"
	c, err := e.config()
	if err != nil {
		return unknown("Corriger les réglages.", "Les réglages ne peuvent pas être lus.")
	}
	status := e.Antivirus(ctx, string(c.Media.Antivirus))
	switch status.Problem {
	case session.ReasonNone:
	case session.ReasonNoAntivirus:
		return fail("systemctl status clamav-daemon (il lui faut 1,5 Go de mémoire, et une liste : freshclam)",
			"clamd ne répond pas sur %s.", c.Media.Antivirus)
	case session.ReasonNoSignatures:
		return fail(update, "clamd ne reconnaît pas le fichier d'essai : il n'a pas de liste de virus.")
	default:
		return fail("systemctl restart clamav-daemon", "clamd ne répond pas comme il faut (%s).", status.Problem)
	}
	if status.Signatures.IsZero() {
		return unknown(update, "clamd répond, mais la date de sa liste est inconnue.")
	}
	age := e.Now().Sub(status.Signatures)
	days := int(age.Hours() / 24)
	switch {
	case age >= session.SignaturesTooOld:
		return fail(update, "La liste de virus a %d jours.", days)
	case age >= session.SignaturesOld:
		return warn(update, "La liste de virus a %d jours.", days)
	case age < -24*time.Hour:
		return warn("timedatectl", "La liste de virus est de demain : l'horloge du poste retarde.")
	}
	return fine("clamd reconnaît le fichier d'essai ; sa liste est du %s.", status.Signatures.Format("02/01/2006"))
}
