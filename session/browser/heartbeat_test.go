package browser

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestParseHeartbeat(t *testing.T) {
	for line, want := range map[string]heartbeat{
		"1 0 12   \n":    {count: 1, idle: 12 * time.Millisecond},
		"73 1 3600000\n": {count: 73, shown: true, idle: time.Hour},
	} {
		if h, ok := parseHeartbeat(line); !ok || h != want {
			t.Errorf("%q: %+v, %v", line, h, ok)
		}
	}
	for _, line := range []string{"", "\n", "1 1\n", "one 1 1\n", "-1 1 1\n", "1 1 -1\n", "1 1 99999999999999\n"} {
		if h, ok := parseHeartbeat(line); ok {
			t.Errorf("%q: %+v", line, h)
		}
	}
}

// The sandbox may put anything in the heartbeat's place; reading it neither blocks nor follows it.
func TestReadHeartbeatOfAHostileHome(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("1 1 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, put := range map[string]func(path string) error{
		"nothing":        func(string) error { return nil },
		"a link":         func(p string) error { return os.Symlink(secret, p) },
		"a pipe":         func(p string) error { return syscall.Mkfifo(p, 0o600) },
		"a directory":    func(p string) error { return os.Mkdir(p, 0o700) },
		"an empty file":  func(p string) error { return os.WriteFile(p, nil, 0o600) },
		"half a line":    func(p string) error { return os.WriteFile(p, []byte("1 1 1"), 0o600) },
		"a long file":    func(p string) error { return os.WriteFile(p, []byte(strings.Repeat("1 1 1\n", 1<<16)), 0o600) },
		"something else": func(p string) error { return os.WriteFile(p, []byte("\x00\n"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			if err := put(filepath.Join(home, heartbeatFile)); err != nil {
				t.Fatal(err)
			}
			if h, ok := readHeartbeat(home); ok {
				t.Errorf("it read %+v", h)
			}
		})
	}
}
