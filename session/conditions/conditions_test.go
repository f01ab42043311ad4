package conditions_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/browser"
	"estran/session/conditions"
)

func everyPolicy() string {
	names, err := conditions.PolicyNames(browser.Config{Sites: session.Defaults().Sites})
	if err != nil || len(names) < 60 {
		panic("no policies")
	}
	properties := map[string]any{}
	for _, n := range names {
		properties[n] = map[string]any{}
	}
	data, _ := json.Marshal(map[string]any{"properties": properties})
	return string(data)
}

func look(t *testing.T, c *computer) map[string]conditions.Result {
	t.Helper()
	all := map[string]conditions.Result{}
	for _, r := range conditions.Look(t.Context(), c.host()) {
		if _, twice := all[r.ID]; twice {
			t.Errorf("two conditions are called %s", r.ID)
		}
		all[r.ID] = r
	}
	return all
}

func TestAHealthyStationHasNothingToMend(t *testing.T) {
	results := conditions.Look(t.Context(), healthy().host())
	for _, r := range results {
		if r.State != conditions.OK || r.Mend != "" {
			t.Errorf("%s is %s: %s (%s)", r.ID, r.State, r.Found, r.Mend)
		}
	}
	if len(results) < 30 || conditions.Overall(results) != conditions.OK {
		t.Errorf("%d conditions are %s", len(results), conditions.Overall(results))
	}
	if fault, err := conditions.Vital(t.Context(), healthy().host()); fault != session.NoFault || err != nil {
		t.Errorf("a healthy station stops with %s: %v", fault, err)
	}
}

func TestWhatIsWrongIsFound(t *testing.T) {
	for i, b := range breakages {
		c := healthy()
		b.wreck(c)
		r, there := look(t, c)[b.id]
		if !there {
			t.Errorf("%d: there is no condition %s", i, b.id)
			continue
		}
		if r.State != b.state || !strings.Contains(r.Found, b.says) && !strings.Contains(r.Mend, b.says) {
			t.Errorf("%d: %s is %s: %q, want %s with %q", i, b.id, r.State, r.Found, b.state, b.says)
		}
		if r.Why == "" || r.State != conditions.OK && r.Mend == "" {
			t.Errorf("%d: %s does not say why, or what to do", i, b.id)
		}
	}
}

// Every condition is seen to fail or warn, and every vital one to stop the station with its own fault.
func TestEveryConditionIsSeenToFail(t *testing.T) {
	for _, r := range conditions.Look(t.Context(), healthy().host()) {
		i := slices.IndexFunc(breakages, func(b breakage) bool {
			return b.id == r.ID && (b.state == conditions.Failed || !r.Vital() && b.state != conditions.OK)
		})
		if i < 0 {
			t.Errorf("nothing breaks %s", r.ID)
			continue
		}
		if !r.Vital() {
			continue
		}
		c := healthy()
		breakages[i].wreck(c)
		fault, err := conditions.Vital(t.Context(), c.host())
		if fault != r.Fault && r.ID != "state-directory" || err == nil || !strings.Contains(err.Error(), r.ID) {
			t.Errorf("a broken %s gives %q and %v", r.ID, fault, err)
		}
	}
}

// A vital condition that cannot be told stops the station.
func TestUnknownStopsTheStation(t *testing.T) {
	seen := 0
	for _, b := range breakages {
		c := healthy()
		b.wreck(c)
		r := look(t, c)[b.id]
		if !r.Vital() || b.state != conditions.Unknown {
			continue
		}
		seen++
		if fault, _ := conditions.Vital(t.Context(), c.host()); fault == session.NoFault || !r.Fails() {
			t.Errorf("%s is unknown, and the station opens", b.id)
		}
	}
	if seen < 6 {
		t.Errorf("only %d vital conditions were unknown", seen)
	}
}

