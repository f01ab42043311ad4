package agents_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/sessiontest"
)

// damage is one thing that is wrong with a file, and what its error must say.
type damage struct {
	name, says string
	do         func(path string, data []byte) error
}

func rewritten(old, new string) func(string, []byte) error {
	return func(path string, data []byte) error {
		after := bytes.Replace(data, []byte(old), []byte(new), 1)
		if bytes.Equal(after, data) {
			return errors.New("it does not hold " + old)
		}
		return os.WriteFile(path, after, 0o600)
	}
}

func renamed(then func(path, away string) error) func(string, []byte) error {
	return func(path string, _ []byte) error {
		return errors.Join(os.Rename(path, path+".away"), then(path, path+".away"))
	}
}

// anyFile is what may be wrong with either file.
var anyFile = []damage{
	{"empty", "cut", func(p string, _ []byte) error { return os.WriteFile(p, nil, 0o600) }},
	{"cut", "cut", func(p string, data []byte) error { return os.WriteFile(p, data[:len(data)-20], 0o600) }},
	{"not JSON", "no JSON", func(p string, _ []byte) error { return os.WriteFile(p, []byte("login: marie\n"), 0o600) }},
	{"something behind", "", func(p string, data []byte) error { return os.WriteFile(p, append(data, "{}"...), 0o600) }},
	{"newer", "upgrade Estran", rewritten(`"version": 1`, `"version": 2, "more": true`)},
	{"older", "reads 1", rewritten(`"version": 1`, `"version": 0`)},
	{"no version", "version", rewritten(`"version": 1,`, ``)},
	{"unknown field", "does not know", rewritten(`"version": 1`, `"version": 1, "admin": true`)},
	{"a field twice", "twice", rewritten(`"version": 1`, `"version": 1, "version": 1`)},
	{"capitals", "capitals", rewritten(`"version": 1`, `"version": 1, "Version": 1`)},
	{"not UTF-8", "UTF-8", rewritten(`"version": 1`, "\"version\": 1, \"\xff\": 1")},
	{"group may read", "chmod 0600", func(p string, _ []byte) error { return os.Chmod(p, 0o640) }},
	{"all may write", "chmod 0600", func(p string, _ []byte) error { return os.Chmod(p, 0o602) }},
	{"executable", "chmod 0600", func(p string, _ []byte) error { return os.Chmod(p, 0o700) }},
	{"a link", "link", renamed(func(p, away string) error { return os.Symlink(away, p) })},
	{"a link to nothing", "link", renamed(func(p, _ string) error { return os.Symlink("/nonexistent", p) })},
	{"a second name", "second name", func(p string, _ []byte) error { return os.Link(p, p+".too") }},
	{"a directory", "no file", renamed(func(p, _ string) error { return os.Mkdir(p, 0o700) })},
	{"a pipe", "no file", renamed(func(p, _ string) error { return unix.Mkfifo(p, 0o600) })},
	{"too large", "larger", func(p string, data []byte) error {
		return os.WriteFile(p, append(data, bytes.Repeat([]byte(" "), 1<<20)...), 0o600)
	}},
	{"deep", "", func(p string, _ []byte) error {
		return os.WriteFile(p, []byte(`{"version": 1, "agents": `+strings.Repeat("[", 9000)+strings.Repeat("]", 9000)+"}"), 0o600)
	}},
}

var agentsFile = []damage{
	{"a profile", "profile: mediateur", rewritten(`"mediateur"`, `"root"`)},
	{"a login", "login:", rewritten(`"marie"`, `"ma\u202erie"`)},
	{"a login in capitals", "login:", rewritten(`"marie"`, `"Marie"`)},
	{"a day", "created:", rewritten(`"2026-11-26"`, `"2026-02-30"`)},
	{"reviewed before", "reviewed:", rewritten(`"reviewed": "2026`, `"reviewed": "2025`)},
	{"an end before", "expires:", rewritten(`"reviewed"`, `"expires": "2026-11-25", "reviewed"`)},
	{"a code in clear", "rotate", rewritten(`$argon2id$v=19$m=19456,t=2,p=1$`, `bcdfg-`)},
	{"a cheap code", "rotate", rewritten(`m=19456`, `m=8`)},
	{"a number for a text", "agents.login", rewritten(`"marie"`, `7`)},
	{"an agent twice", "twice", func(p string, data []byte) error {
		from, to := bytes.IndexByte(data, '['), bytes.LastIndexByte(data, ']')
		one := data[from+1 : to]
		return os.WriteFile(p, bytes.Join([][]byte{data[:to], []byte(","), one, data[to:]}, nil), 0o600)
	}},
}

