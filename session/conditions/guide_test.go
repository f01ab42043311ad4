package conditions_test

import (
	"os"
	"strings"
	"testing"

	"estran/session"
	"estran/session/conditions"
)

// The guide for IT explains every condition by its name, every code that stops a station, and says which code a vital
// condition has.
func TestTheGuideExplainsEverything(t *testing.T) {
	data, err := os.ReadFile("../../packaging/doc/guide-dsi.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(data)
	for _, r := range conditions.Look(t.Context(), healthy().host()) {
		row := "`" + r.ID + "`"
		if r.Vital() {
			row = "| `" + r.ID + "` | " + string(r.Fault) + " |"
		}
		if !strings.Contains(guide, row) {
			t.Errorf("the guide has no %s", row)
		}
	}
	for _, f := range []session.Fault{
		session.FaultConfig, session.FaultSecond, session.FaultStateDir, session.FaultSandbox, session.FaultMemory,
		session.FaultWipe, session.FaultRecovery, session.FaultSwap, session.FaultKernel, session.FaultConsole,
		session.FaultCores, session.FaultSeat, session.FaultInternal, session.FaultMaintenance,
	} {
		if !strings.Contains(guide, "\n| "+string(f)+" | ") {
			t.Errorf("the guide does not explain %s", f)
		}
	}
}
