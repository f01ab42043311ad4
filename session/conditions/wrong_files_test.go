package conditions_test

import (
	"errors"
	"io/fs"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/assist/agents"
	"estran/session/conditions"
	"estran/session/daybook"
)

// wrongOfFiles is what the station keeps of its own, and what it is told by.
var wrongOfFiles = []breakage{
	{"configuration", failed, "ligne", func(c *computer) { _, c.broken = session.Parse([]byte("[session]\nidle = 3\n"), "x.toml") }},
	{"configuration", failed, "refused", func(c *computer) { c.broken = errors.New("refused") }},
	{"configuration", fine, "par défaut", func(c *computer) { delete(c.entries, session.ConfigPath) }},

	{"state-directory", failed, "manque", func(c *computer) { delete(c.entries, "/var/lib/estran") }},
	{"state-directory", failed, "0755", entry("/var/lib/estran", conditions.Entry{Mode: fs.ModeDir | 0o755})},
	{"state-directory", failed, "compte 990", entry("/var/lib/estran", conditions.Entry{Mode: fs.ModeDir | 0o700, UID: 990})},
	{"state-directory", failed, "pas un dossier", entry("/var/lib/estran", conditions.Entry{Mode: fs.ModeSymlink | 0o777})},
	{"state-directory", failed, "no space", func(c *computer) { c.writable = errors.New("no space") }},
	{"state-directory", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"access-log", fine, "rien n'est gardé", func(*computer) {}},
	{"access-log", fine, "prochaine session", func(c *computer) { c.config.AccessLog.Enabled = true }},
	{"access-log", fine, "éteint ; ses lignes", notes(false, 0o600, func(*computer) {})},
	{"access-log", fine, "allumé, et à root seul", notes(true, 0o600, func(*computer) {})},
	{"access-log", failed, "0644", notes(true, 0o644, func(*computer) {})},
	{"access-log", warning, "0644", notes(false, 0o644, func(*computer) {})}, // the station opens all the same
	{"access-log", failed, "compte 990", notes(true, 0o600, func(c *computer) {
		c.entries[accesslog.Path] = conditions.Entry{Mode: 0o600, UID: 990}
	})},
	{"access-log", failed, "ordinaire", notes(true, fs.ModeSymlink|0o777, func(*computer) {})},
	{"access-log", failed, "trop grand : 65 Mio", notes(true, 0o600, func(c *computer) {
		c.entries[accesslog.Path] = conditions.Entry{Mode: 0o600, Size: 65 << 20}
	})},
	{"access-log", failed, "place", notes(true, 0o600, func(c *computer) {
		c.free, c.entries[accesslog.Path] = 1<<20, conditions.Entry{Mode: 0o600, Size: 1 << 20}
	})},
	{"access-log", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"access-log-lines", unknown, "refused", notes(true, 0o600, func(c *computer) { c.logIs = errors.New("refused") })},
	{"access-log-lines", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},
	{"access-log-lines", warning, "2 ne se lisent pas", notes(true, 0o600, func(c *computer) { c.log.Damaged = []int{1, 7} })},
	{"access-log-lines", warning, "plus vieilles que les 12 et 3 mois", notes(true, 0o600, func(c *computer) {
		c.log.Entries[0].Start = now.AddDate(0, -3, -5)
	})},
	{"access-log-lines", fine, "1, et", notes(true, 0o600, func(c *computer) { c.log.Entries[0].Start = now.AddDate(0, -3, -2) })},

	{"daybook", failed, "ligne 3", func(c *computer) { c.book.Broken = &daybook.Broken{Line: 3} }},
	{"daybook", warning, "coupée", func(c *computer) { c.book.Cut = true }},
	{"daybook", fine, "1 lignes", func(c *computer) { c.book.Entries = make([]daybook.Entry, 1) }},
	{"daybook", unknown, "refused", func(c *computer) { c.bookIs = errors.New("refused") }},
	{"daybook", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"agents", fine, "visiteurs seuls", func(*computer) {}},
	{"agents", fine, "2, à jour", agentsAre(agents.Standing{HasCode: true, Tries: 3}, agents.Standing{Account: agents.Account{Disabled: true}, Blocked: true, Expired: true})},
	{"agents", failed, "upgrade Estran", func(c *computer) { c.agentsIs = errors.New("version: it is 2: upgrade Estran") }},
	{"agents", failed, "unblock --all", func(c *computer) { c.agents.Tries = errors.New("cut") }},
	{"agents", failed, "horloge", func(c *computer) { c.agents.ClockBehind = true }},
	{"agents", warning, "2, dont bloqués : a", agentsAre(agents.Standing{HasCode: true, Blocked: true, Due: true}, agents.Standing{HasCode: true})},
	{"agents", warning, "1, dont expirés : a", agentsAre(agents.Standing{HasCode: true, Expired: true, Due: true})},
	{"agents", warning, "à revoir dans les 30 jours : a, b", agentsAre(agents.Standing{HasCode: true, Due: true}, agents.Standing{Due: true})},
	{"agents", warning, "sans code : b", agentsAre(agents.Standing{HasCode: true}, agents.Standing{})},
	{"agents", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},
}

// notes has the station note sessions, or have noted one yesterday, in a file with these rights.
func notes(enabled bool, mode fs.FileMode, more func(*computer)) func(*computer) {
	return func(c *computer) {
		c.config.AccessLog.Enabled = enabled
		c.entries[accesslog.Path] = conditions.Entry{Mode: mode}
		c.log.Entries = []accesslog.Entry{{Station: "pc", Start: now.AddDate(0, 0, -1)}}
		more(c)
	}
}

// agentsAre has agents a, b and so on, who stand so.
func agentsAre(all ...agents.Standing) func(*computer) {
	for i := range all {
		all[i].Login = string(rune('a' + i))
	}
	return func(c *computer) { c.agents.Agents = all }
}
