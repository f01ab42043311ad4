package conditions

import (
	"context"
	"strconv"
	"strings"

	"estran/session"
)

var sandbox = condition{
	id: "sandbox", title: "Bac à sable", fault: session.FaultSandbox,
	why: "Le navigateur ne doit voir ni l'ordinateur, ni une autre session.",
	probe: func(ctx context.Context, e *exam) finding {
		if err := e.Sandbox(ctx); err != nil {
			return fail("apt install bubblewrap ; puis regarder : sysctl kernel.unprivileged_userns_clone user.max_user_namespaces",
				"Le bac à sable ne peut pas être fait : %v.", err)
		}
		return fine("Un bac à sable vient d'être fait, puis fermé.")
	},
}

var sessionMemory = condition{
	id: "session-memory", title: "Mémoire de session", fault: session.FaultMemory,
	why: "Une session n'écrit que dans une mémoire qui disparaît avec elle.",
	probe: func(_ context.Context, e *exam) finding {
		const mend = "Baisser session.memory dans " + session.ConfigPath + " à la moitié de la mémoire de l'ordinateur."
		c, err := e.config()
		if err != nil {
			return unknown("Corriger "+session.ConfigPath+".", "Les réglages ne peuvent pas être lus.")
		}
		size := int64(c.Session.Memory)
		noswap, err := e.Tmpfs(size)
		if err != nil {
			return fail("Libérer de la mémoire, ou redémarrer. Lancer cette vérification en root.",
				"La mémoire d'une session ne peut pas être montée : %v.", err)
		}
		total, known := e.totalMemory()
		switch {
		case !known:
			return warn("Regarder /proc/meminfo.", "La mémoire se monte, mais celle de l'ordinateur est inconnue.")
		case size > total*3/4:
			return warn(mend, "Une session peut prendre %s, et l'ordinateur a %s : il peut manquer de mémoire.",
				c.Session.Memory, mebibytes(total))
		case !noswap:
			return warn("Passer à Debian 13 (noyau 6.4 ou plus).",
				"La mémoire se monte, mais ce noyau ne sait pas l'interdire d'échange (noswap).")
		}
		return fine("Une session peut prendre %s, interdits d'échange (noswap), sur %s.", c.Session.Memory, mebibytes(total))
	},
}

// totalMemory is the memory of the computer, in bytes (proc(5), meminfo).
func (e *exam) totalMemory() (int64, bool) {
	table, err := e.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(table)) {
		f := strings.Fields(line)
		if len(f) == 3 && f[0] == "MemTotal:" && f[2] == "kB" {
			n, err := strconv.ParseInt(f[1], 10, 64)
			return n << 10, err == nil && n > 0
		}
	}
	return 0, false
}

func mebibytes(n int64) string { return strconv.FormatInt(n>>20, 10) + " MiB" }
