package agents

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"estran/session"
	"estran/session/daybook"
)

// SignIn lets an agent in and gives their profile. A try is on the disk before the code is looked at. Its errors are
// ErrAgentForm, ErrAgentWrong, ErrAgentWait, ErrAgentBlocked, ErrAgentDisabled, ErrAgentExpired, ErrNoAgents and
// ErrAgentsUntrusted of package session, with more for the journal; or that of the context. It takes a tenth of a second
// and 19 MiB, longer when several come at once.
func (h *House) SignIn(ctx context.Context, login, code session.Private) (session.Profile, error) {
	b, release, err := h.open(ctx)
	switch {
	case err != nil && ctx.Err() != nil:
		return session.NoProfile, ctx.Err()
	case err != nil:
		return session.NoProfile, untrusted(err)
	}
	defer release()
	if !slices.ContainsFunc(b.accounts, hasCode) {
		return session.NoProfile, session.ErrNoAgents
	}
	name, isLogin := Login(login)
	typed, isCode := tidyCode(code)
	if !isLogin || !isCode {
		return session.NoProfile, session.ErrAgentForm
	}
	v := h.visitor(b, name)
	if err := ctx.Err(); err != nil {
		return session.NoProfile, err
	}
	if err := h.try(b, v); err != nil {
		return session.NoProfile, err
	}
	if right := h.compare(v.account.Code, typed); !right {
		return session.NoProfile, h.wrong(b, v)
	}
	if err := h.right(b, v); err != nil {
		return session.NoProfile, err
	}
	return v.account.Profile, nil
}

// visitor is who types: an account, or a login that does not exist, which has the zero account.
type visitor struct {
	login   string // of an account only
	account Account
	counts  map[string]tried
	key     string
}

func (h *House) visitor(b book, name string) visitor {
	var v visitor
	i := b.find(name)
	if i >= 0 {
		v.login, v.account = name, b.accounts[i]
	}
	v.counts, v.key = b.tries.count(name, i >= 0)
	return v
}

// try counts a try, unless it is too early or too late for one.
func (h *House) try(b book, v visitor) error {
	c := v.counts[v.key]
	if c.blocked() {
		h.remember(lastFailure{})
		return session.ErrAgentBlocked
	}
	if left := c.left(b.now); left > 0 {
		h.remember(lastFailure{b.now.since + left, Most - c.Count})
		return session.ErrAgentWait
	}
	v.counts[v.key] = tried{c.Count + 1, b.now.boot, b.now.since.Milliseconds()}
	if err := b.tries.write(h.triesPath); err != nil {
		return untrusted(fmt.Errorf("a try cannot be counted: %w", err))
	}
	return nil
}

// wrong tells of a code that was not right.
func (h *House) wrong(b book, v visitor) error {
	c := v.counts[v.key]
	what, told := daybook.AgentRefused, session.ErrAgentWrong
	if c.blocked() {
		told = session.ErrAgentBlocked
		if v.login != "" { // else nobody is blocked
			what = daybook.AgentBlocked
		}
		h.remember(lastFailure{})
	} else {
		h.remember(lastFailure{b.now.since + c.left(b.now), Most - c.Count})
	}
	return alsoTell(told, h.tell(what, v.login))
}

// right forgets the count, and looks whether the account holds.
func (h *House) right(b book, v visitor) error {
	delete(v.counts, v.key)
	h.remember(lastFailure{})
	var refused, unnoted error
	switch {
	case v.account.Disabled:
		refused = session.ErrAgentDisabled
	case !b.dateTrusted():
		refused = fmt.Errorf("%w, as far as one can tell: the clock is behind the file of the agents", session.ErrAgentExpired)
	case v.account.Expired(b.today):
		refused = session.ErrAgentExpired
	default:
		today := visit{b.today, v.login}
		if !slices.Contains(b.tries.Visits, today) {
			b.tries.Visits = append(b.tries.Visits, today)
		}
	}
	b.tries.Visits, unnoted = h.settled(b.tries.Visits, b.today)
	if len(b.tries.Visits) > mostVisits {
		return untrusted(fmt.Errorf("sign-ins cannot be noted any more: %w", unnoted))
	}
	if err := b.tries.write(h.triesPath); err != nil {
		return untrusted(fmt.Errorf("the count cannot be written: %w", err))
	}
	if refused != nil {
		return alsoTell(refused, errors.Join(unnoted, h.tell(daybook.AgentRefused, v.login)))
	}
	// The agent may come in: what could not be noted waits for the next time.
	return nil
}

// tell writes a line of now in the daybook.
func (h *House) tell(what daybook.Event, login string) error {
	return h.note(daybook.Entry{Time: h.clock.Wall(), What: what, Who: daybook.Station, Agent: login})
}

// alsoTell adds what is for the journal to what is for the caller.
func alsoTell(told, more error) error {
	if more == nil {
		return told
	}
	return fmt.Errorf("%w; %w", told, more)
}

// settled notes the sign-ins of other days than today, by day and login, and gives those that are left.
func (h *House) settled(visits []visit, today Day) ([]visit, error) {
	slices.SortFunc(visits, visit.after)
	left := []visit{}
	var unnoted error
	for _, v := range visits {
		if v.Day != today && unnoted == nil {
			unnoted = h.note(daybook.Entry{Time: v.Day.time(), What: daybook.AgentSignedIn, Who: daybook.Station, Agent: v.Login})
		}
		if v.Day == today || unnoted != nil {
			left = append(left, v)
		}
	}
	return left, unnoted
}

// Settle notes the sign-ins of the days before today, for whoever reads the daybook: estranctl journal calls it first. Those
// that could not be noted are kept for the next time.
func (h *House) Settle(ctx context.Context) error {
	if _, err := os.Lstat(h.triesPath); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	release, err := lock(ctx, h.lockPath)
	if err != nil {
		return err
	}
	defer release()
	now, err := h.now()
	if err != nil {
		return err
	}
	t, err := readTries(h.triesPath, now)
	if err != nil {
		return err
	}
	before := len(t.Visits)
	t.Visits, err = h.settled(t.Visits, Today(h.clock.Wall()))
	if len(t.Visits) == before {
		return err
	}
	return errors.Join(err, t.write(h.triesPath))
}
