package station_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"estran/session"
)

// TestWhatIsRefusedIsTold until it is out, whatever the session does; the log has its kind.
func TestWhatIsRefusedIsTold(t *testing.T) {
	w, _, _ := installed(t)
	refusals := make(chan session.Refusal)
	w.options.Refused = func(ctx context.Context) <-chan session.Refusal {
		told := make(chan session.Refusal)
		go func() {
			defer close(told)
			for {
				select {
				case <-ctx.Done():
					return
				case r := <-refusals:
					told <- r
				}
			}
		}()
		return told
	}
	log := &lines{}
	w.options.Log = slog.New(slog.NewTextHandler(log, nil))
	s := w.start(t)
	awaitState(t, s, session.Ready)
	refusals <- session.RefusedKeyboard
	awaitRefused(t, s, session.RefusedKeyboard)
	if err := s.Open(t.Context(), session.OpenOptions{}); err != nil {
		t.Fatal(err)
	}
	if st := awaitState(t, s, session.Open); st.Refused != session.RefusedKeyboard {
		t.Errorf("in the session %q is refused", st.Refused)
	}
	refusals <- session.RefusedDouble
	if st := awaitRefused(t, s, session.RefusedDouble); st.State != session.Open {
		t.Errorf("the session is %v", st.State)
	}
	refusals <- session.RefusedNothing
	awaitRefused(t, s, session.RefusedNothing)
	if told := log.String(); strings.Count(told, "not let in") != 2 || !strings.Contains(told, "kind=double") {
		t.Errorf("the log says %q", told)
	}
}

func awaitRefused(t *testing.T, s session.Station, want session.Refusal) session.Status {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	changes, err := s.Watch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for st := range changes {
		if st.Refused == want {
			return st
		}
	}
	t.Fatalf("%q is not told", want)
	return session.Status{}
}

// lines is a log that may be read while it is written.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
