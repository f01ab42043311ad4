package packaging_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"estran/session/sessiontest"
)

// footMouse must not be none: foot would then take these keys for held, always, and keep the mouse to itself.
const footMouse = "selection-override-modifiers=Shift"

// swayCommands are the only ones that the compositor's configuration may hold: none of them lets a key or a button do
// anything (sway(5)).
var swayCommands = []string{
	"input", "xwayland", "swaynag_command", "floating_modifier", "focus_follows_mouse", "default_border",
	"default_floating_border", "titlebar_border_thickness", "hide_edge_borders", "seat", "for_window", "output",
	"focus_on_window_activation", "focus_wrapping", "popup_during_fullscreen", "workspace_layout", "workspace", "assign",
	"mouse_warping", "tiling_drag", "floating_minimum_size", "floating_maximum_size", "font", "titlebar_padding",
	"client.focused", "client.focused_inactive", "client.unfocused", "client.urgent", "exec",
}

const swayExec = `exec '/usr/bin/foot $FOOT --log-no-syslog --log-level error; /usr/bin/swaymsg exit'`

// lintSway gives what is wrong with a configuration of sway, line by line.
func lintSway(config string) (wrong []string) {
	programs := 0
	for line := range strings.Lines(config) {
		line = strings.TrimSpace(line)
		command, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || strings.HasPrefix(line, "#") || line == "swaybg_command -":
		case line == swayExec:
			programs++
		case !slices.Contains(swayCommands, command), strings.ContainsAny(rest, "{}$"):
			wrong = append(wrong, line)
		case strings.Contains(line, "exec"), strings.Contains(line, "bind"), strings.Contains(line, ";"):
			wrong = append(wrong, line)
		}
	}
	for _, must := range []string{
		"input * xkb_options srvrkeys:none", "xwayland disable", "swaynag_command -", "floating_modifier none",
	} {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(must) + `$`).MatchString(config) {
			wrong = append(wrong, "missing: "+must)
		}
	}
	if programs != 1 {
		wrong = append(wrong, "it must start the terminal, and nothing else")
	}
	return wrong
}

func TestCompositorHasNoBinding(t *testing.T) {
	config := string(read(t, root("usr/share/estran/sway.conf")))
	if wrong := lintSway(config); wrong != nil {
		t.Errorf("sway.conf: %q", wrong)
	}
	for _, bad := range []string{
		"bindsym Mod4+Return exec foot", "bindcode 36 exec foot", "bindgesture swipe:up workspace 2",
		"bindswitch lid:on exit", "exec foot", "exec_always foot", "include /etc/sway/config.d/*", "set $mod Mod4",
		"bar { }", "for_window [app_id=x] exec foot", "output * bg x; exec foot", "mode x { }", "swaybg_command foot",
	} {
		if lintSway(config+bad+"\n") == nil {
			t.Errorf("%q went unseen", bad)
		}
	}
	if lintSway(strings.ReplaceAll(config, "srvrkeys:none", "")) == nil {
		t.Error("a compositor that changes consoles went unseen")
	}
}

// footFiles are the two parts of the terminal's configuration: what every foot knows, and what came later.
const (
	footBase    = "usr/share/estran/foot-base.ini"
	footLater   = "usr/share/estran/foot.ini"
	footInclude = "include=/" + footBase + "\n"
)

// footConfig is the whole configuration of the terminal, as foot reads it.
func footConfig(t *testing.T) string {
	t.Helper()
	later, included := strings.CutPrefix(strings.TrimLeft(withoutComments(string(read(t, root(footLater)))), "\n"), footInclude)
	if !included {
		t.Fatalf("%s does not begin with %s", footLater, footInclude)
	}
	return string(read(t, root(footBase))) + "[main]\n" + later
}

func withoutComments(config string) string {
	return regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(config, "")
}

// footMust are settings whose defaults would let something out, or keep something; footMustLater those of them that came
// after foot 1.13.
var (
	footMust = []string{
		"[main]shell=/usr/bin/estran --bus", "[main]app-id=estran", "[main]locked-title=yes", "[main]selection-target=none",
		"[scrollback]lines=0", "[url]launch=/bin/false", "[mouse-bindings]" + footMouse,
	}
	footMustLater = []string{
		"[main]utmp-helper=none", "[security]osc52=disabled", "[desktop-notifications]command=/bin/false", "[bell]system=no",
	}
)

