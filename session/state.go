package session

// State is where a station stands. The zero value opens nothing.
type State int

// The states of a station.
const (
	Starting State = iota // leftovers of an earlier run are being wiped
	Ready                 // waits for a visitor
	Open                  // a session is open
	Paused                // a session is open, hidden behind a code
	Wiping                // a session is being wiped
	Wiped                 // the receipt can be read
	Stopped               // something is wrong: nothing opens until it is mended
)

// States lists every state, for tests.
func States() []State { return []State{Starting, Ready, Open, Paused, Wiping, Wiped, Stopped} }

// String returns the name of the state.
func (s State) String() string {
	switch s {
	case Starting:
		return "starting"
	case Ready:
		return "ready"
	case Open:
		return "open"
	case Paused:
		return "paused"
	case Wiping:
		return "wiping"
	case Wiped:
		return "wiped"
	case Stopped:
		return "stopped"
	default:
		return "unknown"
	}
}

// Mode is how the visitor wants to do: the CNIL's situations, and alone.
type Mode int

// The modes.
const (
	Alone     Mode = iota // seul
	Train                 // je forme
	Accompany             // j'accompagne
	Act                   // je fais
)

// EndReason is why a session ended.
type EndReason string

// The ends of a session.
const (
	EndNone     EndReason = ""
	EndVisitor  EndReason = "visitor"  // « J'ai fini »
	EndTime     EndReason = "time"     // its time was up
	EndIdle     EndReason = "idle"     // nobody was there
	EndPause    EndReason = "pause"    // the pause lasted too long
	EndCode     EndReason = "code"     // three wrong codes
	EndFault    EndReason = "fault"    // something broke
	EndShutdown EndReason = "shutdown" // the station was asked to stop
	EndRecovery EndReason = "recovery" // leftovers of a run that was cut
)

// Fault is the short code that the screen « Ordinateur arrêté » shows and IT looks up.
type Fault string

// The faults.
const (
	NoFault       Fault = ""
	FaultConfig   Fault = "E10" // the configuration cannot be read
	FaultSecond   Fault = "E11" // another station runs
	FaultStateDir Fault = "E12" // the state or the run directory cannot be written
	FaultSandbox  Fault = "E20" // no user namespaces, or no bubblewrap
	FaultMemory   Fault = "E21" // the session's memory cannot be mounted
	FaultWipe     Fault = "E30" // a step could not be verified
	FaultRecovery Fault = "E31" // leftovers of an earlier run could not be wiped
	FaultInternal Fault = "E90" // the program broke

	// The vital conditions of an installed station (session/conditions).
	FaultSwap    Fault = "E40" // a swap on a disk may keep pages of a session
	FaultKernel  Fault = "E41" // the kernel does not overwrite the memory it is given back
	FaultConsole Fault = "E42" // a login prompt or a debug shell is on the console
	FaultCores   Fault = "E43" // a program that crashes may leave its memory on the disk
	FaultSeat    Fault = "E44" // somebody other than root may change what the seat runs

	// FaultMaintenance is no fault: IT asked for the station.
	FaultMaintenance Fault = "M01"
)
