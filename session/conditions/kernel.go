package conditions

import (
	"context"
	"strings"

	"estran/session"
)

// cmdlineMend is how the kernel's command line is mended: the package's own file has all that is needed.
const cmdlineMend = "update-grub && reboot ; les options sont dans /etc/default/grub.d/50-estran.cfg"

var freedMemory = condition{
	id: "freed-memory", title: "Mémoire libérée réécrite", fault: session.FaultKernel,
	why:   "Sans init_on_free=1, la mémoire rendue par un navigateur fermé garde ce que la personne a lu et tapé.",
	probe: lookAtFreedMemory,
}

func lookAtFreedMemory(_ context.Context, e *exam) finding {
	cmdline, err := e.cmdline()
	if err != nil {
		return unknown(cmdlineMend, "/proc/cmdline ne peut pas être lu.")
	}
	switch value, there := option(cmdline, "init_on_free"); {
	case !there:
		return fail(cmdlineMend, "Le noyau a démarré sans init_on_free=1.")
	case value != "1":
		return fail(cmdlineMend, "Le noyau a démarré avec init_on_free=%s.", value)
	}
	// Poisoning takes the place of it (mm/mm_init.c, mem_debugging_and_hardening_init).
	for _, poison := range []string{"page_poison", "debug_pagealloc"} {
		if value, there := option(cmdline, poison); there && value != "0" && value != "off" {
			return fail("Enlever "+poison+" de la ligne de commande du noyau, puis : update-grub && reboot",
				"%s=%s ôte son effet à init_on_free=1.", poison, value)
		}
	}
	return fine("Le noyau a démarré avec init_on_free=1.")
}

// hardening are the other options of 50-estran.cfg.
var hardening = []string{
	"init_on_alloc=1", "systemd.swap=no", "noresume", "panic=30", "rd.shell=0", "rd.emergency=reboot",
	"systemd.crash_shell=no", "systemd.debug_shell=no", "systemd.getty_auto=no", "debugfs=off", "slab_nomerge",
	"page_alloc.shuffle=1", "randomize_kstack_offset=on", "vsyscall=none",
}

// ways are options with which a kernel starts something else than the station (kernel-parameters.txt, systemd(1)).
var ways = []string{"init", "rdinit", "single", "emergency", "rescue", "S", "1", "s", "rd.break", "break"}

var kernelOptions = condition{
	id: "kernel-options", title: "Options du noyau",
	why:   "Ces options ferment des portes : consoles de secours, mémoire prêtée, adresses devinables.",
	probe: lookAtKernelOptions,
}

func lookAtKernelOptions(_ context.Context, e *exam) finding {
	cmdline, err := e.cmdline()
	if err != nil {
		return unknown(cmdlineMend, "/proc/cmdline ne peut pas être lu.")
	}
	for _, way := range ways {
		if _, there := option(cmdline, way); there {
			return fail("Enlever « "+way+" » de la ligne de commande du noyau, puis : update-grub && reboot",
				"Le noyau a démarré avec « %s », qui ouvre autre chose que la station.", way)
		}
	}
	var missing []string
	for _, o := range hardening {
		name, want, _ := strings.Cut(o, "=")
		if value, there := option(cmdline, name); !there || value != want {
			missing = append(missing, o)
		}
	}
	if len(missing) > 0 {
		return warn(cmdlineMend, "Il manque : %s.", strings.Join(missing, " "))
	}
	return fine("Les %d options de protection y sont.", len(hardening))
}
