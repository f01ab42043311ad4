package conditions

import (
	"context"
	"slices"
	"strings"

	"estran/session"
)

var printing = condition{
	id: "printing", title: "Impression",
	why:   "CUPS garde d'ordinaire les documents imprimés : l'effacement échouerait, et la station s'arrêterait (E30).",
	probe: lookAtPrinting,
}

func lookAtPrinting(ctx context.Context, e *exam) finding {
	c, err := e.config()
	if err != nil {
		return unknown("Corriger les réglages.", "Les réglages ne peuvent pas être lus.")
	}
	if c.Printing.Queue == "" {
		return fine("Aucune : printing.queue est vide.")
	}
	queue, disabled := e.Queue(ctx, c.Printing)
	switch {
	case queue == "" && c.Printing.Queue == defaultQueue:
		return fail("lpadmin -d FILE", "CUPS n'a pas de file par défaut.")
	case queue == "":
		return fail("lpstat -p ; corriger printing.queue dans les réglages", "La file %s n'existe pas.", printable(c.Printing.Queue))
	case disabled:
		return fail("cupsenable "+printable(queue), "La file %s est arrêtée : rien ne s'imprime.", printable(queue))
	}
	conf, err := e.ReadFile("/etc/cups/cupsd.conf")
	if err != nil {
		return unknown("Sur le serveur d'impression, écrire PreserveJobFiles No et PreserveJobHistory No dans cupsd.conf.",
			"Ce que CUPS garde ne se lit pas ici.")
	}
	for _, key := range []string{"PreserveJobFiles", "PreserveJobHistory"} {
		if !turnedOff(string(conf), key) {
			return fail("Écrire « "+key+" No » dans /etc/cups/cupsd.conf, puis : systemctl restart cups",
				"CUPS garde ce qui est imprimé (%s).", key)
		}
	}
	return fine("La file %s est prête, et CUPS ne garde rien.", printable(queue))
}

// defaultQueue is the settings' word for the default queue of CUPS.
const defaultQueue = "default"

// Queue gives the CUPS queue that the settings mean, "" where there is none, and whether somebody stopped it (cupsdisable(8)).
func (h Host) Queue(ctx context.Context, c session.PrintingConfig) (name string, disabled bool) {
	name = c.Queue
	if name == defaultQueue {
		// « system default destination: Accueil »
		out, err := h.Run(ctx, "lpstat", "-d")
		_, chosen, found := strings.Cut(strings.TrimSpace(out), ": ")
		if err != nil || !found {
			return "", false
		}
		name = chosen
	}
	if name == "" {
		return "", false
	}
	// « printer Accueil disabled since Thu 26 Nov 2026 »
	out, err := h.Run(ctx, "lpstat", "-p", name)
	if err != nil {
		return "", false
	}
	return name, strings.HasPrefix(out, "printer "+name+" disabled")
}

// turnedOff says that a directive of cupsd.conf(5) is there and off; names and values take any case, and the last counts.
func turnedOff(conf, key string) bool {
	off := false
	for line := range strings.Lines(conf) {
		f := strings.Fields(line)
		if len(f) >= 2 && strings.EqualFold(f[0], key) {
			off = slices.Contains([]string{"no", "off", "false"}, strings.ToLower(f[1]))
		}
	}
	return off
}
