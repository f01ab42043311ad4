package browser

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

var update = flag.Bool("update", false, "write the golden files anew")

func base() Config {
	return Config{
		Program: "/usr/lib/firefox-esr/firefox-esr",
		Home:    "/run/estran/session/1/home", Documents: "/run/estran/session/1/documents",
		Temp: "/run/estran/session/1/tmp", Shm: "/run/estran/session/1/shm",
		Display: Display{Wayland: "/run/user/1000/wayland-0"}, Language: "fr", Sites: session.Defaults().Sites,
	}
}

// The whole argument lists, as golden files: whoever changes one sees what becomes of the sandbox.
func TestArgsGolden(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"firefox-wayland":  func(*Config) {},
		"firefox-x11":      func(c *Config) { c.Display = Display{X11: ":1"} },
		"firefox-headless": func(c *Config) { c.Headless = true; c.Large = true; c.Start = "https://www.caf.fr/" },
		"w3m": func(c *Config) {
			c.Program, c.Display = "/usr/bin/w3m", Display{Terminal: os.Stdin}
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := base()
			change(&c)
			args, err := Args(c)
			if err != nil {
				t.Fatal(err)
			}
			var lines strings.Builder
			for _, a := range args {
				if strings.HasPrefix(a, "--") && lines.Len() > 0 {
					lines.WriteString("\n")
				} else if lines.Len() > 0 {
					lines.WriteString(" ")
				}
				lines.WriteString(a)
			}
			lines.WriteString("\n")
			text := strings.ReplaceAll(lines.String(), multiarch(), "MULTIARCH")
			golden(t, filepath.Join("testdata", name+".args"), text)
		})
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestArgsHoldNoAddress(t *testing.T) {
	for _, program := range []string{"/usr/lib/firefox-esr/firefox-esr", "/usr/bin/w3m"} {
		c := base()
		c.Program, c.Start, c.Display.Terminal = program, "https://secret.example/", os.Stdin
		args, err := Args(c)
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(args, func(a string) bool { return strings.Contains(a, "secret") }); i >= 0 {
			t.Errorf("%s: the host could read %q", program, args[i])
		}
	}
}

// A sandbox that would be open is not made.
func TestArgsRefuse(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"a program without a path":        func(c *Config) { c.Program = "firefox-esr" },
		"another program":                 func(c *Config) { c.Program = "/bin/sh" },
		"no home":                         func(c *Config) { c.Home = "" },
		"a relative directory":            func(c *Config) { c.Documents = "documents" },
		"the root as a directory":         func(c *Config) { c.Temp = "/" },
		"the root in other words":         func(c *Config) { c.Shm = "/run/.." },
		"no display":                      func(c *Config) { c.Display = Display{} },
		"a display of another computer":   func(c *Config) { c.Display = Display{X11: "other:0"} },
		"the text browser without one":    func(c *Config) { c.Program = "/usr/bin/w3m" },
		"a home page that is no address":  func(c *Config) { c.HomePage = "caf" },
		"a first page that is no address": func(c *Config) { c.Start = "caf" },
		"a site that is no address":       func(c *Config) { c.Sites = []session.Site{{Name: "CAF", URL: "caf"}} },
	} {
		t.Run(name, func(t *testing.T) {
			c := base()
			change(&c)
			if args, err := Args(c); err == nil {
				t.Errorf("it gave %v", args)
			}
		})
	}
}

func TestErrorsKeepAddressesPrivate(t *testing.T) {
	c := base()
	c.Start = "http://[secret"
	_, err := Args(c)
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("the error is %v", err)
	}
	if c.Start = ""; errors.Is(err, ErrNoDisplay) {
		t.Error("the wrong error")
	}
}
