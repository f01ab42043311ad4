package browser

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"estran/session"
)

func TestProbe(t *testing.T) {
	need(t, "bwrap")
	if err := Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Where the kernel makes no user namespaces, a station knows it, and a browser says it: each in a namespace of its own,
// in which their number is set to none.
func TestNoUserNamespaces(t *testing.T) {
	need(t, "bwrap", "w3m")
	if os.Getenv("ESTRAN_TEST_REFUSED") == "" {
		uid := 0
		if isHostRoot() {
			uid = nobody
		}
		cmd := nested(true, uid, uid, "-test.run=^TestNoUserNamespaces$", "-test.v")
		cmd.Env = append(cmd.Env, "ESTRAN_TEST_REFUSED=1", "TMPDIR=/tmp")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	if err := os.WriteFile("/proc/sys/user/max_user_namespaces", []byte("0"), 0); err != nil {
		t.Fatal(err)
	}
	if err := Probe(t.Context()); !errors.Is(err, ErrNoSandbox) || !strings.Contains(err.Error(), "bwrap") {
		t.Errorf("the probe says %v", err)
	}
	ends(t, insideConfig(t, "size=64m", "exit", "0"), session.BrowserNoSandbox)
	c, s := textConfig(t)
	if b, err := Start(t.Context(), c); !errors.Is(err, ErrNoSandbox) {
		b.Kill()
		t.Errorf("the text browser says %v", err)
	}
	time.Sleep(100 * time.Millisecond)
	if text := s.text(); text != "" {
		t.Errorf("the visitor reads %q", text)
	}
}

func TestStartRefuses(t *testing.T) {
	need(t, "bwrap")
	for name, test := range map[string]struct {
		change func(*Config)
		want   error
	}{
		"a browser that is not installed": {func(c *Config) { c.Program = "firefox-of-the-moon" }, ErrMissing},
		"a window without a display":      {func(c *Config) { c.Headless = false }, ErrNoDisplay},
	} {
		t.Run(name, func(t *testing.T) {
			c := firefoxConfig(t)
			test.change(&c)
			if b, err := Start(t.Context(), c); !errors.Is(err, test.want) {
				if b != nil {
					b.Kill()
				}
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
	t.Run("a computer without bubblewrap", func(t *testing.T) {
		c := firefoxConfig(t)
		t.Setenv("PATH", "/nonexistent")
		if _, err := Start(t.Context(), c); !errors.Is(err, ErrNoSandbox) {
			t.Errorf("got %v", err)
		}
		if err := Probe(t.Context()); !errors.Is(err, ErrNoSandbox) {
			t.Errorf("the probe says %v", err)
		}
	})
	t.Run("root of the computer without a user", func(t *testing.T) {
		if !isHostRoot() {
			return // nothing to refuse
		}
		c := firefoxConfig(t)
		c.Credential = nil
		if b, err := Start(t.Context(), c); err == nil {
			b.Kill()
			t.Error("it started")
		}
	})
}
