package daybook

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Event is what happened.
type Event string

// The events. A reader that meets another one takes the line for broken.
const (
	MaintenanceBegun    Event = "maintenance-begun"
	MaintenanceFinished Event = "maintenance-finished"
	MaintenanceBooted   Event = "maintenance-booted" // the entry of the boot menu
	PasswordSet         Event = "password-set"       // of the boot menu
	Stopped             Event = "stopped"            // with the code of a fault
	Recovered           Event = "recovered"          // a session that was cut was wiped
	Upgraded            Event = "upgraded"           // to a version
	AccessLogRead       Event = "access-log-read"    // the access log was printed or exported
	ProofBegun          Event = "proof-begun"        // a visit of estranctl prove, which the access log may tell too
	LineCut             Event = "line-cut"           // the line before was cut by a crash; written by Write alone

	// What becomes of the accounts of agents, each with the Agent it is about.
	AgentAdded     Event = "agent-added"
	AgentRotated   Event = "agent-rotated" // a new code
	AgentDisabled  Event = "agent-disabled"
	AgentEnabled   Event = "agent-enabled"
	AgentRemoved   Event = "agent-removed"
	AgentReviewed  Event = "agent-reviewed"
	AgentUnblocked Event = "agent-unblocked" // without an Agent: all of them
	AgentSignedIn  Event = "agent-signed-in" // that day, at least once
	AgentRefused   Event = "agent-refused"   // a wrong code, that day; without an Agent: some login that does not exist
	AgentBlocked   Event = "agent-blocked"   // by too many wrong codes
)

// ByDay says that the event tells its day alone: its time is 00:00 UTC of that day. The hour of a sign-in, beside that of
// a session, would tell which agent helped in which session; and a wrong code is mostly followed by the right one.
func (e Event) ByDay() bool { return e == AgentSignedIn || e == AgentRefused }

// ofAgents are the events that have an Agent; those that are true may have none.
var ofAgents = map[Event]bool{
	AgentAdded: false, AgentRotated: false, AgentDisabled: false, AgentEnabled: false, AgentRemoved: false,
	AgentReviewed: false, AgentUnblocked: true, AgentSignedIn: false, AgentRefused: true, AgentBlocked: false,
}

// Events lists every event, for tests and for those who put them in words.
func Events() []Event {
	return []Event{
		MaintenanceBegun, MaintenanceFinished, MaintenanceBooted, PasswordSet, Stopped, Recovered, Upgraded, AccessLogRead,
		ProofBegun, LineCut, AgentAdded, AgentRotated, AgentDisabled, AgentEnabled, AgentRemoved, AgentReviewed,
		AgentUnblocked, AgentSignedIn, AgentRefused, AgentBlocked,
	}
}

// Station is who did what nobody asked for. No login of IT may be called so.
const Station = "station"

// Entry is one line.
type Entry struct {
	Time time.Time `json:"time"` // to the second, or to the day (ByDay); Write fills it in
	What Event     `json:"what"`
	Who  string    `json:"who"`
	// Agent is the login of the agent whom it is about; "" where it is about none.
	Agent string `json:"agent,omitempty"`
	// Code is the fault of Stopped, Version that of Upgraded; "" otherwise.
	Code    string `json:"code,omitempty"`
	Version string `json:"version,omitempty"`
	// Reason is what IT typed, at most MaxReason characters on one line.
	Reason string `json:"reason,omitempty"`
}

// MaxReason is how many characters a reason may have.
const MaxReason = 200

var (
	login       = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.@\\+$-]{0,63}$`)
	agentLogin  = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,31}$`) // as session/assist/agents has them
	faultCode   = regexp.MustCompile(`^[EM][0-9]{2}$`)
	versionText = regexp.MustCompile(`^[A-Za-z0-9.+~:-]{1,64}$`)
)

// check says what is wrong with an entry, and names the field.
func (e Entry) check() error {
	switch {
	case !known(e.What):
		return fmt.Errorf("what: %q is no event", e.What)
	case !login.MatchString(e.Who):
		return errors.New("who: it is no login")
	case e.Time.IsZero():
		return errors.New("time: there is none")
	case e.What.ByDay() && !e.Time.Equal(dayOf(e.Time.UTC())):
		return errors.New("time: such an event tells its day alone")
	case (e.What == Stopped) != (e.Code != "") || e.Code != "" && !faultCode.MatchString(e.Code):
		return errors.New("code: a stop has one such as E30, nothing else has")
	case (e.What == Upgraded) != (e.Version != "") || e.Version != "" && !versionText.MatchString(e.Version):
		return errors.New("version: an upgrade has one such as 1.2, nothing else has")
	}
	if err := e.checkAgent(); err != nil {
		return err
	}
	return CheckReason(e.Reason)
}

// checkAgent says what is wrong with the agent of an entry.
func (e Entry) checkAgent() error {
	mayLack, has := ofAgents[e.What]
	switch {
	case e.Agent == "" && (!has || mayLack):
		return nil
	case !has:
		return errors.New("agent: only what becomes of an agent has one")
	case !agentLogin.MatchString(e.Agent):
		return errors.New("agent: it is no login of an agent")
	}
	return nil
}

// dayOf is 00:00 UTC of the day that a time has in its own zone.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// CheckReason says what is wrong with a reason: too long, or signs that drive a terminal.
func CheckReason(reason string) error {
	if !utf8.ValidString(reason) || utf8.RuneCountInString(reason) > MaxReason {
		return fmt.Errorf("reason: at most %d characters of UTF-8", MaxReason)
	}
	if strings.ContainsFunc(reason, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r) }) {
		return errors.New("reason: one line, without control characters")
	}
	return nil
}

func known(what Event) bool {
	for _, e := range Events() {
		if e == what {
			return true
		}
	}
	return false
}
