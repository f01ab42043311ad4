package session

import "context"

// Maintainer is what IT and agents may ask of a station, besides reading its status. Across D-Bus it is
// org.estran.Maintenance1, for root and the group estran-agents.
type Maintainer interface {
	// BeginMaintenance stops the station with FaultMaintenance, so that IT can work on it. It answers ErrState while a
	// session is open, unless force: then the session is ended and wiped first.
	BeginMaintenance(ctx context.Context, force bool) error
	// FinishMaintenance gives the station back to visitors, after the same checks as at its start; ErrState when no
	// maintenance was begun.
	FinishMaintenance(ctx context.Context) error
}
