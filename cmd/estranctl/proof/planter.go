package proof

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"estran/session"
)

// The planter's descriptors.
const (
	keyboardFD = 3
	siteFD     = 4
	witnessFD  = 5
)

// patience bounds each wait of the visit: far above what a slow computer needs to start a browser.
const patience = 5 * time.Minute

// planter makes the visit. It runs as the kiosk does, for the station to obey it.
type planter struct {
	station  session.Station
	canaries canaries
	site     *site
	keyboard *keyboard
	out      *json.Encoder
	prints   bool // the printer was told to wait
	opened   bool
}

// Plant makes the visit, tells on out what it left, and leaves the session open. The keyboard and the site's socket are
// inherited. It prints only when the printer was told to wait.
func Plant(ctx context.Context, st session.Station, prints bool, out io.Writer) error {
	l, err := net.FileListener(os.NewFile(siteFD, "site"))
	if err != nil {
		return fmt.Errorf("cannot serve a page: %w", err)
	}
	p := &planter{
		station: st, canaries: newCanaries(), out: json.NewEncoder(out), prints: prints,
		keyboard: &keyboard{file: os.NewFile(keyboardFD, "keyboard")},
	}
	net, err := p.canaries.net()
	if err != nil {
		return err
	}
	if err := p.canaries.testify(os.NewFile(witnessFD, "witness")); err != nil {
		return err
	}
	if err := p.out.Encode(message{Net: net}); err != nil {
		return err
	}
	p.site = openSite(l, p.canaries)
	defer p.site.close()
	if err := p.visit(ctx); err != nil {
		return errors.Join(err, p.out.Encode(message{Failed: err.Error()}))
	}
	return nil
}

func (p *planter) visit(ctx context.Context) error {
	for _, act := range []struct {
		doing string
		do    func(context.Context) error
	}{
		{"open a session", p.open},
		{"open the browser", p.browse},
		{"reach the page", p.reach},
		{"see what the browser keeps", p.keep},
		{"type", p.typed},
		{"copy and download", p.copied},
		{"print", p.print},
		{"make a pause", p.paused},
	} {
		if err := act.do(ctx); err != nil {
			return fmt.Errorf("cannot %s: %w", act.doing, err)
		}
	}
	return nil
}

var errWaited = errors.New("it did not happen in time")

// await waits until something is so, and tells the station that somebody is there.
func (p *planter) await(ctx context.Context, bound time.Duration, is func() (bool, error)) error {
	for end := time.Now().Add(bound); ; {
		yes, err := is()
		if yes || err != nil {
			return err
		}
		if time.Now().After(end) {
			return errWaited
		}
		if _, err := p.status(ctx); err != nil {
			return err
		}
		if err := p.station.Touch(ctx); err != nil && !errors.Is(err, session.ErrState) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(300 * time.Millisecond):
		}
	}
}

// until is await for the status of the station.
func (p *planter) until(ctx context.Context, is func(session.Status) bool) error {
	return p.await(ctx, patience, func() (bool, error) {
		s, err := p.status(ctx)
		return err == nil && is(s), err
	})
}

// status tells how the station is. That the session is over is an error: the wipe ends whoever is of the kiosk's user, and
// a planter that went on would be what it finds.
func (p *planter) status(ctx context.Context) (session.Status, error) {
	s, err := p.station.Status(ctx)
	switch {
	case err != nil:
	case s.State == session.Stopped:
		err = fmt.Errorf("the station stopped: %s", s.Fault)
	case p.opened && !ours(s.State):
		err = errors.New("somebody else ended the session")
	}
	return s, err
}

// ours says that the session of the proof may still be open.
func ours(s session.State) bool { return s == session.Open || s == session.Paused }

func (p *planter) planted(kinds ...string) error {
	for _, kind := range kinds {
		if err := p.out.Encode(message{Planted: kind}); err != nil {
			return err
		}
	}
	return nil
}

func (p *planter) missing(kind, why string) error {
	return p.out.Encode(message{Missing: &Missing{kind, why}})
}
