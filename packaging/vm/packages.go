//go:build vm

package vm

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// control is where the package says what it depends on, as seen from here.
const control = "../deb/DEBIAN/control"

// later are the packages of the guest's own mirror: they are not in the image, which is a fresh Debian. USBGuard comes with
// the package; as Debian sets it, it would block the keyboard. CUPS is for a place that has a printer, and the rest is what
// the Ansible role brings.
var later = []string{
	"usbguard", "cups-daemon", "ansible-core", "python3-apt", "systemd-journal-remote", "prometheus-node-exporter",
}

// packagesOfTheImage are those of the recipe, and those that the package depends on or recommends, so that apt finds
// them there: the guest reaches no mirror.
func packagesOfTheImage() ([]string, error) {
	own, err := recipe.ReadFile("recipe/packages")
	if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(string(own)) {
		if name := strings.TrimSpace(line); name != "" && !strings.HasPrefix(name, "#") {
			names = append(names, name)
		}
	}
	text, err := os.ReadFile(control)
	if err != nil {
		return nil, fmt.Errorf("cannot tell what the package depends on: %w", err)
	}
	wanted := append(relations(string(text), "Depends"), relations(string(text), "Recommends")...)
	if len(wanted) == 0 {
		return nil, fmt.Errorf("%s names no dependency", control)
	}
	names = append(names, wanted...)
	names = slices.DeleteFunc(names, func(name string) bool { return slices.Contains(later, name) })
	slices.Sort(names)
	return slices.Compact(names), nil
}

// relations gives the packages of one field of a control file, the first of each alternative, without versions
// (deb-control(5)).
func relations(text, field string) []string {
	var names []string
	inside := false
	for line := range strings.Lines(text) {
		switch value, is := strings.CutPrefix(line, field+":"); {
		case is:
			inside, line = true, value
		case !strings.HasPrefix(line, " "):
			inside = false
		}
		if !inside {
			continue
		}
		for _, relation := range strings.Split(line, ",") {
			if words := strings.Fields(relation); len(words) > 0 {
				names = append(names, words[0])
			}
		}
	}
	return names
}
