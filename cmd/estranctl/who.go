package main

import (
	"os"
	"os/user"
	"strconv"
	"strings"

	"estran/session/daybook"
)

// who is the login of whoever asks. The kernel keeps the number of the account that logged in, whatever it became since
// (proc_pid_loginuid(5)); where there is none, sudo says; what systemd starts, nobody asked for.
func (s system) who() string {
	if text, err := os.ReadFile(s.loginUID); err == nil {
		id, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 32)
		if err == nil && id != noLogin {
			return nameOf(strconv.FormatUint(id, 10))
		}
	}
	if name := s.getenv("SUDO_USER"); s.isRoot() && name != "" {
		return name
	}
	if s.isRoot() && s.getenv("INVOCATION_ID") != "" {
		return daybook.Station
	}
	return nameOf(strconv.Itoa(s.euid()))
}

// noLogin is the number of nobody: (uid_t)-1.
const noLogin = 1<<32 - 1

// nameOf is the name of a number, or the number where it has none.
func nameOf(uid string) string {
	if u, err := user.LookupId(uid); err == nil {
		return u.Username
	}
	return uid
}
