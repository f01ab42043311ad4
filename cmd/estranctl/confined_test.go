package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"estran/session/sessiontest"
)

// A process without a capability, or with a network or mounts of its own, says so: the real kernel is asked.
func TestConfinementIsSeen(t *testing.T) {
	if os.Getenv("SAY_CONFINED") != "" {
		if err := confined(); err != nil {
			t.Log("confined: " + err.Error())
		}
		return
	}
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "this needs root")
	}
	sessiontest.Need(t, "setpriv", "unshare")
	self := []string{os.Args[0], "-test.run=^TestConfinementIsSeen$", "-test.v"}
	for _, c := range []struct {
		how  []string
		says string
	}{
		{nil, ""},
		{[]string{"setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all"}, "CAP_SYS_ADMIN"},
		{[]string{"setpriv", "--bounding-set=-setuid", "--inh-caps=-all"}, "CAP_SETUID"},
		{[]string{"setpriv", "--bounding-set=-dac_read_search", "--inh-caps=-all"}, ""},
		{[]string{"setpriv", "--bounding-set=-dac_read_search,-dac_override", "--inh-caps=-all"}, "CAP_DAC_READ_SEARCH"},
		// In namespaces of its own, where the first process is one that can be looked at.
		{[]string{"unshare", "--pid", "--fork", "--mount-proc", "sh", "-c", `unshare --net "$@"; exit $?`, "sh"}, "(net)"},
		{[]string{"unshare", "--pid", "--fork", "--mount-proc", "sh", "-c", `unshare --mount "$@"; exit $?`, "sh"}, "(mnt)"},
		{[]string{"unshare", "--pid", "--fork", "--mount-proc", "--net", "--mount"}, ""},
	} {
		args := append(append([]string{}, c.how...), self...)
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(os.Environ(), "SAY_CONFINED=1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%v: %v\n%s", c.how, err, out)
			continue
		}
		_, said, confined := strings.Cut(string(out), "confined: ")
		if confined != (c.says != "") || !strings.Contains(said, c.says) {
			t.Errorf("%v says %q, want %q", c.how, said, c.says)
		}
	}
}
