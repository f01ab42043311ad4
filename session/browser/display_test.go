package browser

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"

	"estran/session"
)

func TestChoose(t *testing.T) {
	window := Display{Wayland: "/run/user/1000/wayland-0"}
	for name, test := range map[string]struct {
		program   session.BrowserProgram
		display   Display
		installed []string
		path      string
		text      bool
		problem   session.BrowserProblem
	}{
		"auto, all there":             {"auto", window, []string{"firefox-esr", "w3m"}, "/bin/firefox-esr", false, ""},
		"auto under X":                {"auto", Display{X11: ":0"}, []string{"firefox-esr", "w3m"}, "/bin/firefox-esr", false, ""},
		"auto on a bare terminal":     {"auto", Display{}, []string{"firefox-esr", "w3m"}, "/bin/w3m", true, ""},
		"auto without Firefox":        {"auto", window, []string{"w3m"}, "/bin/w3m", true, ""},
		"auto without w3m, no window": {"auto", Display{}, []string{"firefox-esr"}, "", false, session.BrowserMissing},
		"auto with nothing":           {"auto", window, nil, "", false, session.BrowserMissing},
		"Firefox":                     {"firefox-esr", window, []string{"firefox-esr"}, "/bin/firefox-esr", false, ""},
		"Firefox without a display":   {"firefox-esr", Display{}, []string{"firefox-esr", "w3m"}, "", false, session.BrowserNoDisplay},
		"Firefox missing":             {"firefox-esr", window, []string{"w3m"}, "", false, session.BrowserMissing},
		"w3m":                         {"w3m", window, []string{"firefox-esr", "w3m"}, "/bin/w3m", true, ""},
		"w3m missing":                 {"w3m", Display{}, []string{"firefox-esr"}, "", false, session.BrowserMissing},
	} {
		t.Run(name, func(t *testing.T) {
			look := func(name string) (string, error) {
				for _, p := range test.installed {
					if p == name {
						return "/bin/" + p, nil
					}
				}
				return "", errors.New("not installed")
			}
			path, text, problem := Choose(test.program, test.display, look)
			if path != test.path || text != test.text || problem != test.problem {
				t.Errorf("got %q, text %v, problem %q", path, text, problem)
			}
		})
	}
}

func TestFindDisplay(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, "wayland-7")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		env  map[string]string
		want string
	}{
		"in the runtime directory": {map[string]string{"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": dir}, socket},
		"by its path":              {map[string]string{"WAYLAND_DISPLAY": socket}, socket},
		"not there":                {map[string]string{"WAYLAND_DISPLAY": "wayland-8", "XDG_RUNTIME_DIR": dir}, ""},
		"not a socket":             {map[string]string{"WAYLAND_DISPLAY": "file", "XDG_RUNTIME_DIR": dir}, ""},
		"no runtime directory":     {map[string]string{"WAYLAND_DISPLAY": "wayland-7"}, ""},
		"none":                     {nil, ""},
		"X of another computer":    {map[string]string{"DISPLAY": "localhost:10.0"}, ""},
		"X that is not there":      {map[string]string{"DISPLAY": ":9871"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := FindDisplay(func(name string) string { return test.env[name] })
			if d.Wayland != test.want || d.X11 != "" {
				t.Errorf("got %+v", d)
			}
		})
	}
}
