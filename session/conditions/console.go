package conditions

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"estran/session"
)

var console = condition{
	id: "console", title: "Consoles fermées", fault: session.FaultConsole,
	why:   "Une invite de connexion ou un interpréteur sur une console est une porte à côté de la station.",
	probe: lookAtConsole,
}

// lookAtConsole asks systemd, then looks at the processes themselves: one that has a console for its terminal waits for
// somebody to type there, whoever started it. The login that estrand opens for IT is none of both.
func lookAtConsole(_ context.Context, e *exam) finding {
	const mend = "systemctl daemon-reload && reboot (le paquet masque ces unités au démarrage) ; sinon : systemctl mask --now "
	units, err := e.units()
	if err != nil {
		return unknown("Regarder : systemctl list-units 'getty@*' debug-shell.service", "systemd ne répond pas : %v.", err)
	}
	asked := 0
	for _, name := range slices.Sorted(maps.Keys(units)) {
		if !isPrompt(name) {
			continue
		}
		asked++
		if u := units[name]; !u.cannotStart() {
			return fail(mend+name, "%s : %s, %s.", name, u.load, u.active)
		}
	}
	if asked < fixedPrompts() {
		return unknown("Regarder : systemctl list-units 'getty@*' debug-shell.service", "systemd ne dit pas tout de ses unités.")
	}
	holder, err := e.consoleHolder(units[promptUnit].active == "active")
	switch {
	case err != nil:
		return unknown("Lancer cette vérification en root.", "Les processus ne peuvent pas être lus : %v.", err)
	case holder != "":
		return fail("Trouver qui le lance (ps -e -o pid,tty,unit,comm), et l'arrêter.", "Un processus tient une console : %s.", holder)
	}
	return fine("Ni invite, ni interpréteur sur une console.")
}

// isPrompt says that a unit is one of prompts.
func isPrompt(name string) bool {
	return slices.ContainsFunc(prompts, func(p string) bool {
		if prefix, pattern := strings.CutSuffix(p, "*"); pattern {
			return strings.HasPrefix(name, prefix)
		}
		return name == p
	})
}

// fixedPrompts is how many of prompts systemd tells of, at least.
func fixedPrompts() (n int) {
	for _, p := range prompts {
		if !strings.HasSuffix(p, "*") {
			n++
		}
	}
	return n
}

// consoleHolder names a process whose terminal is a console, "" for none. maintenance leaves tty1 to IT.
func (e *exam) consoleHolder(maintenance bool) (string, error) {
	names, err := e.ReadDir("/proc")
	if err != nil {
		return "", err
	}
	seen := 0
	for _, pid := range names {
		if _, err := strconv.Atoi(pid); err != nil {
			continue
		}
		stat, err := e.ReadFile("/proc/" + pid + "/stat")
		if err != nil {
			continue // it ended
		}
		command, tty, ok := terminalOf(string(stat))
		if !ok {
			continue
		}
		seen++
		if name := consoleName(tty); name != "" && (name != "tty1" || !maintenance) {
			return command + " (" + pid + ", " + name + ")", nil
		}
	}
	if seen == 0 {
		return "", errNoProcesses
	}
	return "", nil
}

// terminalOf reads the command and the terminal's device of a process (proc_pid_stat(5), fields 2 and 7). The command is
// in brackets and may hold any sign.
func terminalOf(stat string) (command string, tty uint64, ok bool) {
	open, closing := strings.IndexByte(stat, '('), strings.LastIndexByte(stat, ')')
	if open < 0 || closing < open {
		return "", 0, false
	}
	f := strings.Fields(stat[closing+1:])
	if len(f) < 5 {
		return "", 0, false
	}
	n, err := strconv.ParseInt(f[4], 10, 64)
	return printable(stat[open+1 : closing]), uint64(n), err == nil
}

// consoleName names a console by its device, "" for a pseudo-terminal or none (Documentation/admin-guide/devices.txt;
// the number is put together as in proc_pid_stat(5)).
func consoleName(tty uint64) string {
	major, minor := tty>>8&0xfff, tty&0xff|tty>>12&0xfff00
	switch {
	case major == 4 && minor >= 1 && minor < 64:
		return "tty" + strconv.FormatUint(minor, 10)
	case major == 4 && minor >= 64:
		return "ttyS" + strconv.FormatUint(minor-64, 10)
	case major == 5 && minor == 1:
		return "console"
	case major == 204:
		return "ttyAMA" + strconv.FormatUint(minor-64, 10)
	case major == 229:
		return "hvc" + strconv.FormatUint(minor, 10)
	default:
		return ""
	}
}
