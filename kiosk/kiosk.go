package kiosk

import (
	"context"
	"errors"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"estran/session"
)

// Why Run ended.
var (
	// ErrPanic: the program broke; the visitor saw « Ordinateur arrêté ». End the session, and start a new kiosk.
	ErrPanic = errors.New("the kiosk broke")
	// ErrTerminal: the terminal went away, or never was one. End the session.
	ErrTerminal = errors.New("the terminal went away")
	// ErrIdle: Options.Idle was closed. Start a new kiosk, which asks again: whoever types in the browser would seem to
	// have left.
	ErrIdle = errors.New("nobody tells any more who is there")
)

// New makes the kiosk of a station, before it knows the status and the size of the terminal.
func New(station session.Station, o Options) *Model {
	m := &Model{world: world{
		station: station, options: o, ctx: context.Background(), lang: string(o.Config.Station.Language),
		width: 80, height: 24, profile: colorprofile.TrueColor, now: time.Now, after: after,
	}}
	m.theme = newTheme(m.look, m.profile)
	m.stack = []*shown{{screen: &waitingScreen{}}}
	return m
}

// Run shows the kiosk on the terminal until ctx ends, which gives ctx.Err, or the visitor who may leaves, which gives
// nil. ErrPanic, ErrTerminal and ErrIdle are the other ends. No key, and no signal that the terminal makes from one, ends it;
// signals from elsewhere are the caller's, who cancels ctx. The error holds no text of a visitor.
func Run(ctx context.Context, station session.Station, o Options) error {
	return run(ctx, station, o, os.Stdin, os.Stdout, os.Environ())
}

func run(ctx context.Context, station session.Station, o Options, in, out *os.File, environ []string) error {
	if !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return ErrTerminal
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	stop, err := onHangup(in, cancel)
	if err != nil {
		return ErrTerminal
	}
	defer stop()
	m := New(station, o)
	m.ctx = inner
	p := tea.NewProgram(m, tea.WithContext(inner), tea.WithInput(in), tea.WithOutput(out), tea.WithEnvironment(environ),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics(), tea.WithFilter(onlyOurQuit), tea.WithFPS(framesPerSecond))
	m.wake = p.Send
	_, err = p.Run()
	m.closeWeb()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return ErrTerminal
	}
	return m.end
}

// framesPerSecond is how often the terminal may be written to: enough for the eye; Bubble Tea wakes up for each, also when nothing changed.
const framesPerSecond = 20

// onlyOurQuit lets no message end or suspend the program but the one that follows quit.
func onlyOurQuit(model tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.SuspendMsg, tea.InterruptMsg:
		return nil
	case tea.QuitMsg:
		if m, ok := model.(*Model); !ok || !m.leaving {
			return nil
		}
	}
	return msg
}

// quit ends the program, with what Run gives.
func (w *world) quit(err error) tea.Cmd {
	w.end, w.leaving = err, true
	return tea.Quit
}

func after(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}
