package proof

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"estran/session"
)

// endBound is how long the wipe and the new start of the screen may take.
const endBound = 3 * time.Minute

// End ends the session as the visitor does, waits for the receipt, tells on out whether it is verified, and gives the
// station back.
func End(ctx context.Context, st session.Station, out io.Writer) error {
	if err := st.End(ctx); err != nil && !errors.Is(err, session.ErrState) {
		return fmt.Errorf("cannot end the session: %w", err)
	}
	if err := reach(ctx, st, session.Wiped); err != nil {
		return err
	}
	receipt, err := st.Receipt(ctx)
	if err != nil {
		return fmt.Errorf("cannot read the receipt: %w", err)
	}
	if receipt.Verified() {
		if err := json.NewEncoder(out).Encode(message{Planted: receiptVerified}); err != nil {
			return err
		}
	}
	if err := st.Dismiss(ctx); err != nil && !errors.Is(err, session.ErrState) {
		return fmt.Errorf("cannot leave the receipt: %w", err)
	}
	return reach(ctx, st, session.Ready)
}

// receiptVerified is what End says of the receipt.
const receiptVerified = "receipt"

// reach waits for a state. The service executes itself anew meanwhile, and is away for a moment.
func reach(ctx context.Context, st session.Station, want session.State) error {
	ctx, cancel := context.WithTimeout(ctx, endBound)
	defer cancel()
	for {
		s, err := st.Status(ctx)
		switch {
		case err == nil && (s.State == want || want == session.Wiped && s.State == session.Ready):
			return nil
		case err == nil && s.State == session.Stopped:
			return fmt.Errorf("the station stopped: %s", s.Fault)
		case err != nil && !errors.Is(err, session.ErrGone):
			return err
		}
		select {
		case <-ctx.Done():
			return errors.New("the station does not come back")
		case <-time.After(300 * time.Millisecond):
		}
	}
}
