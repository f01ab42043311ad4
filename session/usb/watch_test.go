package usb

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"estran/session"
)

// eyes is a watcher of a made bus, whose clock is the test's.
type eyes struct {
	bus
	signs chan struct{}
	log   strings.Builder
	last  session.Refusal
	told  int
}

// watching runs f beside a watcher. Within it the time passes at once.
func watching(t *testing.T, signs bool, f func(t *testing.T, e *eyes)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := &eyes{bus: newBus(t)}
		if signs {
			e.signs = make(chan struct{}, 1)
		}
		told := make(chan session.Refusal)
		w := watcher{
			dir: string(e.bus), signs: e.signs, since: map[string]time.Time{}, log: slog.New(slog.NewTextHandler(&e.log, nil)),
		}
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			defer close(told)
			w.run(ctx, told)
		}()
		go func() {
			for r := range told {
				e.last, e.told = r, e.told+1
			}
		}()
		synctest.Wait()
		f(t, e)
		cancel()
		synctest.Wait()
	})
}

// after lets time pass, and says what is told then.
func (e *eyes) after(t *testing.T, d time.Duration, want session.Refusal) {
	t.Helper()
	time.Sleep(d)
	synctest.Wait()
	if e.last != want {
		t.Errorf("after %v %q is told, want %q", d, e.last, want)
	}
}

func (e *eyes) sign() {
	select {
	case e.signs <- struct{}{}:
	default:
	}
}

func TestAKeyboardIsToldUntilItIsOut(t *testing.T) {
	watching(t, true, func(t *testing.T, e *eyes) {
		e.after(t, time.Hour, session.RefusedNothing) // the one of the boot is not told
		e.plug(t, "1-2", "0", dump(0x046D, []part{keyboard}))
		e.sign()
		e.after(t, time.Second, session.RefusedNothing)
		e.after(t, pause+time.Second, session.RefusedKeyboard)
		e.after(t, time.Hour, session.RefusedKeyboard)
		e.pull(t, "1-2")
		e.sign()
		e.after(t, 2*pause, session.RefusedNothing)
		if e.told != 2 {
			t.Errorf("told %d times", e.told)
		}
	})
}

func TestWhatIsLetInInTimeIsNeverTold(t *testing.T) {
	watching(t, true, func(t *testing.T, e *eyes) {
		e.plug(t, "1-2", "0", dump(0x0781, []part{storage}))
		e.sign()
		e.after(t, patienceWithOther-2*pause, session.RefusedNothing)
		e.write(t, "1-2", "authorized", "1\n")
		e.sign()
		e.after(t, time.Minute, session.RefusedNothing)
		if e.told != 0 {
			t.Errorf("told %d times", e.told)
		}
	})
}

// TestAKeyThatNobodyLetsIn: USBGuard is gone, perhaps.
func TestAKeyThatNobodyLetsIn(t *testing.T) {
	watching(t, true, func(t *testing.T, e *eyes) {
		e.plug(t, "1-2", "0", dump(0x0781, []part{storage}))
		e.sign()
		e.after(t, patienceWithOther-2*pause, session.RefusedNothing)
		e.after(t, 3*pause, session.RefusedOther)
	})
}

// TestAKeyThatTurnsIntoAKeyboard: it comes back in the same port as another device, and is looked at as one.
func TestAKeyThatTurnsIntoAKeyboard(t *testing.T) {
	watching(t, true, func(t *testing.T, e *eyes) {
		e.plug(t, "1-2", "1", dump(0x0781, []part{storage}))
		e.sign()
		e.after(t, time.Minute, session.RefusedNothing)
		e.plug(t, "1-2", "0", dump(0x0781, []part{keyboard}))
		e.sign()
		e.after(t, patience+2*pause, session.RefusedKeyboard)
		// And to another yet, which has a time of its own before it is told.
		e.plug(t, "1-2", "0", dump(0x0781, []part{storage, keyboard}))
		e.sign()
		e.after(t, patience-pause, session.RefusedNothing)
		e.after(t, 2*pause, session.RefusedDouble)
	})
}

