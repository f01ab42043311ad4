package main

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/station"
)

// IT restarts the service in mid-maintenance, or it crashes: their login on the screen is all that still tells.
func TestWhatTheProcessBeforeLeft(t *testing.T) {
	nothing, maintained := &station.Handover{}, &station.Handover{Fault: session.FaultMaintenance}
	for name, c := range map[string]struct {
		handed *station.Handover
		prompt string // its ActiveState
		want   *station.Handover
	}{
		"the computer starts":                   {nil, "inactive", nil},
		"the prompt failed":                     {nil, "failed", nil},
		"the prompt is being taken away":        {nil, "deactivating", nil},
		"it crashed while IT was at work":       {nil, "active", maintained},
		"IT had just logged out":                {nil, "activating", maintained},
		"a maintenance that was forced":         {maintained, "inactive", maintained},
		"the end of it":                         {nothing, "inactive", nothing},
		"the end of it, and the prompt remains": {nothing, "active", nothing},
	} {
		t.Run(name, func(t *testing.T) {
			f := newSystemd(t)
			f.state[promptUnit] = c.prompt
			got, err := left(c.handed, f.units())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("another handover:\n%s", diff)
			}
		})
	}
}

// Whatever else is wrong with the station, who is at work on it keeps the screen.
func TestMaintenanceGoesOn(t *testing.T) {
	for name, fault := range map[string]session.Fault{
		"all is well":                      session.NoFault,
		"IT wrote a wrong configuration":   session.FaultConfig,
		"a directory is not the station's": session.FaultStateDir,
		"something of a session is left":   session.FaultRecovery,
	} {
		t.Run(name, func(t *testing.T) {
			log := slog.New(slog.NewTextHandler(t.Output(), nil))
			o := station.Options{
				Config: session.Defaults(), RunDir: t.TempDir(), StateDir: t.TempDir(), Fault: fault, Log: log,
			}
			o.Handover = &station.Handover{Fault: session.FaultMaintenance}
			o.Probe = func(context.Context) error { return nil }
			st, err := station.New(o)
			if err != nil {
				t.Fatal(err)
			}
			defer st.Close()
			u := &fakeUnits{running: promptUnit}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			go func() {
				goOn(ctx, st, o.Handover, log)
				rule(ctx, st, u, log)
			}()
			late := time.After(time.Minute)
			for asked := []string(nil); !slices.Contains(asked, "start "+promptUnit); _, asked = u.seen() {
				if slices.Contains(asked, "stop "+promptUnit) {
					t.Fatal("the login of IT was ended")
				}
				select {
				case <-late:
					s, _ := st.Status(ctx)
					t.Fatalf("the station is %s %s; systemd was asked %v", s.State, s.Fault, asked)
				case <-time.After(5 * time.Millisecond):
				}
			}
			s, err := st.Status(ctx)
			if err != nil || s.State != session.Stopped || s.Fault != session.FaultMaintenance {
				t.Errorf("the station is %s %s, %v", s.State, s.Fault, err)
			}
			if _, asked := u.seen(); slices.Contains(asked, "stop "+promptUnit) {
				t.Error("the login of IT was ended")
			}
		})
	}
}
