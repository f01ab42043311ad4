// Package packaging_test holds the Debian package to what it promises: the same bytes twice, nothing that is not listed,
// a compositor and a terminal without a single binding, a bus that only the right people speak on.
package packaging_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session/sessiontest"
)

// run runs a program within a bound of time, and gives its standard output.
func run(t *testing.T, dir, program string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", program, strings.Join(args, " "), err, out.String(), problems.String())
	}
	return out.String()
}

// parts are what the package is made of.
var parts = []string{
	"go.mod", "go.sum", "assets", "cleanup", "cmd", "kiosk", "session", "packaging/bell", "packaging/build", "packaging/lib.sh",
	"packaging/deb", "packaging/doc", "packaging/man", "packaging/estran.toml",
}

// clone copies the parts to a directory of the test's own: another path, and nobody changes a file meanwhile.
func clone(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range parts {
		run(t, "..", "cp", "--recursive", "--parents", part, dir)
	}
	return dir
}

// build makes the package of a clone and says where it is.
func build(t *testing.T, dir string) string {
	t.Helper()
	t.Setenv("SOURCE_DATE_EPOCH", "1795500000")
	return strings.TrimSpace(run(t, dir, "sh", "packaging/build", "--arch", "amd64", t.TempDir()))
}

func TestPackage(t *testing.T) {
	if testing.Short() {
		t.Skip("the package takes a minute to build")
	}
	sessiontest.Need(t, "dpkg-deb", "xz")
	here, there := clone(t), t.TempDir()
	run(t, ".", "cp", "--recursive", here+"/.", there)
	deb := build(t, here)

	t.Run("the same bytes twice", func(t *testing.T) {
		if run(t, ".", "diff", "--recursive", "--brief", here, there) != "" {
			t.Fatal("the build wrote into the clone")
		}
		// As whoever has another umask sees it.
		run(t, there, "chmod", "-R", "g+w,o-r", ".")
		if !bytes.Equal(read(t, deb), read(t, build(t, there))) {
			t.Error("two builds of one commit differ: diffoscope tells where")
		}
	})
	t.Run("what is in it", func(t *testing.T) {
		want := string(read(t, "testdata/contents"))
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(contents(run(t, ".", "dpkg-deb", "-c", deb)), "\n")); diff != "" {
			t.Errorf("testdata/contents lists what is in the package; it differs (-listed +packed):\n%s", diff)
		}
	})
	t.Run("every file of etc is the administrator's", func(t *testing.T) {
		conffiles := strings.Fields(run(t, ".", "dpkg-deb", "-I", deb, "conffiles"))
		var etc []string
		for line := range strings.Lines(contents(run(t, ".", "dpkg-deb", "-c", deb))) {
			if f := strings.Fields(line); strings.HasPrefix(f[1], "/etc/") && strings.HasPrefix(f[0], "-") {
				etc = append(etc, f[1])
			}
		}
		if diff := cmp.Diff(etc, conffiles); diff != "" {
			t.Errorf("an upgrade would overwrite, or lose, a file (-packed +conffiles):\n%s", diff)
		}
	})
	t.Run("the licences of what is in it", func(t *testing.T) {
		tree := t.TempDir()
		run(t, ".", "dpkg-deb", "-x", deb, tree)
		doc := filepath.Join(tree, "usr/share/doc/estran")
		licences := run(t, ".", "gzip", "-dc", filepath.Join(doc, "licences.gz"))
		if !strings.Contains(licences, string(read(t, "../assets/fonts/LICENSE"))) {
			t.Error("that of the fonts is not passed on")
		}
		told := strings.Join(strings.Fields(string(read(t, filepath.Join(doc, "copyright")))), " ")
		for _, who := range []string{"License: bitstream-vera", "2003 Bitstream, Inc.", "License: arev", "2006 Tavmjong Bah"} {
			if !strings.Contains(told, who) {
				t.Errorf("copyright does not name %s", who)
			}
		}
	})
	t.Run("lintian", func(t *testing.T) {
		sessiontest.Need(t, "lintian")
		run(t, ".", "lintian", "--fail-on", "error,warning", "--allow-root", deb)
	})
}

// kept are what IT and the station write by themselves: no upgrade and no removal may take it, and a purge must.
var kept = []string{
	"/etc/estran/agents.json", "/etc/estran/grub.password", "/var/lib/estran/agents-tries", "/var/lib/estran/daybook",
}

// TestWhatIsKeptGoesWithAPurgeAlone runs the scripts of the package as dpkg does, on a computer of its own.
func TestWhatIsKeptGoesWithAPurgeAlone(t *testing.T) {
	sessiontest.Need(t, "bwrap")
	list := string(read(t, "testdata/contents")) + string(read(t, "deb/DEBIAN/conffiles"))
	dir := t.TempDir()
	for _, path := range kept {
		if strings.Contains(list, path) {
			t.Errorf("the package has a %s of its own, which would take its place", path)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, path)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, path), []byte(path), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		script string
		args   []string
	}{
		{"prerm", []string{"upgrade", "0.2"}},
		{"postrm", []string{"upgrade", "0.2"}}, // an upgrade
		{"prerm", []string{"remove"}},
		{"postrm", []string{"remove"}},
		{"postrm", []string{"purge"}},
	} {
		run(t, "deb/DEBIAN", "bwrap", append([]string{
			"--unshare-all", "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/sbin", "/sbin",
			"--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev",
			"--bind", dir + "/etc", "/etc", "--bind", dir + "/var", "/var", "--ro-bind", ".", "/scripts",
			"sh", "/scripts/" + step.script,
		}, step.args...)...)
		for _, path := range kept {
			data, err := os.ReadFile(filepath.Join(dir, path))
			if purged := step.args[0] == "purge"; purged != os.IsNotExist(err) || !purged && string(data) != path {
				t.Errorf("after %s %s, %s is %q: %v", step.script, step.args[0], path, data, err)
			}
		}
	}
}

// contents is a list of "dpkg-deb -c" without sizes and times: mode, path, target of a link. It drops directories, and
// keeps who owns a file only when that is not root.
func contents(list string) string {
	var b strings.Builder
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		if strings.HasPrefix(f[0], "d") {
			continue
		}
		if f[1] != "root/root" {
			f[0] += " " + f[1]
		}
		b.WriteString(f[0] + " " + strings.TrimPrefix(strings.Join(f[5:], " "), ".") + "\n")
	}
	return b.String()
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// root is the tree of the package.
func root(path string) string { return filepath.Join("deb/root", path) }
