package conditions

import (
	"context"
	"fmt"
	"time"

	"estran/session"
)

// longestProbe bounds one probe. It is long: an old computer that is busy may take its time to answer, and one that gets
// no answer opens to nobody.
const longestProbe = 30 * time.Second

// Look looks at every condition and gives the results in the order of the table. It takes a few hundred milliseconds,
// and never more than longestProbe and a moment.
func Look(ctx context.Context, h Host) []Result { return lookAt(ctx, h, table(), longestProbe) }

// Vital looks at the vital conditions only, and gives the fault of the first that does not hold, with an error that
// names it for the journal; NoFault and nil when all hold.
func Vital(ctx context.Context, h Host) (session.Fault, error) {
	for _, r := range lookAt(ctx, h, vital(), longestProbe) {
		if r.Fails() {
			return r.Fault, fmt.Errorf("condition %s is %s: %s", r.ID, r.State, r.Found)
		}
	}
	return session.NoFault, nil
}

// lookAt runs the probes at once.
func lookAt(ctx context.Context, h Host, conditions []condition, bound time.Duration) []Result {
	ctx, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	e := newExam(ctx, h)
	findings := make([]chan finding, len(conditions))
	for i, c := range conditions {
		findings[i] = make(chan finding, 1)
		go func() { findings[i] <- c.look(ctx, e) }()
	}
	results := make([]Result, len(conditions))
	for i, c := range conditions {
		var f finding
		select {
		case f = <-findings[i]:
		case <-ctx.Done():
			f = lastWord(findings[i])
		}
		results[i] = Result{
			ID: c.id, Title: c.title, Why: c.why, Fault: c.fault, State: f.state, Found: f.found, Mend: f.mend,
		}
	}
	return results
}

// lastWord is what a probe told just before the time was up, or that it told nothing. A probe that hangs in the kernel
// is left behind.
func lastWord(c <-chan finding) finding {
	select {
	case f := <-c:
		return f
	case <-time.After(50 * time.Millisecond):
		return unknown("Relancer la vérification ; si cela revient, redémarrer le poste.", "Pas de réponse à temps.")
	}
}

// look runs one probe. One that panics has found nothing out.
func (c condition) look(ctx context.Context, e *exam) (f finding) {
	defer func() {
		if p := recover(); p != nil {
			f = unknown("Signaler ce défaut d'Estran.", "La vérification a rencontré une erreur interne : %v.", p)
		}
	}()
	return c.probe(ctx, e)
}

// table is every condition, the vital ones first. The order is that of the output and of Vital.
func table() []condition { return append(vital(), others()...) }

func vital() []condition {
	return []condition{
		configuration, stateDirectory, connectionLog, sandbox, sessionMemory, swap, freedMemory, console, coreDumps,
		seatFiles,
	}
}
