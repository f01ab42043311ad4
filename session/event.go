package session

// Event is what happens to a station. Time is not one: each call of Next tells the time.
type Event interface{ event() }

// The events of a station.
type (
	// Recovered: leftovers of an earlier run were wiped, or could not be. After, when not EndNone, is why a session
	// ended whose visitor has yet to see the receipt.
	Recovered struct {
		Verified bool
		After    EndReason
	}
	// OpenAsked: a visitor begins.
	OpenAsked struct{ Mode Mode }
	// Touched: somebody is there.
	Touched struct{}
	// ExtendAsked: the visitor wants more time.
	ExtendAsked struct{}
	// PauseAsked: the visitor hides the session.
	PauseAsked struct{}
	// CodeTried: a code was typed to come back from a pause.
	CodeTried struct{ Right bool }
	// EndAsked: the session must end.
	EndAsked struct{ Reason EndReason }
	// WipeFinished: the plan has run.
	WipeFinished struct{ Verified bool }
	// Dismissed: the receipt was read.
	Dismissed struct{}
	// Failed: something on which the promise rests broke.
	Failed struct{ Fault Fault }
	// SignedIn: an agent was let in.
	SignedIn struct{ Profile Profile }
	// SignedOut: the agent leaves.
	SignedOut struct{}
	// ModeAsked: the open session becomes another one.
	ModeAsked struct{ Mode Mode }
	// Ticked: only time has passed.
	Ticked struct{}
)

func (Recovered) event()    {}
func (OpenAsked) event()    {}
func (Touched) event()      {}
func (ExtendAsked) event()  {}
func (PauseAsked) event()   {}
func (CodeTried) event()    {}
func (EndAsked) event()     {}
func (WipeFinished) event() {}
func (Dismissed) event()    {}
func (Failed) event()       {}
func (SignedIn) event()     {}
func (SignedOut) event()    {}
func (ModeAsked) event()    {}
func (Ticked) event()       {}

// Effect is what the station must carry out after a transition.
type Effect int

// The effects.
const (
	NoEffect  Effect = iota
	Prepare          // make the session's memory; Failed if that cannot be done
	Wipe             // run the plan, then say WipeFinished
	StartAnew        // forget how the session ended and looked: the next visitor comes
)
