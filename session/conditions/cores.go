package conditions

import (
	"context"
	"strings"

	"estran/session"
)

var coreDumps = condition{
	id: "core-dumps", title: "Vidages mémoire fermés", fault: session.FaultCores,
	why:   "Un programme qui s'arrête brutalement peut écrire toute sa mémoire sur le disque.",
	probe: lookAtCores,
}

func lookAtCores(ctx context.Context, e *exam) finding {
	const mend = "sysctl --system (kernel.core_pattern est dans /usr/lib/sysctl.d/90-estran.conf)"
	pattern, err := e.text("/proc/sys/kernel/core_pattern")
	if err != nil {
		return unknown(mend, "kernel.core_pattern ne peut pas être lu.")
	}
	program, _, _ := strings.Cut(pattern, " ")
	switch {
	case program == "|/bin/false" || program == "|/usr/bin/false":
	case strings.HasSuffix(program, "/systemd-coredump") && strings.HasPrefix(program, "|/"):
		storage, err := e.setting(ctx, "coredump.conf", "Coredump", "Storage")
		if err != nil || storage != "none" {
			return fail(mend, "systemd-coredump garde les vidages (Storage=%s).", storage)
		}
	default:
		return fail(mend, "kernel.core_pattern est « %s ».", printable(pattern))
	}
	// A kernel that crashes may write all memory to the disk through another one (kexec_load(2), KEXEC_ON_CRASH).
	if loaded, err := e.text("/sys/kernel/kexec_crash_loaded"); err == nil && loaded != "0" {
		return fail("apt purge kdump-tools && reboot", "Un noyau de secours (kdump) peut écrire toute la mémoire sur le disque.")
	}
	if kept, err := e.ReadDir("/var/lib/systemd/coredump"); err == nil && len(kept) > 0 {
		return warn("rm -f /var/lib/systemd/coredump/*", "%d vidages d'avant l'installation sont sur le disque.", len(kept))
	}
	return fine("Aucun programme ne laisse de vidage.")
}
