package accesslog

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"estran/session"
)

// Entry is one line: one session.
type Entry struct {
	// Station is the name of the computer.
	Station string
	// Addresses are those the computer had on the network of the place, when the session opened or when it ended.
	Addresses []netip.Addr
	// Start and End are to the second. End is zero while the session is open; after EndRecovery it is when the station
	// found, at its next start, that the session had been cut. Both are zero once only Day is left.
	Start, End time.Time
	// Day is "2026-11-24" once the times are gone, "" before.
	Day string
	// Ended is how the session ended, EndNone while it is open.
	Ended session.EndReason
}

// open says that the end of the session was not noted yet.
func (e Entry) open() bool { return e.Ended == session.EndNone }

// Ends lists how a session may have ended, for those who put it in words.
func Ends() []session.EndReason {
	return []session.EndReason{
		session.EndVisitor, session.EndTime, session.EndIdle, session.EndPause, session.EndCode, session.EndFault,
		session.EndShutdown, session.EndRecovery,
	}
}

// mostAddresses bounds those of one line.
const mostAddresses = 16

var stationName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$`)

// check says what is wrong with an entry, and names the field.
func (e Entry) check() error {
	switch {
	case !stationName.MatchString(e.Station):
		return errors.New("station: it is no name of a computer")
	case len(e.Addresses) > mostAddresses:
		return fmt.Errorf("addresses: at most %d", mostAddresses)
	case slices.ContainsFunc(e.Addresses, func(a netip.Addr) bool { return !usable(a) }):
		return errors.New("addresses: one is no address on the network of the place")
	case !e.open() && !slices.Contains(Ends(), e.Ended):
		return errors.New("ended: it is no end of a session")
	case e.Day != "":
		if _, err := time.Parse(time.DateOnly, e.Day); err != nil || !e.Start.IsZero() || !e.End.IsZero() {
			return errors.New("day: it is a day, without times")
		}
	case e.Start.IsZero():
		return errors.New("start: there is none")
	case e.open() != e.End.IsZero():
		return errors.New("end: a session that ended has one, no other")
	}
	return nil
}

// thisStation is the name of the computer, as far as it is one.
func thisStation() string {
	name, err := os.Hostname()
	if err == nil && stationName.MatchString(name) {
		return name
	}
	clean := strings.Map(func(r rune) rune {
		if stationName.MatchString("a" + string(r)) {
			return r
		}
		return '-'
	}, name)
	return "poste" + clean[:min(len(clean), 59)]
}