// lintFoot gives what is wrong with a configuration of foot.
func lintFoot(config string, musts ...string) (wrong []string) {
	section, seen := "main", map[string]bool{}
	for line := range strings.Lines(config) {
		line = strings.TrimSpace(line)
		if name, is := strings.CutPrefix(line, "["); is {
			section = strings.TrimSuffix(name, "]")
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		seen["["+section+"]"+line] = true
		if strings.HasSuffix(section, "-bindings") && !strings.HasSuffix(line, "=none") && line != footMouse {
			wrong = append(wrong, line)
		}
		if strings.HasPrefix(line, "include") || strings.HasPrefix(section, "regex") {
			wrong = append(wrong, line)
		}
	}
	for _, must := range musts {
		if !seen[must] {
			wrong = append(wrong, "missing: "+must)
		}
	}
	return wrong
}

func TestTerminalHasNoBinding(t *testing.T) {
	config, musts := footConfig(t), slices.Concat(footMust, footMustLater)
	if wrong := lintFoot(config, musts...); wrong != nil {
		t.Errorf("foot.ini: %q", wrong)
	}
	if wrong := lintFoot(string(read(t, root(footBase))), footMust...); wrong != nil {
		t.Errorf("foot-base.ini: %q", wrong)
	}
	for _, bad := range []string{
		"[key-bindings]\nspawn-terminal=Control+Shift+n", "[text-bindings]\nx=Mod4+c", "[main]\ninclude=~/foot.ini",
	} {
		if lintFoot(config+bad+"\n", musts...) == nil {
			t.Errorf("%q went unseen", bad)
		}
	}
	if lintFoot(strings.Replace(config, "osc52=disabled", "osc52=enabled", 1), musts...) == nil {
		t.Error("a clipboard that files can write went unseen")
	}
}

// TestTerminalHasNothingToSay: what foot does not know of its configuration it tells the visitor, in English.
func TestTerminalHasNothingToSay(t *testing.T) {
	sessiontest.Need(t, "foot")
	const later, debian12 = "usr/lib/systemd/system/estran-seat.service", "usr/share/estran/debian-12"
	options := map[string]string{}
	for _, file := range []string{later, debian12} {
		m := regexp.MustCompile(`(?m)^(?:Environment=")?FOOT="?(.*)"$`).FindSubmatch(read(t, root(file)))
		if m == nil {
			t.Fatalf("%s does not say how foot is started", file)
		}
		// It finds the files of this package here, and not those of one that is installed.
		options[file] = strings.ReplaceAll(string(m[1]), "/"+footBase, root(footBase))
	}
	whole := filepath.Join(t.TempDir(), "foot.ini")
	if err := os.WriteFile(whole, []byte(footConfig(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	options[later] = strings.Replace(options[later], "/"+footLater, whole, 1)
	ours := later
	if version, _ := exec.Command("foot", "--version").Output(); strings.HasPrefix(string(version), "foot version: 1.13.") {
		ours = debian12
	}
	args := append([]string{"--check-config", "--log-level=warning"}, strings.Fields(options[ours])...)
	if said, err := exec.Command("foot", args...).CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("foot %s says: %s %v", options[ours], said, err)
	}
}

// TestTerminalKnowsNoOtherBinding reads the example that foot installs: it names each action with its default keys.
func TestTerminalKnowsNoOtherBinding(t *testing.T) {
	example, err := os.ReadFile("/etc/xdg/foot/foot.ini")
	if err != nil {
		sessiontest.Missing(t, "foot is not installed here")
	}
	ours := footConfig(t)
	section := ""
	for line := range strings.Lines(string(example)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			section = line
		}
		name, keys, is := strings.Cut(strings.TrimPrefix(line, "# "), "=")
		if !is || !strings.HasSuffix(section, "-bindings]") || strings.HasPrefix(name, "vim") || strings.HasPrefix(keys, "none") || strings.Contains(keys, "] none") {
			continue
		}
		if !regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(strings.TrimSpace(name))+`=none$`).MatchString(ours) &&
			!strings.HasPrefix(footMouse, strings.TrimSpace(name)+"=") && section != "[text-bindings]" && !strings.HasPrefix(name, "regex") {
			t.Errorf("%s %s has keys by default: %s", section, name, keys)
		}
	}
}