func TestTheWorstOfSeveral(t *testing.T) {
	watching(t, true, func(t *testing.T, e *eyes) {
		e.plug(t, "1-2", "0", dump(0x18D1, []part{camera}))
		e.sign()
		e.after(t, 2*patience, session.RefusedPhone)
		e.plug(t, "1-3", "1", dump(0x05E3, []part{hub}))
		e.plug(t, "1-3.1", "0", dump(0x046D, []part{keyboard}))
		e.sign()
		e.after(t, 2*patience, session.RefusedKeyboard)
		e.pull(t, "1-3.1")
		e.sign()
		e.after(t, 2*pause, session.RefusedPhone)
	})
}

// TestWithoutSigns: the kernel is not heard, and it is told all the same, a little later.
func TestWithoutSigns(t *testing.T) {
	watching(t, false, func(t *testing.T, e *eyes) {
		e.plug(t, "1-2", "0", dump(0x0525, []part{cdcECM, data}))
		e.after(t, anyway+patience+time.Second, session.RefusedNetwork)
		e.pull(t, "1-2")
		e.after(t, anyway+time.Second, session.RefusedNothing)
	})
}

// TestManySigns: a storm of signs does not make the station look all the time.
func TestManySigns(t *testing.T) {
	watching(t, true, func(t *testing.T, e *eyes) {
		start := time.Now()
		taken := 0
		for time.Since(start) < 10*time.Second {
			select {
			case e.signs <- struct{}{}:
				taken++
			default:
			}
			time.Sleep(time.Millisecond)
		}
		if most := int(10*time.Second/pause) + 2; taken > most {
			t.Errorf("%d looks in 10 seconds", taken)
		}
	})
}

// TestABusThatCannotBeRead: what was told stays, and the log says it once.
func TestABusThatCannotBeRead(t *testing.T) {
	watching(t, true, func(t *testing.T, e *eyes) {
		e.plug(t, "1-2", "0", dump(0x046D, []part{keyboard}))
		e.sign()
		e.after(t, 2*patience, session.RefusedKeyboard)
		away := string(e.bus) + ".away"
		check(t, os.Rename(string(e.bus), away))
		check(t, os.WriteFile(string(e.bus), nil, 0o600))
		e.after(t, time.Minute, session.RefusedKeyboard)
		check(t, os.Remove(string(e.bus)))
		check(t, os.Rename(away, string(e.bus)))
		e.after(t, 2*anyway, session.RefusedKeyboard)
		if n := strings.Count(e.log.String(), "\n"); n != 1 {
			t.Errorf("the log has %d lines: %s", n, e.log.String())
		}
	})
}

func TestOutside(t *testing.T) {
	t.Run("no USB at all", func(t *testing.T) {
		if found, err := outside(filepath.Join(t.TempDir(), "none")); err != nil || len(found) != 0 {
			t.Errorf("%v, %v", found, err)
		}
	})
	t.Run("no descriptors", func(t *testing.T) {
		b := newBus(t)
		b.plug(t, "1-2", "0", nil)
		check(t, os.Remove(filepath.Join(string(b), "1-2", "descriptors")))
		found, err := outside(string(b))
		check(t, err)
		for _, kind := range found {
			if kind != session.RefusedOther {
				t.Errorf("it is %q", kind)
			}
		}
		if len(found) != 1 {
			t.Errorf("%d devices", len(found))
		}
	})
	t.Run("endless descriptors", func(t *testing.T) {
		raw, err := read("/dev/zero", enough)
		if err != nil || len(raw) != enough {
			t.Errorf("%d bytes, %v", len(raw), err)
		}
	})
	t.Run("this computer", func(t *testing.T) {
		if _, err := outside(devices); err != nil {
			t.Error(err)
		}
	})
}

// TestListen: the kernel's socket opens without a right, and closes with its context.
func TestListen(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	refusals := Watch(ctx, slog.New(slog.NewTextHandler(io.Discard, nil)))
	cancel()
	select {
	case <-refusals:
	case <-time.After(10 * time.Second):
		t.Error("the watcher does not end")
	}
}
