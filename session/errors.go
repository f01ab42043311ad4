package session

import "errors"

// What a caller acts on. Everything else is a sentence for the journal.
var (
	// ErrState: the present state does not allow the call. Read Status and show its screen.
	ErrState = errors.New("the station is in another state")
	// ErrBusy: the key is being read or written. Wait for Status.
	ErrBusy = errors.New("the key is busy")
	// ErrLimit: no extension is left, or no more copies of the receipt or of a sheet.
	ErrLimit = errors.New("the limit is reached")
	// ErrCode: the code is wrong, or is not four figures. Ask again.
	ErrCode = errors.New("the code is not right")
	// ErrBrowserOpen: a window that cannot be hidden is open. Ask the visitor to close it.
	ErrBrowserOpen = errors.New("the browser is open")
	// ErrNoBrowser: no browser can be started here. Status.Browser.Problem says why.
	ErrNoBrowser = errors.New("no browser can be started")
	// ErrNoMedium: there is no key.
	ErrNoMedium = errors.New("there is no key")
	// ErrNotFound: no such file or document; it may be gone. List again.
	ErrNotFound = errors.New("no such file")
	// ErrSuspect: the file is suspect and stays on the key.
	ErrSuspect = errors.New("the file is suspect")
	// ErrUnchecked: the file was not checked. Ask the visitor.
	ErrUnchecked = errors.New("the file was not checked")
	// ErrFull: there is no room, in the session or on the key.
	ErrFull = errors.New("there is no room left")
	// ErrReadOnly: the key cannot be written.
	ErrReadOnly = errors.New("the key is read-only")
	// ErrNoPrinter: no printer is set up.
	ErrNoPrinter = errors.New("there is no printer")
	// ErrForm: what was sent is not what the call takes. Correct it.
	ErrForm = errors.New("that is not what is asked for")
	// ErrAgentForm: the login or the code is not written as one is. Type it again; it counts as no try.
	ErrAgentForm = errors.New("no login or code is written so")
	// ErrAgentWrong: no such login and code. Status.Agent says how many tries are left.
	ErrAgentWrong = errors.New("the login or the code is not right")
	// ErrAgentWait: a wrong code was typed a moment ago. Status.Agent says how long to wait.
	ErrAgentWait = errors.New("wait before the next try")
	// ErrAgentBlocked: too many wrong codes. The person who answers for the accounts lets the agent in again.
	ErrAgentBlocked = errors.New("the agent is blocked")
	// ErrAgentDisabled: the account was switched off.
	ErrAgentDisabled = errors.New("the agent is switched off")
	// ErrAgentExpired: the account is past its end, or was not reviewed in a year.
	ErrAgentExpired = errors.New("the account of the agent has expired")
	// ErrNoAgents: no agent is registered on this station.
	ErrNoAgents = errors.New("no agent is registered")
	// ErrAgentsUntrusted: the file of the agents cannot be read or trusted. estranctl check says why.
	ErrAgentsUntrusted = errors.New("the file of the agents cannot be trusted")
	// ErrAgentNeeded: this needs an agent who is signed in, with a profile that may.
	ErrAgentNeeded = errors.New("an agent must sign in")
	// ErrMandate: acting for somebody needs a signed mandate here, or is switched off.
	ErrMandate = errors.New("a signed mandate is needed")
	// ErrSecondStation: another station runs on this computer.
	ErrSecondStation = errors.New("another station runs on this computer")
	// ErrGone: the station went away. Keep the screen, and try again.
	ErrGone = errors.New("the station went away")
)
