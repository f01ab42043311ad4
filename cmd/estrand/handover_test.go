package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/daybook"
	"estran/session/station"
)

// stepVariable makes the test program play estrand: it renews itself once, then tells what it inherited.
const stepVariable = "ESTRAN_TEST_RENEW"

func TestMain(m *testing.M) {
	switch os.Getenv(stepVariable) {
	case "":
		os.Exit(m.Run())
	case "before":
		os.Setenv(stepVariable, "after")
		if err := renew(handed()); err != nil {
			os.Stderr.WriteString(err.Error())
		}
		os.Exit(exitError)
	case "after":
		h, err := inherited()
		if err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(exitError)
		}
		_ = json.NewEncoder(os.Stdout).Encode(h)
		_ = json.NewEncoder(os.Stdout).Encode(os.Getpid())
		_, still := os.LookupEnv(handoverVariable)
		_ = json.NewEncoder(os.Stdout).Encode(still)
		os.Exit(exitFine)
	}
}

func handed() station.Handover {
	return station.Handover{
		End: session.EndIdle,
		Receipt: session.Receipt{
			Steps:  []session.StepStatus{{ID: session.StepBrowser, State: session.StepVerified}, {ID: session.StepRecord}},
			Limits: []string{session.LimitNetwork},
		},
		Look: station.Look{Language: "en", Contrast: true}, Fault: session.FaultMaintenance,
		Uncounted: station.Uncounted{Mode: session.Accompany, Length: 45 * time.Minute},
	}
}

// TestServiceExecutesItselfAnew: another program image under the same process number, which knows the receipt.
func TestServiceExecutesItselfAnew(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), stepVariable+"=before")
	cmd.Stderr = t.Output()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var got station.Handover
	var pid int
	still := true
	decoder := json.NewDecoder(out)
	for _, into := range []any{&got, &pid, &still} {
		if err := decoder.Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(handed(), got); diff != "" {
		t.Errorf("the next process inherits another receipt:\n%s", diff)
	}
	if pid != cmd.Process.Pid {
		t.Errorf("the next process is %d, not %d: systemd would lose it", pid, cmd.Process.Pid)
	}
	if still {
		t.Error("what the next process starts would inherit the handover")
	}
}

func TestHandoverThatCannotBeReadIsSaid(t *testing.T) {
	for name, value := range map[string]string{
		"no number": "abc", "standard output": "1", "nothing open": "987654",
	} {
		t.Setenv(handoverVariable, value)
		if h, err := inherited(); err == nil || h != nil {
			t.Errorf("%s: got %+v, %v", name, h, err)
		}
	}
}

func TestNoHandoverIsNone(t *testing.T) {
	if h, err := inherited(); h != nil || err != nil {
		t.Errorf("got %+v, %v", h, err)
	}
}

func TestWhoHasTheSeat(t *testing.T) {
	for name, c := range map[string]struct {
		status session.Status
		want   string
	}{
		"nobody knows yet":        {session.Status{State: session.Starting}, ""},
		"a visitor may come":      {session.Status{State: session.Ready}, seatUnit},
		"a session":               {session.Status{State: session.Open}, seatUnit},
		"the wipe decides itself": {session.Status{State: session.Wiping, Fault: session.FaultMaintenance}, ""},
		"the receipt":             {session.Status{State: session.Wiped}, seatUnit},
		"a fault is shown":        {session.Status{State: session.Stopped, Fault: session.FaultWipe}, seatUnit},
		"maintenance":             {session.Status{State: session.Stopped, Fault: session.FaultMaintenance}, promptUnit},
	} {
		if got := holder(c.status); got != c.want {
			t.Errorf("%s: %q has the seat, not %q", name, got, c.want)
		}
	}
}

func TestCommandLine(t *testing.T) {
	var out strings.Builder
	if _, done, err := parse([]string{"--version"}, &out); err != nil || !done || !strings.HasPrefix(out.String(), "estrand ") {
		t.Errorf("--version: %q, %v, %v", out.String(), done, err)
	}
	if config, done, err := parse([]string{"--config", "/etc/x.toml"}, &out); config != "/etc/x.toml" || done || err != nil {
		t.Errorf("--config: %q, %v, %v", config, done, err)
	}
	for _, bad := range [][]string{{"--nothing"}, {"word"}, {"--config"}} {
		if _, done, err := parse(bad, &out); err == nil || !done {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
}

func TestWhatIsWorthALine(t *testing.T) {
	ready := session.Status{State: session.Ready}
	stopped := session.Status{State: session.Stopped, Fault: session.FaultSwap}
	for name, c := range map[string]struct {
		before, after session.Status
		want          daybook.Event
	}{
		"a visitor comes":        {ready, session.Status{State: session.Open}, ""},
		"it stops":               {ready, stopped, daybook.Stopped},
		"it is still stopped":    {stopped, stopped, ""},
		"IT asked for it":        {ready, session.Status{State: session.Stopped, Fault: session.FaultMaintenance}, ""},
		"a session was cut":      {session.Status{}, session.Status{State: session.Wiped, End: session.EndRecovery}, daybook.Recovered},
		"a session is over":      {session.Status{}, session.Status{State: session.Wiped, End: session.EndVisitor}, ""},
		"the receipt goes on":    {session.Status{State: session.Wiped, End: session.EndRecovery}, session.Status{State: session.Wiped, End: session.EndRecovery}, ""},
		"it stops for something": {stopped, session.Status{State: session.Stopped, Fault: session.FaultWipe}, daybook.Stopped},
	} {
		e, worth := entry(c.before, c.after)
		if e.What != c.want || worth != (c.want != "") {
			t.Errorf("%s: %q, not %q", name, e.What, c.want)
		}
		if !worth {
			continue
		}
		if err := (daybook.Book{Path: filepath.Join(t.TempDir(), "daybook")}).Write(e); err != nil {
			t.Errorf("%s: the daybook refuses it: %v", name, err)
		}
	}
}
