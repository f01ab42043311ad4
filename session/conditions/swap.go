package conditions

import (
	"context"
	"path"
	"strings"

	"estran/session"
)

var swap = condition{
	id: "swap", title: "Mémoire d'échange", fault: session.FaultSwap,
	why:   "Une mémoire d'échange (swap) peut garder des pages d'une session sur le disque, après elle.",
	probe: lookAtSwap,
}

func lookAtSwap(_ context.Context, e *exam) finding {
	table, err := e.ReadFile("/proc/swaps")
	head, rest, _ := strings.Cut(string(table), "\n")
	if err != nil || !strings.HasPrefix(head, "Filename") {
		return unknown("Regarder : swapon --show", "/proc/swaps ne peut pas être lu.")
	}
	var compressed []string
	for line := range strings.Lines(rest) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		name := path.Base(f[0])
		if !strings.HasPrefix(f[0], "/dev/zram") {
			return fail("swapoff -a ; enlever la ligne de /etc/fstab ; vérifier systemd.swap=no dans /proc/cmdline",
				"Une mémoire d'échange est ouverte : %s.", f[0])
		}
		// A zram may write its pages to a disk (Documentation/admin-guide/blockdev/zram.rst, writeback).
		if backing, err := e.text("/sys/block/" + name + "/backing_dev"); err != nil || backing != "none" {
			return fail("swapoff "+f[0]+" ; enlever son disque de réserve (backing_dev), ou se passer de zram",
				"%s peut écrire sur un disque.", f[0])
		}
		compressed = append(compressed, f[0])
	}
	if len(compressed) > 0 {
		return warn("swapoff "+strings.Join(compressed, " ")+" ; apt purge zram-tools systemd-zram-generator",
			"%s garde des pages compressées, en mémoire seulement.", strings.Join(compressed, ", "))
	}
	return fine("Aucune.")
}
