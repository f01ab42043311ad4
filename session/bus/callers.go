package bus

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"slices"
	"strconv"
	"sync"

	"github.com/godbus/dbus/v5"
)

// Callers are who may call what. The zero value lets root alone.
type Callers struct {
	// Kiosk is the user id that drives sessions.
	Kiosk uint32
	// Agents is the id of the group that may read the status and do maintenance, as root may; 0 is no group.
	Agents uint32
}

// FindCallers finds the user estran and the group estran-agents, which the package makes (sysusers.d(5)). An error
// says which one is missing.
func FindCallers() (Callers, error) {
	u, err := user.Lookup("estran")
	if err != nil {
		return Callers{}, fmt.Errorf("cannot find who drives the station: %w", err)
	}
	g, err := user.LookupGroup("estran-agents")
	if err != nil {
		return Callers{}, fmt.Errorf("cannot find who may do maintenance: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return Callers{}, fmt.Errorf("the user estran has the id %q", u.Uid)
	}
	gid, err := strconv.ParseUint(g.Gid, 10, 32)
	if err != nil {
		return Callers{}, fmt.Errorf("the group estran-agents has the id %q", g.Gid)
	}
	return Callers{Kiosk: uint32(uid), Agents: uint32(gid)}, nil
}

// A caller is whom the bus says that a message is from.
type caller struct {
	uid    uint32
	groups []uint32
}

// who is a rule of the table of methods.
type who int

const (
	nobody who = iota // a method that says nothing is for nobody
	kiosk             // drives sessions
	staff             // root and agents
	reader            // the kiosk, root and agents
)

func (c Callers) may(rule who, by caller) bool {
	isKiosk := by.uid == c.Kiosk
	isStaff := by.uid == 0 || c.Agents != 0 && slices.Contains(by.groups, c.Agents)
	switch rule {
	case kiosk:
		return isKiosk
	case staff:
		return isStaff
	case reader:
		return isKiosk || isStaff
	default:
		return false
	}
}

// mostKnown bounds how many callers are remembered.
const mostKnown = 256

// callers remembers who stands behind each unique name, which the bus never gives to two connections, until its
// connection ends (D-Bus Specification, "Message Bus Names").
type callers struct {
	mu    sync.Mutex
	known map[string]caller
}

// find asks the bus who is behind a unique name.
func (c *callers) find(ctx context.Context, conn *dbus.Conn, name string) (caller, error) {
	c.mu.Lock()
	by, there := c.known[name]
	c.mu.Unlock()
	if there {
		return by, nil
	}
	asked := conn.BusObject().CallWithContext(ctx, busName+".GetConnectionCredentials", 0, name)
	var m map[string]dbus.Variant
	if err := errors.Join(asked.Err, store(asked.Body, &m)); err != nil {
		return caller{}, fmt.Errorf("cannot learn who calls: %w", err)
	}
	uid, isUID := m["UnixUserID"].Value().(uint32)
	if !isUID {
		return caller{}, fmt.Errorf("the bus does not say who calls")
	}
	groups, _ := m["UnixGroupIDs"].Value().([]uint32)
	by = caller{uid, groups}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= mostKnown {
		c.known = map[string]caller{}
	}
	c.known[name] = by
	return by, nil
}

// forget lets go of a connection that ended.
func (c *callers) forget(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, name)
}
