package bus_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"estran/session"
	"estran/session/bus"
	"estran/session/sessiontest"
)

// A client starts no service, even where the bus would: IT stopped it, or booted for maintenance. It says that the
// service is gone, and finds it when it is there.
func TestNoCallStartsTheService(t *testing.T) {
	w, r := newRecorded(t)
	must(t, w.server.Close())
	dir := t.TempDir()
	started := filepath.Join(dir, "started")
	must(t, os.Chmod(dir, 0o755))
	must(t, os.WriteFile(filepath.Join(dir, bus.Name+".service"),
		fmt.Appendf(nil, "[D-BUS Service]\nName=%s\nExec=/usr/bin/touch %s\nUser=root\n", bus.Name, started), 0o644))
	w.startBus(t, sessiontest.AnyoneMay+"<servicedir>"+dir+"</servicedir>")
	c := w.dial(t)
	_, status := c.Status(t.Context())
	_, watch := c.Watch(t.Context())
	for name, err := range map[string]error{
		"Status": status, "Watch": watch, "Touch": c.Touch(t.Context()), "Open": c.Open(t.Context(), session.OpenOptions{}),
		"BeginMaintenance": c.BeginMaintenance(t.Context(), false), "FinishMaintenance": c.FinishMaintenance(t.Context()),
	} {
		if !errors.Is(err, session.ErrGone) {
			t.Errorf("%s without a service: %v", name, err)
		}
	}
	if _, err := os.Stat(started); err == nil {
		t.Error("the bus was made to start the service")
	}
	w.client = c
	w.serve(t, bus.Service{Station: r, Maintainer: r, Callers: us()})
	w.comesBack(t)
}
