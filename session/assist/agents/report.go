package agents

import "time"

// Standing is how an account stands today.
type Standing struct {
	Account
	// HasCode says that somebody can sign in with it; the code itself is not told.
	HasCode bool
	// Tries are the wrong codes since the last right one, Left how long the next one must wait.
	Tries   int
	Left    time.Duration
	Blocked bool // until IT unblocks it
	// Due says that it is to be reviewed, Expired that it is past its end.
	Due, Expired bool
}

// Report is how all of them stand.
type Report struct {
	Agents []Standing // in the order of their logins
	// Tries says why the counts cannot be read, nil when they can: then nobody can sign in.
	Tries error
	// ClockBehind says that the clock is behind the newest day of the file: then nobody can sign in.
	ClockBehind bool
}

// Report tells how the accounts stand, by login. It takes no lock, and its error is that of
// the file, which it names. It is for root: estranctl, and the conditions of a station.
func (h *House) Report() (Report, error) {
	b, err := h.look()
	if err != nil {
		return Report{}, err
	}
	r := Report{ClockBehind: !b.dateTrusted(), Tries: b.unread}
	for _, a := range b.accounts {
		c := b.tries.Known[a.Login]
		s := Standing{
			Account: a, HasCode: hasCode(a), Tries: c.Count, Left: c.left(b.now), Blocked: c.blocked(),
			Due: a.Due(b.today), Expired: a.Expired(b.today),
		}
		s.Code = "" // it is nobody's to see
		r.Agents = append(r.Agents, s)
	}
	return r, nil
}
