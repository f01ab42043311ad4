package browser

import (
	"context"
	"errors"
)

// What a caller acts on.
var (
	// ErrNoSandbox: bubblewrap is missing, or may not make its namespaces here.
	ErrNoSandbox = errors.New("no sandbox can be made")
	// ErrMissing: the browser is not installed.
	ErrMissing = errors.New("the browser is not installed")
	// ErrNoDisplay: there is nowhere to show the browser.
	ErrNoDisplay = errors.New("there is no display")
)

// Browser is a browser that runs, or ran.
type Browser struct{}

// Probe says whether a sandbox can be made here, by making an empty one: nil, or an error that wraps ErrNoSandbox.
// It takes some 10 ms.
func Probe(ctx context.Context) error { return ErrNoSandbox }

// Start starts the browser and answers once bubblewrap runs; Events tells the rest. The browser is killed when ctx
// ends. Errors: ErrMissing, ErrNoDisplay, ErrNoSandbox, or what could not be written into the session's directories.
func Start(ctx context.Context, c Config) (*Browser, error) { return nil, ErrMissing }

// Events tells what becomes of the browser. It must be read until it is closed, after Exited; an Idle that nobody
// reads is dropped, the others wait.
func (b *Browser) Events() <-chan Event { return nil }

// Done is closed when no process of the sandbox is left.
func (b *Browser) Done() <-chan struct{} { return nil }

// Close asks the browser to close, and kills it after a few seconds. It returns when no process is left.
func (b *Browser) Close() {}

// Kill ends every process of the sandbox at once. It returns when none is left.
func (b *Browser) Kill() {}

// Resize tells the text browser that its terminal has another size. Call it after the size was set.
func (b *Browser) Resize() {}
