package agents

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"estran/session"
	"estran/session/ownfile"
)

// What a change is refused for. Every change may also give what keeps a file from being trusted, with the file and what to
// do; that another program holds the lock for ten seconds; and the error of its context. All changes are for IT, who calls
// them as root through estranctl.
var (
	// ErrExists: an account has that login.
	ErrExists = errors.New("the agent exists")
	// ErrUnknown: no account has it.
	ErrUnknown = errors.New("there is no such agent")
	// ErrPast: the end is in the past.
	ErrPast = errors.New("the end is in the past")
	// ErrCounts: the counts of wrong codes cannot be read; UnblockAll makes new ones.
	ErrCounts = errors.New("the counts of wrong codes cannot be read")
)

// Add makes an account that begins today. expires is its last day, "" for none. Without a code nobody can sign in until
// Rotate gives one. The errors are ErrExists, ErrPast, ErrCodeForm, or which field is not as it must be; whether the code
// is hard to guess is for CheckCode to say, before.
func (h *House) Add(ctx context.Context, login string, p session.Profile, expires Day, code session.Private) error {
	return h.change(ctx, func(b *book) error {
		if b.find(login) >= 0 {
			return ErrExists
		}
		a := Account{Login: login, Profile: p, Created: b.today, Reviewed: b.today, Expires: expires}
		if expires != "" && expires < b.today {
			return ErrPast
		}
		if err := a.setCode(code); err != nil {
			return err
		}
		b.accounts = append(b.accounts, a)
		slices.SortFunc(b.accounts, func(x, y Account) int { return strings.Compare(x.Login, y.Login) })
		return nil
	})
}

func (a *Account) setCode(code session.Private) error {
	if code == "" {
		return nil
	}
	typed, is := tidyCode(code)
	if !is {
		return ErrCodeForm
	}
	a.Code = hashOf(typed)
	return nil
}

// Rotate gives an account a new code, and forgets the wrong ones. The errors are ErrUnknown and ErrCodeForm.
func (h *House) Rotate(ctx context.Context, login string, code session.Private) error {
	return h.changeOne(ctx, login, func(b *book, a *Account) error {
		delete(b.tries.Known, login)
		return a.setCode(code)
	})
}

// Disable switches an account off until Enable; ErrUnknown when there is none.
func (h *House) Disable(ctx context.Context, login string) error { return h.able(ctx, login, true) }

// Enable switches an account on again; ErrUnknown when there is none.
func (h *House) Enable(ctx context.Context, login string) error { return h.able(ctx, login, false) }

func (h *House) able(ctx context.Context, login string, disabled bool) error {
	return h.changeOne(ctx, login, func(_ *book, a *Account) error {
		a.Disabled = disabled
		return nil
	})
}

// Remove takes an account away, and its count of wrong codes; ErrUnknown when there is none.
func (h *House) Remove(ctx context.Context, login string) error {
	return h.change(ctx, func(b *book) error {
		i := b.find(login)
		if i < 0 {
			return ErrUnknown
		}
		b.accounts = slices.Delete(b.accounts, i, i+1)
		delete(b.tries.Known, login)
		return nil
	})
}

// Review says that an account is still needed, from today for a year. expires, unless nil, becomes its end; "" for none.
// The errors are ErrUnknown and ErrPast.
func (h *House) Review(ctx context.Context, login string, expires *Day) error {
	return h.changeOne(ctx, login, func(b *book, a *Account) error {
		if expires != nil {
			a.Expires = *expires
		}
		if a.Expires != "" && a.Expires < b.today {
			return ErrPast
		}
		// A clock that was ahead may have written a day that is yet to come: this mends it.
		a.Created, a.Reviewed = min(a.Created, b.today), b.today
		return nil
	})
}

// Unblock forgets the wrong codes of an account. The errors are ErrUnknown and ErrCounts.
func (h *House) Unblock(ctx context.Context, login string) error {
	return h.changeOne(ctx, login, func(b *book, _ *Account) error {
		delete(b.tries.Known, login)
		if b.unread != nil {
			return fmt.Errorf("%w: %w", ErrCounts, b.unread)
		}
		return nil
	})
}

// UnblockAll forgets all wrong codes, also those of logins that do not exist, and those that could not be read any more. It
// keeps the sign-ins that wait for the daybook, where they can be read.
func (h *House) UnblockAll(ctx context.Context) error {
	release, err := lock(ctx, h.lockPath)
	if err != nil {
		return err
	}
	defer release()
	fresh := newTries()
	if now, err := h.now(); err == nil {
		if old, err := readTries(h.triesPath, now); err == nil {
			fresh.Visits = old.Visits
		}
	}
	if err := os.Remove(h.triesPath); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return fresh.write(h.triesPath)
}

func (h *House) changeOne(ctx context.Context, login string, f func(*book, *Account) error) error {
	return h.change(ctx, func(b *book) error {
		i := b.find(login)
		if i < 0 {
			return ErrUnknown
		}
		return f(b, &b.accounts[i])
	})
}

// change changes both files under the lock. Counts that cannot be read are left as they are, and the accounts change all
// the same: IT must be able to close one.
func (h *House) change(ctx context.Context, f func(*book) error) error {
	release, err := lock(ctx, h.lockPath)
	if err != nil {
		return err
	}
	defer release()
	b, err := h.look()
	if err != nil {
		return err
	}
	before, counts := slices.Clone(b.accounts), len(b.tries.Known)
	if err := f(&b); err != nil {
		return err
	}
	// The counts come first: where they cannot be written the code that is in the accounts still holds, as IT is told.
	if b.unread == nil && len(b.tries.Known) != counts {
		if err := b.tries.write(h.triesPath); err != nil {
			return err
		}
	}
	if slices.Equal(before, b.accounts) {
		return nil
	}
	data, err := encode(b.accounts)
	if err != nil {
		return err
	}
	return ownfile.Replace(h.path, data)
}

// look reads both files; the error is that of the accounts, and unread that of the counts.
func (h *House) look() (b book, err error) {
	if b.accounts, err = read(h.path); err != nil {
		return book{}, err
	}
	b.today = Today(h.clock.Wall())
	if b.now, b.unread = h.now(); b.unread == nil {
		b.tries, b.unread = readTries(h.triesPath, b.now)
	}
	return b, nil
}
