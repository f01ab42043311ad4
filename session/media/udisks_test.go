package media_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session/media"
)

// followed is a watch through UDisks2, whose events are expected one by one.
type followed struct {
	watched
	log *watchedOutput
}

func follow(t *testing.T, disk string) followed {
	t.Helper()
	log := &watchedOutput{}
	u := media.NewUDisks(slog.New(slog.NewTextHandler(log, nil)))
	u.Only(disk)
	ctx, cancel := context.WithCancel(t.Context())
	events := u.Watch(ctx)
	t.Cleanup(func() {
		cancel()
		for range events {
		}
		for _, secret := range []string{"ZOE", filepath.Base(disk), "block_devices"} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("the log tells %q of the key:\n%s", secret, log)
			}
		}
	})
	return followed{watched{t, events}, log}
}

func (f followed) says(what string) {
	f.t.Helper()
	eventually(f.t, "the log says "+what, func() bool { return strings.Contains(f.log.String(), what) })
}

func (f followed) nothingFor(d time.Duration) {
	f.t.Helper()
	select {
	case got := <-f.events:
		f.t.Fatalf("got %v, want nothing", got)
	case <-time.After(d):
	}
}

func plugged(device string) media.Event {
	return media.Event{Kind: media.Added, Source: media.Source{Path: device, Device: true}}
}

func gone(device string) media.Event {
	return media.Event{Kind: media.Removed, Source: media.Source{Path: device, Device: true}}
}

func already(e media.Event) media.Event {
	e.Already = true
	return e
}

// The whole way of a key: plugged in, found, read, written, given back, pulled out, plugged in again.
func TestUDisksFindsAKey(t *testing.T) {
	startUDisks(t)
	from := t.TempDir()
	write(t, filepath.Join(from, "a.txt"), []byte("x"))
	img := image(t, 8, from)
	device := loopDisk(t)
	pull := plug(t, device, img)
	f := follow(t, device)
	f.expect(already(plugged(device)))
	f.says("USB keys are found through UDisks2")
	pull()
	f.expect(gone(device))

	for range 2 {
		pull := plug(t, device, img)
		f.expect(plugged(device))
		m, err := media.Open(t.Context(), media.Source{Path: device, Device: true})
		check(t, err)
		named(t, m, "a.txt")
		check(t, put(t.Context(), t, m, "b.txt", noise(1000)))
		check(t, m.Eject(t.Context()))
		f.nothingFor(soon) // neither reading, writing nor giving back makes it another key
		pull()
		f.expect(gone(device))
	}
}
