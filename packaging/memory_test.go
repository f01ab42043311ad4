package packaging_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"estran/session/sessiontest"
)

// mounted gives the directories that a unit has in memory, and how each is mounted: the options of tmpfs(5).
func mounted(t *testing.T, unit string) (script string, dirs []string) {
	t.Helper()
	text := withoutComments(string(read(t, root("usr/lib/systemd/system/"+unit+".d/50-estran.conf"))))
	for _, line := range regexp.MustCompile(`(?m)^TemporaryFileSystem=(.*)$`).FindAllStringSubmatch(text, -1) {
		for _, m := range strings.Fields(line[1]) {
			dir, options, _ := strings.Cut(m, ":")
			script += fmt.Sprintf("mount -t tmpfs -o %s tmpfs %s\n", options, dir)
			dirs = append(dirs, dir)
		}
	}
	if dirs == nil {
		t.Fatalf("%s has nothing in memory", unit)
	}
	return "set -eu\nmount --make-rprivate /\n" + script, dirs
}

// asRootOnly is for programs that start as root and own mounts.
func asRootOnly(t *testing.T, programs ...string) {
	t.Helper()
	sessiontest.Need(t, append(programs, "unshare")...)
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "only root may mount, and start "+programs[0])
	}
}

// shelf is a directory that programs of other users may go through.
func shelf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "estran-memory-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(text, "DIR", dir)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestCUPSKeepsJobsInMemory: the real cupsd takes the directories that its drop-in makes, a job waits in them, and none of
// it is in those of the disk.
func TestCUPSKeepsJobsInMemory(t *testing.T) {
	asRootOnly(t, "cupsd", "lpadmin", "lp", "cupsdisable")
	mounts, dirs := mounted(t, "cups.service")
	for _, dir := range dirs {
		if _, err := os.Stat(dir); err != nil {
			sessiontest.Missing(t, "cupsd is not installed as Debian does it: "+err.Error())
		}
	}
	dir := shelf(t, map[string]string{
		"files.conf": "SystemGroup root\nUser lp\nGroup lp\nServerRoot DIR/root\nStateDir DIR/state\n",
		"cupsd.conf": "Listen DIR/cups.sock\nDefaultAuthType None\nBrowsing Off\nWebInterface No\n" +
			"<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n" +
			"<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n",
	})
	before := run(t, ".", "find", append(dirs, "-newer", dir+"/cupsd.conf")...)
	inside := run(t, ".", "unshare", "--mount", "sh", "-c", mounts+`cd `+dir+`
mkdir root
cupsd -f -c $PWD/cupsd.conf -s $PWD/files.conf & trap 'kill $!; wait' EXIT
export CUPS_SERVER=$PWD/cups.sock
for i in $(seq 100); do lpadmin -p bureau -E -v file:///dev/null -m raw 2>/dev/null && break; sleep 0.1; done
cupsdisable bureau
echo 'ma lettre confidentielle' | lp -d bureau -t Estran - >&2
cat /var/spool/cups/d*; find `+strings.Join(dirs, " ")+` -type f`)
	for _, want := range []string{"ma lettre confidentielle", "/var/spool/cups/d0", "/var/log/cups/access_log"} {
		if !strings.Contains(inside, want) {
			t.Errorf("the memory of cupsd lacks %q: this test looks at the wrong place\n%s", want, inside)
		}
	}
	if after := run(t, ".", "find", append(dirs, "-newer", dir+"/cupsd.conf")...); after != before {
		t.Errorf("on the disk something changed:\n%s", after)
	}
}

// TestClamdLogsInMemory: the real clamd takes the directories that its drop-in makes; what it finds is said neither to the
// journal nor on the disk.
func TestClamdLogsInMemory(t *testing.T) {
	asRootOnly(t, "clamd", "clamdscan")
	if _, err := os.Stat("/var/log/clamav"); err != nil {
		sessiontest.Missing(t, "clamd is not installed as Debian does it")
	}
	unit := "\n" + string(read(t, root("usr/lib/systemd/system/clamav-daemon.service.d/50-estran.conf")))
	if !strings.Contains(unit, "\nStandardOutput=null\nStandardError=journal\n") {
		t.Error("clamd says to the journal what it finds")
	}
	mounts, dirs := mounted(t, "clamav-daemon.service")
	dir := shelf(t, map[string]string{
		"base.hdb": "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n", "eicar": sessiontest.EICAR(),
		"clamd.conf": "LocalSocket /tmp/clamd.sock\nDatabaseDirectory /tmp/base\nUser clamav\nExtendedDetectionInfo yes\n" +
			"LogFile /var/log/clamav/clamav.log\nLogTime yes\n",
	})
	before := run(t, ".", "find", "/var/log/clamav", "-newer", dir+"/clamd.conf")
	// /tmp is another one once the mounts are made; the shell still stands in the old one.
	inside := run(t, dir, "unshare", "--mount", "sh", "-c", mounts+`mkdir /tmp/base
cp base.hdb /tmp/base/
cp clamd.conf eicar /tmp/
clamd --foreground -c /tmp/clamd.conf >/tmp/said 2>/tmp/problems & trap 'kill $!; wait' EXIT
for i in $(seq 300); do [ -S /tmp/clamd.sock ] && break; sleep 0.1; done
clamdscan --fdpass -c /tmp/clamd.conf /tmp/eicar >&2 || true
echo "log: $(grep -c FOUND /var/log/clamav/clamav.log) problems: $(grep -c FOUND /tmp/problems)"`)
	if !strings.Contains(inside, "log: 1 problems: 0") {
		t.Errorf("clamd's log in memory does not tell of the virus, or the journal does: %s", inside)
	}
	if after := run(t, ".", "find", "/var/log/clamav", "-newer", dir+"/clamd.conf"); after != before {
		t.Errorf("of %v, something is on the disk:\n%s", dirs, after)
	}
}
