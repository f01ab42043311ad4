package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"estran/session"
	"estran/session/assist/activity"
	"estran/session/assist/agents"
	"estran/session/conditions"
	"estran/session/daybook"
	"estran/session/sessiontest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"estranctl": func() {
		here = thereFrom(os.Getenv)
		main()
	}})
}

// thereFrom is the computer of a script: its files are under $WORK, its bus is $BUS.
func thereFrom(getenv func(string) string) system {
	dir := getenv("WORK")
	s := here
	s.bus = getenv("BUS")
	if s.bus == "" {
		s.bus = "unix:path=" + filepath.Join(dir, "no-bus")
	}
	s.book = func() daybook.Book { return daybook.Book{Path: filepath.Join(dir, "daybook")} }
	s.agents = func() *agents.House { return agentsOf(getenv) }
	s.accessLog = func() (string, session.AccessLogConfig, error) {
		path, c := filepath.Join(dir, "access-log"), session.Defaults().AccessLog
		c.Enabled = getenv("ACCESS_LOG") == "on"
		if getenv("ACCESS_LOG") == "unknown" {
			return path, session.AccessLogConfig{}, errors.New("line 3")
		}
		return path, c, nil
	}
	s.activity = func() (*activity.Tally, error) { return tallyFrom(dir, getenv) }
	s.password = filepath.Join(dir, "grub.password")
	s.cmdline, s.loginUID = filepath.Join(dir, "cmdline"), filepath.Join(dir, "loginuid")
	s.look = func(ctx context.Context) []conditions.Result { return lookFor(ctx, getenv("LOOK")) }
	s.run = func(_ context.Context, program string, args ...string) error {
		f, err := os.OpenFile(filepath.Join(dir, "ran"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.WriteString(strings.Join(append([]string{program}, args...), " ") + "\n")
		if getenv("BROKEN") == program {
			return errors.New("exit status 1")
		}
		return err
	}
	s.euid = func() int {
		if getenv("AS") == "agent" {
			return 1000
		}
		return 0
	}
	s.confined = func() error {
		if getenv("AS") == "confined" {
			return errors.New("il manque CAP_SYS_ADMIN")
		}
		return nil
	}
	s.settle = time.Minute
	return s
}

// lookFor is a look at a computer that is as the script wants it.
func lookFor(ctx context.Context, how string) []conditions.Result {
	fine := conditions.Result{
		ID: "sandbox", Title: "Bac à sable", Found: "Un bac à sable vient d'être fait.", Why: "Le navigateur ne doit rien voir.",
		State: conditions.OK, Fault: session.FaultSandbox,
	}
	warns := conditions.Result{
		ID: "clock", Title: "Horloge", Found: "Elle n'est pas réglée sur le réseau.", Why: "Une horloge fausse ferme des sites.",
		Mend: "timedatectl set-ntp true", State: conditions.Warning,
	}
	fails := conditions.Result{
		ID: "swap", Title: "Mémoire d'échange", Found: "Une mémoire d'échange est ouverte : /dev/sda3.",
		Why: "Elle peut garder des pages d'une session.", Mend: "swapoff -a", State: conditions.Failed, Fault: session.FaultSwap,
	}
	unknown := conditions.Result{
		ID: "console", Title: "Consoles fermées", Found: "systemd ne répond pas.", Why: "Une console est une porte.",
		Mend: "systemctl status", Fault: session.FaultConsole,
	}
	switch how {
	case "fine":
		return []conditions.Result{fine}
	case "warns":
		return []conditions.Result{fine, warns}
	case "fails":
		return []conditions.Result{fine, warns, fails}
	case "unknown":
		return []conditions.Result{fine, unknown}
	case "nothing":
		return nil
	default:
		return conditions.Look(ctx, conditions.ThisHost())
	}
}

func TestScripts(t *testing.T) {
	sessiontest.Need(t, "dbus-daemon", "bwrap", "clamd", "setpriv")
	// A station mounts its session's memory, and its wipe fails when somebody else has that.
	if sessiontest.TestInOwnMounts(t) {
		return
	}
	t.Cleanup(stopClamd)
	testscript.RunT(inTurn{t}, testscript.Params{
		Dir:       "testdata",
		Condition: scanCondition,
		Setup: func(e *testscript.Env) error {
			// A test that runs as root has no login of its own in here.
			for file, text := range map[string]string{"cmdline": "quiet systemd.unit=graphical.target\n", "loginuid": "4294967295\n"} {
				if err := os.WriteFile(filepath.Join(e.WorkDir, file), []byte(text), 0o600); err != nil {
					return err
				}
			}
			if err := os.Mkdir(filepath.Join(e.WorkDir, "kept"), 0o700); err != nil {
				return err
			}
			e.Vars = append(e.Vars, "TZ=UTC", "ESC=\x1b", "RTL=\u202e", "RIGHTLESS="+rightless())
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"station": stationCommand, "mode": modeCommand, "antivirus": antivirusCommand, "odd": oddCommand,
			"code": codeCommand, "signin": signInCommand, "scanned": scannedCommand, "ordered": orderedCommand,
			"harmless": harmlessCommand, "counted": countedCommand,
		},
	})
}

// inTurn runs scripts one after the other: the sandbox that one script tries has, for a moment, a copy of what is mounted
// by the station of another.
type inTurn struct{ *testing.T }

func (inTurn) Parallel() {}

func (t inTurn) Run(name string, f func(testscript.T)) {
	t.T.Run(name, func(t *testing.T) { f(inTurn{t}) })
}

func (inTurn) Verbose() bool { return testing.Verbose() }

// modeCommand says that a file has those permissions: mode 600 FILE.
func modeCommand(ts *testscript.TestScript, neg bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strings.TrimLeft(info.Mode().String(), "-"); (got == args[0]) == neg {
		ts.Fatalf("%s is %s", args[1], got)
	}
}