// A computer that tells nothing at all has no condition that is fine.
func TestNothingIsFineOnASilentComputer(t *testing.T) {
	none := errors.New("silence")
	h := (&computer{broken: none, sandbox: none, tmpfs: none, writable: none, schemaIs: none, offersIs: none, bookIs: none, agentsIs: none}).host()
	h.ReadFile = func(string) ([]byte, error) { return nil, none }
	h.ReadDir = func(string) ([]string, error) { return nil, none }
	h.Lstat = func(string) (conditions.Entry, error) { return conditions.Entry{}, none }
	h.Free = func(string) (int64, int64, error) { return 0, 0, none }
	results := conditions.Look(t.Context(), h)
	for _, r := range results {
		if r.State == conditions.OK || r.State == conditions.Warning || r.Mend == "" {
			t.Errorf("%s is %s: %s", r.ID, r.State, r.Found)
		}
		if r.Vital() != slices.ContainsFunc(conditions.VitalOnes(), func(c conditions.Condition) bool { return conditions.IDOf(c) == r.ID }) {
			t.Errorf("%s has the fault %q", r.ID, r.Fault)
		}
	}
	if conditions.Overall(results) != conditions.Failed || conditions.Overall(nil) == conditions.OK {
		t.Error("a silent computer is fine")
	}
}

// A probe that panics, and one that never ends, are unknown, and the others are told in time and in order.
func TestAProbeThatHangsOrPanicsIsUnknown(t *testing.T) {
	for name, misbehave := range map[string]func(string) ([]byte, error){
		"hangs":  func(string) ([]byte, error) { select {} },
		"panics": func(string) ([]byte, error) { panic("broken") },
	} {
		t.Run(name, func(t *testing.T) {
			h := healthy().host()
			read := h.ReadFile
			h.ReadFile = func(p string) ([]byte, error) {
				if p == "/proc/swaps" {
					return misbehave(p)
				}
				return read(p)
			}
			start := time.Now()
			// The others need a moment too, on a computer that is busy with more.
			results := conditions.LookAt(t.Context(), h, conditions.Table(), 3*time.Second)
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("it took %s", took)
			}
			for i, r := range results {
				if r.ID != conditions.IDOf(conditions.Table()[i]) {
					t.Fatalf("%s stands at %d", r.ID, i)
				}
				if want := r.ID != "swap"; (r.State == conditions.OK) != want || r.ID == "swap" && !r.Fails() {
					t.Errorf("%s is %s: %s", r.ID, r.State, r.Found)
				}
			}
		})
	}
}

// This very computer, whatever it is: all is told in time, and what can be known otherwise is right.
func TestThisComputer(t *testing.T) {
	start := time.Now()
	results := conditions.Look(t.Context(), conditions.ThisHost())
	took := time.Since(start)
	t.Logf("%d conditions in %s", len(results), took)
	if took > conditions.LongestProbe+10*time.Second {
		t.Errorf("it took %s", took)
	}
	states := map[string]conditions.State{}
	for _, r := range results {
		t.Logf("%-8s %s: %s", r.State, r.ID, r.Found)
		states[r.ID] = r.State
		if r.Found == "" || r.Title == "" || r.Why == "" {
			t.Errorf("%s says nothing", r.ID)
		}
	}
	cmdline, err := os.ReadFile("/proc/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	if has := slices.Contains(strings.Fields(string(cmdline)), "init_on_free=1"); !has && states["freed-memory"] != conditions.Failed {
		t.Errorf("init_on_free is not set, and freed-memory is %s", states["freed-memory"])
	}
	swaps, err := os.ReadFile("/proc/swaps")
	if err != nil {
		t.Fatal(err)
	}
	if none := strings.Count(string(swaps), "\n") == 1; none != (states["swap"] == conditions.OK) {
		t.Errorf("the swap is %s: %s", states["swap"], swaps)
	}
	if os.Getuid() == 0 && states["session-memory"] == conditions.Unknown {
		t.Errorf("the session's memory is %s", states["session-memory"])
	}
}
