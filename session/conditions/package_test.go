package conditions_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"estran/session/conditions"
)

const root = "../../packaging/deb/root"

func packaged(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(root + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// What the package sets up is what the conditions ask for: a computer with the kernel's command line, the settings, the
// masks and the files of the package, and nothing else in their place, has nothing to mend.
func TestThePackageMeetsTheConditions(t *testing.T) {
	c := healthy()

	c.files["/proc/cmdline"] = "BOOT_IMAGE=/boot/vmlinuz root=UUID=1 ro "
	for _, m := range regexp.MustCompile(`(?m)^\s*estran="(?:\$estran )?(.*)"$`).FindAllStringSubmatch(packaged(t, "/etc/default/grub.d/50-estran.cfg"), -1) {
		c.files["/proc/cmdline"] += m[1] + " "
	}

	for path := range c.files {
		if strings.HasPrefix(path, "/proc/sys/") && !strings.HasSuffix(path, "/osrelease") {
			delete(c.files, path)
		}
	}
	for line := range strings.Lines(packaged(t, "/usr/lib/sysctl.d/90-estran.conf")) {
		if name, value, is := strings.Cut(strings.TrimSpace(line), " = "); is && !strings.HasPrefix(line, "#") {
			c.files["/proc/sys/"+strings.ReplaceAll(name, ".", "/")] = value + "\n"
		}
	}

	for _, name := range []string{"logind", "system", "journald", "coredump"} {
		c.answers["systemd-analyze cat-config --no-pager systemd/"+name+".conf"] = packaged(t, "/usr/lib/systemd/"+name+".conf.d/50-estran.conf")
	}

	masked := strings.Fields(packaged(t, "/usr/lib/systemd/system-generators/estran"))
	for name, is := range c.units {
		template := name
		if at := strings.Index(name, "@"); at >= 0 {
			template = name[:at] + "@.service"
		}
		if is == "masked inactive" && !slices.Contains(masked, template) {
			t.Errorf("the package does not mask %s", template)
		}
	}

	line := regexp.MustCompile(`(?m)^ExecStart=(/.*)$`).FindStringSubmatch(packaged(t, "/usr/lib/systemd/system/usbguard.service.d/50-estran.conf"))
	if line == nil {
		t.Fatal("the package does not start USBGuard")
	}
	c.files["/proc/77/cmdline"] = strings.ReplaceAll(line[1], " ", "\x00") + "\x00"

	for path, entry := range c.entries {
		if strings.HasPrefix(path, "/usr/share/estran/") && entry.Mode.IsRegular() {
			_ = packaged(t, path)
		}
	}
	for _, r := range conditions.Look(t.Context(), c.host()) {
		if r.State != conditions.OK {
			t.Errorf("%s is %s: %s", r.ID, r.State, r.Found)
		}
	}
}
