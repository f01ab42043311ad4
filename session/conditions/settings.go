package conditions

import (
	"context"
	"errors"
	"io/fs"
	"strconv"
	"strings"
)

// kernelSetting is a line of /usr/lib/sysctl.d/90-estran.conf: a value of at least least, or exactly it.
type kernelSetting struct {
	name    string
	value   int
	atLeast bool
	// mayLack says that a kernel without the setting lacks what it turns off, too.
	mayLack bool
}

var kernelSettingsWanted = []kernelSetting{
	{name: "kernel.sysrq", value: 0, mayLack: true},
	{name: "kernel.ctrl-alt-del", value: 0},
	{name: "fs.suid_dumpable", value: 0},
	{name: "kernel.kexec_load_disabled", value: 1, mayLack: true},
	{name: "kernel.dmesg_restrict", value: 1},
	{name: "kernel.kptr_restrict", value: 1, atLeast: true},
	{name: "kernel.yama.ptrace_scope", value: 1, atLeast: true},
	{name: "dev.tty.legacy_tiocsti", value: 0}, // Linux 6.2
	{name: "dev.tty.ldisc_autoload", value: 0},
	{name: "kernel.unprivileged_bpf_disabled", value: 1, atLeast: true, mayLack: true},
	{name: "kernel.perf_event_paranoid", value: 2, atLeast: true, mayLack: true},
	{name: "kernel.io_uring_disabled", value: 2}, // Linux 6.6
	{name: "vm.unprivileged_userfaultfd", value: 0, mayLack: true},
	{name: "fs.protected_symlinks", value: 1},
	{name: "fs.protected_hardlinks", value: 1},
}

var kernelSettings = condition{
	id: "kernel-settings", title: "Réglages du noyau",
	why:   "Ces réglages ferment des portes : touches magiques, journal du noyau, espionnage entre programmes.",
	probe: lookAtKernelSettings,
}

func lookAtKernelSettings(_ context.Context, e *exam) finding {
	const mend = "sysctl --system (réglages dans /usr/lib/sysctl.d/90-estran.conf ; un fichier de /etc/sysctl.d peut les changer)"
	var wrong, absent, unread []string
	for _, s := range kernelSettingsWanted {
		// A dot in the name is a slash in the path, and none of these names has a slash of its own (sysctl(8)).
		text, err := e.text("/proc/sys/" + strings.ReplaceAll(s.name, ".", "/"))
		value, notNumber := strconv.Atoi(text)
		switch {
		case errors.Is(err, fs.ErrNotExist) && s.mayLack:
		case errors.Is(err, fs.ErrNotExist):
			absent = append(absent, s.name)
		case err != nil || notNumber != nil:
			unread = append(unread, s.name)
		case value != s.value && (!s.atLeast || value < s.value):
			wrong = append(wrong, s.name+"="+text)
		}
	}
	switch {
	case len(unread) > 0:
		return unknown("Lancer cette vérification en root.", "Ne se lisent pas : %s.", strings.Join(unread, ", "))
	case len(wrong) > 0:
		return warn(mend, "Autres que prévu : %s.", strings.Join(append(wrong, absent...), ", "))
	case len(absent) > 0:
		return warn("Passer à Debian 13 (noyau 6.6 ou plus).", "Ce noyau n'a pas de quoi fermer : %s.", strings.Join(absent, ", "))
	}
	return fine("Les %d réglages sont ceux d'Estran.", len(kernelSettingsWanted))
}

var consoleKeys = condition{
	id: "console-keys", title: "Touches de console",
	why:   "Ctrl+Alt+F2 ou Ctrl+Alt+Suppr ne doivent ni ouvrir une console, ni couper le poste avant l'effacement.",
	probe: lookAtConsoleKeys,
}

func lookAtConsoleKeys(ctx context.Context, e *exam) finding {
	var wrong []string
	for _, want := range []struct{ file, section, key, value string }{
		{"logind.conf", "Login", "NAutoVTs", "0"},
		{"logind.conf", "Login", "ReserveVT", "0"},
		{"system.conf", "Manager", "CtrlAltDelBurstAction", "none"},
	} {
		value, err := e.setting(ctx, want.file, want.section, want.key)
		if err != nil {
			return unknown("Regarder : systemd-analyze cat-config systemd/"+want.file, "Les réglages de systemd ne se lisent pas : %v.", err)
		}
		if value != want.value {
			wrong = append(wrong, want.key+"="+value+" au lieu de "+want.value)
		}
	}
	units, err := e.units()
	if err != nil {
		return unknown("Regarder : systemctl status ctrl-alt-del.target", "systemd ne répond pas : %v.", err)
	}
	if !units["ctrl-alt-del.target"].cannotStart() {
		wrong = append(wrong, "ctrl-alt-del.target n'est pas masqué")
	}
	if len(wrong) > 0 {
		return warn("Ôter de /etc/systemd ce qui contredit /usr/lib/systemd/*.conf.d/50-estran.conf, puis redémarrer.",
			"%s.", strings.Join(wrong, " ; "))
	}
	return fine("Aucune touche n'ouvre une console ni ne coupe le poste.")
}
