package main

import (
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/station"
)

// aloneVariable says that this test program has the directories of root's station to itself.
const aloneVariable = "ESTRAN_TEST_ALONE"

// alone runs a test in a mount namespace in which /run and /var/lib are empty, and says whether it is there.
func alone(t *testing.T) bool {
	t.Helper()
	if os.Getenv(aloneVariable) != "" {
		for _, dir := range []string{"/run", "/var/lib"} {
			if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "mode=0755"); err != nil {
				t.Fatal(err)
			}
		}
		return true
	}
	args := []string{"--mount", "--propagation", "private", os.Args[0], "-test.v", "-test.run=^" + t.Name() + "$"}
	if os.Getuid() != 0 {
		args = append([]string{"--user", "--map-root-user"}, args...)
	}
	cmd := exec.Command("unshare", args...)
	cmd.Env = append(os.Environ(), aloneVariable+"=yes")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// people makes these the users of the computer, beside root.
func people(t *testing.T, names ...string) {
	t.Helper()
	passwd := "root:x:0:0::/root:/bin/sh\n"
	for _, name := range names {
		passwd += name + ":x:990:990::/nonexistent:/usr/sbin/nologin\n"
	}
	file := filepath.Join(t.TempDir(), "passwd")
	if err := os.WriteFile(file, []byte(passwd), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount(file, "/etc/passwd", "", unix.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Unmount("/etc/passwd", 0) })
}

// Whatever is wrong, the station is told of its directories, and holds them: it must wipe there.
func TestPrepare(t *testing.T) {
	if !alone(t) {
		return
	}
	const good, bad, foreign = "", "couleur = true\n", "[station]\nstate_dir = \"/tmp\"\n"
	for name, c := range map[string]struct {
		config  string
		visitor bool
		fault   session.Fault
		state   string
		held    bool
	}{
		"all is well":                      {good, true, session.NoFault, "/var/lib/estran", true},
		"settings that cannot be read":     {bad, true, session.FaultConfig, "/var/lib/estran", true},
		"no user to run the browser":       {good, false, session.FaultSeat, "/var/lib/estran", true},
		"neither":                          {bad, false, session.FaultConfig, "/var/lib/estran", true},
		"a directory that anybody may use": {foreign, true, session.FaultStateDir, "/tmp", false},
	} {
		t.Run(name, func(t *testing.T) {
			if people(t); c.visitor {
				people(t, "estran-visitor")
			}
			config := filepath.Join(t.TempDir(), "estran.toml")
			if err := os.WriteFile(config, []byte(c.config), 0o600); err != nil {
				t.Fatal(err)
			}
			o, lock, err := prepare(config, slog.New(slog.DiscardHandler))
			if lock != nil {
				defer lock.Close()
			}
			if o.Fault != c.fault || (err == nil) != (c.fault == session.NoFault) {
				t.Errorf("fault %q, %v", o.Fault, err)
			}
			if o.RunDir != "/run/estran" || o.StateDir != c.state || (lock != nil) != c.held {
				t.Errorf("directories %q and %q, held %v", o.RunDir, o.StateDir, lock != nil)
			}
			if c.held && (o.Credential != nil) != c.visitor {
				t.Errorf("the browser runs as %+v", o.Credential)
			}
			if o.Config.Session != session.Defaults().Session {
				t.Errorf("the settings are %+v", o.Config.Session)
			}
		})
	}
}

func TestPrepareLeavesAnotherStationAlone(t *testing.T) {
	if !alone(t) {
		return
	}
	config := filepath.Join(t.TempDir(), "estran.toml")
	if err := os.WriteFile(config, []byte("couleur = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("/run/estran", 0o711); err != nil {
		t.Fatal(err)
	}
	other, err := station.Lock("/run/estran")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if o, lock, _ := prepare(config, slog.New(slog.DiscardHandler)); o.Fault != session.FaultSecond || lock != nil {
		t.Errorf("fault %q, lock %v", o.Fault, lock)
	}
}
