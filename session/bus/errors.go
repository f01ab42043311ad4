package bus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"

	"github.com/godbus/dbus/v5"

	"estran/session"
)

// ErrDenied: the service, or the policy of the bus, does not let the caller ask this. Ask as root, or as a member of
// the group estran-agents.
var ErrDenied = errors.New("the station does not let this user ask")

const accessDenied = "org.freedesktop.DBus.Error.AccessDenied"

const errorPrefix = "org.estran.Error."

// failed is what a caller learns of an error that is not in the table. The error itself goes to the log.
const failed = errorPrefix + "Failed"

// errorNames is what a caller acts on, both ways.
var errorNames = []struct {
	name string
	err  error
}{
	{errorPrefix + "State", session.ErrState},
	{errorPrefix + "Busy", session.ErrBusy},
	{errorPrefix + "Limit", session.ErrLimit},
	{errorPrefix + "Code", session.ErrCode},
	{errorPrefix + "BrowserOpen", session.ErrBrowserOpen},
	{errorPrefix + "NoBrowser", session.ErrNoBrowser},
	{errorPrefix + "NoMedium", session.ErrNoMedium},
	{errorPrefix + "NotFound", session.ErrNotFound},
	{errorPrefix + "Suspect", session.ErrSuspect},
	{errorPrefix + "Unchecked", session.ErrUnchecked},
	{errorPrefix + "Full", session.ErrFull},
	{errorPrefix + "ReadOnly", session.ErrReadOnly},
	{errorPrefix + "NoPrinter", session.ErrNoPrinter},
	{errorPrefix + "Form", session.ErrForm},
	{errorPrefix + "AgentForm", session.ErrAgentForm},
	{errorPrefix + "AgentWrong", session.ErrAgentWrong},
	{errorPrefix + "AgentWait", session.ErrAgentWait},
	{errorPrefix + "AgentBlocked", session.ErrAgentBlocked},
	{errorPrefix + "AgentDisabled", session.ErrAgentDisabled},
	{errorPrefix + "AgentExpired", session.ErrAgentExpired},
	{errorPrefix + "NoAgents", session.ErrNoAgents},
	{errorPrefix + "AgentsUntrusted", session.ErrAgentsUntrusted},
	{errorPrefix + "AgentNeeded", session.ErrAgentNeeded},
	{errorPrefix + "Mandate", session.ErrMandate},
	{errorPrefix + "Gone", session.ErrGone},
}

// goneNames are the answers of the bus itself when the service is not there, or goes away during a call.
var goneNames = []string{
	"org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
	"org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Disconnected",
	"org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.TimedOut",
	"org.freedesktop.DBus.Error.NoServer",
}

// spawnPrefix begins the names of the errors of a service that the bus could not start.
const spawnPrefix = "org.freedesktop.DBus.Error.Spawn."

// Errors of the bus that this package gives itself.
func invalid(format string, args ...any) *dbus.Error {
	return refusal("org.freedesktop.DBus.Error.InvalidArgs", fmt.Sprintf(format, args...))
}

func denied() *dbus.Error {
	return refusal(accessDenied, "this is not for you to ask")
}

func tooMuch(what string) *dbus.Error {
	return refusal("org.freedesktop.DBus.Error.LimitsExceeded", what)
}

func refusal(name, text string) *dbus.Error { return dbus.NewError(name, []any{text}) }

// toBus is the error that a caller gets. It tells a stranger's error from ours by nothing but Failed.
func toBus(err error) *dbus.Error {
	if e, ok := errors.AsType[*dbus.Error](err); ok {
		return e
	}
	for _, e := range errorNames {
		if errors.Is(err, e.err) {
			return refusal(e.name, e.err.Error())
		}
	}
	return refusal(failed, "the station could not do it; its journal says why")
}

// known says that an error tells all in its name, and is not worth a line of the journal.
func known(err error) bool { return toBus(err).Name != failed }

// withoutNames tells an error to the journal. The text of one from the kernel holds the name of a file, perhaps a
// visitor's, so only the kernel's own words and the kind of each error are told.
func withoutNames(err error) string {
	var kinds []string
	for e := err; e != nil; e = errors.Unwrap(e) {
		if errno, ok := e.(syscall.Errno); ok {
			return strings.Join(append(kinds, errno.Error()), ": ")
		}
		kinds = append(kinds, fmt.Sprintf("%T", e))
	}
	return strings.Join(kinds, ": ")
}

// fromBus is the error behind the answer to a call.
func fromBus(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	e, answered := errors.AsType[dbus.Error](err)
	if !answered {
		return gone(ctx)
	}
	for _, n := range errorNames {
		if n.name == e.Name {
			return n.err
		}
	}
	switch {
	case isGone(e.Name):
		return session.ErrGone
	case e.Name == accessDenied:
		return ErrDenied
	}
	return fmt.Errorf("the station refuses: %s", e.Name)
}

// gone is what became of a call that got no answer: its caller gave up, or nobody was there to answer.
func gone(ctx context.Context) error {
	if cause := ctx.Err(); errors.Is(cause, context.Canceled) {
		return cause
	} else if cause != nil {
		return fmt.Errorf("%w: %w", session.ErrGone, cause)
	}
	return session.ErrGone
}

func isGone(name string) bool {
	return slices.Contains(goneNames, name) || strings.HasPrefix(name, spawnPrefix)
}
