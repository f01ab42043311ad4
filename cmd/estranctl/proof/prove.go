package proof

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"estran/cleanup/hunt"
	"estran/session"
)

// Options says where the proof takes place.
type Options struct {
	// Program is estranctl, which the stages are; Kiosk is whom they run as.
	Program string
	Kiosk   *syscall.Credential
	Version string
	// Station tells how the station is; it is asked as root.
	Station session.Station
	// Dir is a directory on the disk, for the witness.
	Dir string
	// Deep reads whole disks.
	Deep bool
	// Hold keeps the printer from printing until letGo; nil where there is none, and nothing is printed.
	Hold func(ctx context.Context) (letGo func(context.Context) error, err error)
	// Tell is told what goes on, in French, and how far: part of whole, 0 of 0 where that is not known.
	Tell func(doing string, part, whole int64)
}

// pageHost is where the page is: on the loopback, where no other computer sees it, at an address of which the browser is not
// kept (session/browser, websiteFilter), and without a port, which would be one more sign to type.
const (
	pageHost    = "127.0.0.2"
	pageAddress = pageHost + ":80"
)

// prover is a proof that goes on.
type prover struct {
	Options
	stages stages
	report Report
	net    *hunt.Net
	began  time.Time
	opened bool        // a session that is the proof's own
	left   atomic.Bool // and that is over
	failed error       // what kept the planter from its visit

	witness *witness
}

// Run makes the visit and hunts. Its error says why there is no report, or what of the proof itself could not be put away; root
// calls it, on a station where nobody is.
func Run(ctx context.Context, o Options) (_ *Report, err error) {
	p := &prover{Options: o, stages: stages{o.Program, o.Kiosk}, began: time.Now().Add(-time.Second)}
	defer p.left.Store(true)
	p.report = Report{Version: o.Version, Kernel: kernelRelease(), Began: time.Now(), Deep: o.Deep}
	for _, f := range hunt.Forms() {
		p.report.Encodings = append(p.report.Encodings, inFrench(f))
	}
	if p.witness, err = newWitness(o.Dir); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.witness.remove()) }()
	before, err := p.session(ctx)
	if err != nil {
		return nil, err
	}
	p.count(before)
	if err := p.hunt(ctx); err != nil {
		return nil, err
	}
	p.report.Ended = time.Now()
	p.report.judge()
	return &p.report, nil
}

// session is the visit from its beginning to its end, and what was found in memory before that. However it goes, the
// session is ended, and the printer prints again once nothing of it waits there.
func (p *prover) session(ctx context.Context) (before []hunt.Hit, err error) {
	if p.Hold != nil {
		letGo, held := p.Hold(ctx)
		if held != nil {
			return nil, fmt.Errorf("cannot hold the printer: %w", held)
		}
		defer func() { err = errors.Join(err, letGo(context.WithoutCancel(ctx))) }()
	}
	err = p.plant(ctx)
	if err == nil {
		before, _, err = p.memory(ctx, "avant la fin")
	}
	if err == nil && p.left.Load() {
		err = errors.New("somebody else ended the session")
	}
	return before, errors.Join(err, p.end(ctx))
}

// plant has the visit made.
func (p *prover) plant(ctx context.Context) (err error) {
	p.Tell("La visite commence : le poste écrit des mots au hasard. Ne touchez à rien.", 0, 0)
	l, err := net.Listen("tcp", pageAddress)
	if err != nil {
		return fmt.Errorf("cannot serve a page: %w", err)
	}
	defer l.Close()
	socket, err := l.(*net.TCPListener).File()
	if err != nil {
		return err
	}
	defer socket.Close()
	keys, err := newKeyboard()
	if err != nil {
		return err
	}
	defer keys.Close()
	err = p.stages.run(ctx, StagePlant, p.Hold != nil, []*os.File{keys, socket, p.witness.file}, p.hear)
	p.report.Unplanted = append(p.report.Unplanted, unplantable...)
	if err = errors.Join(p.failed, err); err == nil && p.net == nil {
		err = errors.New("the visit says nothing")
	}
	return err
}

// hear notes what the planter says.
func (p *prover) hear(m message) {
	switch {
	case m.Net != nil:
		p.net = m.Net
	case m.Opened:
		p.opened = true
		go p.follow()
	case m.Planted != "":
		p.report.Kinds = append(p.report.Kinds, Kind{Name: m.Planted})
	case m.Missing != nil:
		p.report.Unplanted = append(p.report.Unplanted, *m.Missing)
	case m.Failed != "":
		p.failed = errors.New(m.Failed)
	}
}

// follow notes that somebody else ended the session: the next one is not the proof's.
func (p *prover) follow() {
	for !p.left.Load() {
		s, err := p.Station.Status(context.Background())
		if errors.Is(err, session.ErrGone) || err == nil && !ours(s.State) {
			p.left.Store(true)
		}
		time.Sleep(followEvery)
	}
}

// followEvery is far less than it takes to wipe a session and begin another.
const followEvery = 300 * time.Millisecond

// end ends the session, also when the proof was told to stop. One that it did not open is a visitor's, who came first.
func (p *prover) end(ctx context.Context) (err error) {
	if !p.opened || p.left.Load() {
		return nil
	}
	p.Tell("La session finit, le poste efface.", 0, 0)
	ctx = context.WithoutCancel(ctx)
	if err := p.stages.run(ctx, StageEnd, false, nil, func(message) {}); err != nil {
		return err
	}
	p.report.Wiped, err = awaitEnd(ctx, p.Station)
	return err
}

// count notes how many copies of each kind there were.
func (p *prover) count(before []hunt.Hit) {
	for i := range p.report.Kinds {
		for _, h := range before {
			if h.Kind == p.report.Kinds[i].Name {
				p.report.Kinds[i].Before++
			}
		}
	}
}

// remains notes what was found after the end.
func (p *prover) remains(kind, place, form string) {
	for i := range p.report.Kinds {
		if k := &p.report.Kinds[i]; k.Name == kind {
			k.remains(place, form)
			return
		}
	}
	if kind != witnessKind { // of what could not be planted, something was all the same
		p.report.Kinds = append(p.report.Kinds, Kind{Name: kind})
		p.report.Kinds[len(p.report.Kinds)-1].remains(place, form)
	}
}

func (k *Kind) remains(place, form string) {
	for i := range k.After {
		if k.After[i].Place == place && k.After[i].Form == form {
			k.After[i].Pieces++
			return
		}
	}
	k.After = append(k.After, Remains{place, form, 1})
}

func kernelRelease() string {
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return "?"
	}
	return string(release[:max(len(release)-1, 0)])
}
