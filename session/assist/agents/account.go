package agents

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"estran/session"
)

// Account is one agent.
type Account struct {
	Login   string          `json:"login"` // as Login gives it
	Profile session.Profile `json:"profile"`
	// Created is the day on which it was made, Reviewed that on which somebody last said that it is still needed.
	Created  Day `json:"created"`
	Reviewed Day `json:"reviewed"`
	// Expires is the last day on which it holds, whatever is reviewed; "" for none.
	Expires Day `json:"expires,omitempty"`
	// Disabled says that it is switched off.
	Disabled bool `json:"disabled,omitempty"`
	// Code is what is kept of the code; "" when it has none yet, and nobody can sign in.
	Code hash `json:"code,omitempty"`
}

// LastDay is the last day on which the account holds: a year after its last review (CNIL référentiel 2021-028 §10: the
// right to come in is reviewed every year), or its own end when that is sooner.
func (a Account) LastDay() Day {
	last := a.Reviewed.YearLater()
	if a.Expires != "" {
		last = min(last, a.Expires)
	}
	return last
}

// DueDays is how long before the year is over an account is told to be reviewed, in days.
const DueDays = 30

// Due says that the account is to be reviewed: the year since its last review is over, or soon, or it is past its own end.
func (a Account) Due(today Day) bool {
	return today.later(0, DueDays) > a.Reviewed.YearLater() || a.Expired(today)
}

// Expired says that the account is past its end.
func (a Account) Expired(today Day) bool { return today > a.LastDay() }

var loginForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,31}$`)

// Login is what somebody typed as a login, without the space around it and in small letters. False when no login is written
// so. Letters outside of ASCII are refused before they are made small: the sign of the kelvin is no k.
func Login(typed session.Private) (string, bool) {
	t := strings.TrimSpace(typed.Reveal())
	if strings.ContainsFunc(t, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return "", false
	}
	t = strings.ToLower(t)
	return t, loginForm.MatchString(t)
}

// check says what is wrong with an account, naming the field and never what stands in it: it may be a code.
func (a Account) check() error {
	switch {
	case !loginForm.MatchString(a.Login):
		return errors.New("login: 2 to 32 small letters, figures and . _ -, the first one a letter")
	case !slices.Contains(session.Profiles(), a.Profile):
		return errors.New("profile: mediateur, responsable or maintenance")
	case !a.Created.Valid():
		return errors.New("created: a day such as 2026-11-26")
	case !a.Reviewed.Valid() || a.Reviewed < a.Created:
		return errors.New("reviewed: a day such as 2026-11-26, not before created")
	case a.Expires != "" && (!a.Expires.Valid() || a.Expires < a.Created):
		return errors.New("expires: a day such as 2026-11-26, not before created, or nothing")
	case a.Code != "":
		if _, err := a.Code.parts(); err != nil {
			return errors.New("code: it is no argon2id of ours; estranctl agent rotate gives a new code")
		}
	}
	return nil
}
