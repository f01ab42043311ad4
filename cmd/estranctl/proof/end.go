package proof

import (
	"context"
	"errors"
	"fmt"
	"time"

	"estran/session"
)

// End asks the station to end the session, as the visitor does. It does not wait: it is of the kiosk's user, and the wipe
// looks whether anybody of that user is left.
func End(ctx context.Context, st session.Station) error {
	if err := st.End(ctx); err != nil && !errors.Is(err, session.ErrState) {
		return fmt.Errorf("cannot end the session: %w", err)
	}
	return nil
}

// endBound is how long the wipe, the receipt and the new start of the screen may take.
const endBound = 5 * time.Minute

// awaitEnd waits until the session is wiped, and the station ready for the next visitor; wiped says that each step was
// verified. The service executes itself anew meanwhile, and is away for a moment.
func awaitEnd(ctx context.Context, st session.Station) (wiped bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, endBound)
	defer cancel()
	for {
		s, err := st.Status(ctx)
		switch {
		case err == nil && s.State == session.Wiped:
			wiped = session.Receipt{Steps: s.Wipe}.Verified()
		case err == nil && s.State == session.Ready:
			return wiped, nil
		case err == nil && s.State == session.Stopped:
			return false, fmt.Errorf("the station stopped: %s", s.Fault)
		case err != nil && !errors.Is(err, session.ErrGone) && ctx.Err() == nil:
			return false, err
		}
		select {
		case <-ctx.Done():
			return false, errors.New("the station does not come back")
		case <-time.After(200 * time.Millisecond):
		}
	}
}
