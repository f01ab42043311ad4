package station

import (
	"context"

	"estran/session"
)

// The receipt holds nothing of the visitor, so it may stay in memory once they have left: until the next session opens.

// Receipt is what the last wipe did, until the next session opens.
func (s *Station) Receipt(context.Context) (session.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.receipt == nil {
		return session.Receipt{}, session.ErrState
	}
	return *s.receipt, nil
}

// canReadReceipt says that there is a receipt to show, whose words hold: all was wiped. The caller holds mu.
func (s *Station) canReadReceipt() bool {
	state := s.machine.State
	return s.receipt != nil && s.receipt.Verified() && (state == session.Wiped || state == session.Ready)
}

// idleHandover is what a process that waits for a visitor leaves to the next one. The caller holds mu.
func (s *Station) idleHandover() Handover {
	h := Handover{Uncounted: s.due()}
	if s.receipt != nil && s.receipt.Verified() {
		h.Receipt = *s.receipt
	}
	return h
}
