package conditions

import (
	"context"
	"fmt"
	"strings"
	"time"
)

var clock = condition{
	id: "clock", title: "Horloge",
	why: "Une horloge fausse rend les sites sûrs inaccessibles, et fausse l'âge de l'antivirus et la main courante.",
	probe: func(ctx context.Context, e *exam) finding {
		const mend = "timedatectl set-ntp true ; apt install systemd-timesyncd"
		out, err := e.Run(ctx, "timedatectl", "show", "--property=NTPSynchronized")
		switch {
		case err != nil:
			return unknown("Regarder : timedatectl", "timedatectl ne répond pas : %v.", err)
		case strings.TrimSpace(out) == "NTPSynchronized=yes":
			return fine("Elle est à l'heure du réseau.")
		case strings.TrimSpace(out) == "NTPSynchronized=no":
			return warn(mend, "Elle n'est pas réglée sur le réseau.")
		}
		return unknown(mend, "timedatectl répond autre chose.")
	},
}

// sinceWords is a length of time in a sentence.
func sinceWords(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d secondes", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d heures", int(d.Hours()))
	default:
		return fmt.Sprintf("%d jours", int(d.Hours()/24))
	}
}