var triesFile = []damage{
	{"a count", "count", rewritten(`"count": 1`, `"count": -1`)},
	{"too high", "count", rewritten(`"count": 1`, `"count": 11`)},
	{"the future", "count", rewritten(`"since_ms": 3600000`, `"since_ms": 9999999`)},
	{"a boot", "count", rewritten(`"boot": "11111111-aaaa"`, `"boot": "../x"`)},
	{"no counts", "known", rewritten(`"unknown": {}`, `"unknown": null`)},
	{"no key", "key", rewritten(`"key": "`, `"key": "zz`)},
	{"a login", "known", rewritten(`"marie": {`, `"ma/rie": {`)},
	{"a bucket", "unknown", rewritten(`"unknown": {}`, `"unknown": {"1024": {"count": 1, "boot": "11111111", "since_ms": 1}}`)},
	{"a visit", "visits", rewritten(`"visits": []`, `"visits": [{"day": "today", "login": "marie"}]`)},
}

func TestAnAgentsFileThatCannotBeTrustedLetsNobodyIn(t *testing.T) {
	for _, d := range append(anyFile, agentsFile...) {
		t.Run(d.name, func(t *testing.T) {
			w := newWorld(t)
			w.add(t, "marie")
			data, err := os.ReadFile(w.o.Path)
			if err == nil {
				err = d.do(w.o.Path, data)
			}
			if err != nil {
				t.Fatal(err)
			}
			_, err = w.SignIn(t.Context(), "marie", right)
			if !errors.Is(err, session.ErrAgentsUntrusted) || !strings.Contains(err.Error(), d.says) || strings.Contains(err.Error(), "bcdfg") {
				t.Errorf("the error is %v, want %q", err, d.says)
			}
			if any, err := w.Anybody(); any || !errors.Is(err, session.ErrAgentsUntrusted) {
				t.Errorf("somebody can sign in: %v, %v", any, err)
			}
			// And no change makes it look sound again.
			if err := w.Add(t.Context(), "paul", session.ProfileMediateur, "", right); err == nil {
				t.Error("it was changed")
			}
		})
	}
}

func TestCountsThatCannotBeTrustedLetNobodyIn(t *testing.T) {
	for _, d := range append(anyFile, triesFile...) {
		t.Run(d.name, func(t *testing.T) {
			w := newWorld(t)
			w.add(t, "marie")
			w.add(t, "paul")
			w.in(t, "marie", wrong, session.ErrAgentWrong)
			data, err := os.ReadFile(w.tries())
			if err == nil {
				err = d.do(w.tries(), data)
			}
			if err != nil {
				t.Fatal(err)
			}
			w.pass(time.Minute)
			for _, login := range []string{"marie", "paul", "nobody"} {
				_, err = w.SignIn(t.Context(), session.Private(login), right)
				if !errors.Is(err, session.ErrAgentsUntrusted) || !strings.Contains(err.Error(), d.says) {
					t.Errorf("the error is %v, want %q", err, d.says)
				}
			}
			if r, err := w.Report(); err != nil || r.Tries == nil {
				t.Errorf("it is not reported: %+v, %v", r, err)
			}
			// IT may switch an account off, and that mends nothing; what mends it says so.
			if err := w.Disable(t.Context(), "paul"); err != nil {
				t.Error(err)
			}
			w.in(t, "marie", right, session.ErrAgentsUntrusted)
			if err := w.Unblock(t.Context(), "marie"); err == nil {
				t.Error("one login was unblocked in counts that cannot be read")
			}
			if err := w.UnblockAll(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.in(t, "marie", right, nil)
			w.in(t, "paul", right, session.ErrAgentDisabled)
		})
	}
}

func TestATryThatCannotBeCountedIsNone(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	// A directory in the place of the next file: it cannot be written, even by root.
	if err := os.MkdirAll(w.tries()+".new/full", 0o700); err != nil {
		t.Fatal(err)
	}
	w.in(t, "marie", right, session.ErrAgentsUntrusted)
}

func TestAnotherOwnersFileIsRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		sessiontest.Missing(t, "only root can give a file away")
	}
	w := newWorld(t)
	w.add(t, "marie")
	if err := os.Chown(w.o.Path, 65534, 65534); err != nil {
		t.Fatal(err)
	}
	w.in(t, "marie", right, session.ErrAgentsUntrusted)
}
