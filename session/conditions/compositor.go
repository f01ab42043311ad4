package conditions

import (
	"context"
	"slices"
)

var compositor = condition{
	id: "compositor", title: "Écran cloisonné",
	why: "Le navigateur ne doit ni photographier l'écran, ni taper à la place d'une personne, ni lire son presse-papiers.",
	probe: func(ctx context.Context, e *exam) finding {
		offers, err := e.Compositor(ctx)
		if err != nil {
			return unknown("systemctl status estran-seat", "L'écran (sway) ne répond pas : %v.", err)
		}
		if !slices.Contains(offers, "wp_security_context_manager_v1") {
			return warn("Passer à Debian 13 : sway 1.10 ou plus.",
				"sway ne sait pas cloisonner le navigateur (wp_security_context_v1) : seul son bac à sable le tient, "+
					"et un Firefox piraté verrait tout l'écran et pourrait y taper.")
		}
		return fine("sway sait cloisonner le navigateur (wp_security_context_v1).")
	},
}
