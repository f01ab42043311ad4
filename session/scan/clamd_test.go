package scan_test

import (
	"crypto/md5"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"estran/session"
	"estran/session/scan"
	"estran/session/sessiontest"
)

// need skips a test whose part is missing, and fails it where nothing may be missing.
func need(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") != "":
		t.Fatalf("%s is missing", program)
	default:
		t.Skipf("%s is missing", program)
	}
	return ""
}

// eicar is put together at run time, as in the package.
var eicar = []byte(`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + strings.Join([]string{"EICAR", "STANDARD", "ANTIVIRUS", "TEST", "FILE!$H+H*"}, "-"))

// ours is a content that only the test's base knows.
var ours = []byte("a content that only the base of this test knows, so that it is found by nothing else\n")

// daemon is a real clamd with a base of two lines.
type daemon struct {
	dir, socket, conf, base string
	cmd                     *exec.Cmd
}

// plain has clamd's defaults; narrow low limits that it keeps to itself, as by default; strict tells when it reaches them,
// and of passwords.
var (
	plain  = once("")
	narrow = once("MaxFileSize 4M\nMaxScanSize 12M\nStreamMaxLength 4M\n")
	strict = once("MaxFileSize 4M\nMaxScanSize 12M\nAlertExceedsMax yes\nAlertEncrypted yes\n")
)

var stop []func()

func once(extra string) func(testing.TB) *daemon {
	var d *daemon
	var start sync.Once
	return func(t testing.TB) *daemon {
		t.Helper()
		program := need(t, "clamd")
		start.Do(func() {
			d = startClamd(t, program, extra)
			stop = append(stop, func() { d.stop(); _ = os.RemoveAll(d.dir) })
		})
		if d == nil {
			t.Fatal("clamd did not start")
		}
		return d
	}
}

func startClamd(t testing.TB, program, extra string) *daemon {
	t.Helper()
	return startClamdOf(t, program, extra, time.Now())
}

// startClamdOf starts a clamd whose base is of that day.
func startClamdOf(t testing.TB, program, extra string, day time.Time) *daemon {
	t.Helper()
	dir, err := os.MkdirTemp("", "scan")
	check(t, err)
	d := &daemon{
		dir: dir, socket: filepath.Join(dir, "clamd"), conf: filepath.Join(dir, "clamd.conf"),
		base: filepath.Join(dir, "base", sessiontest.SignaturesName),
	}
	check(t, os.Mkdir(filepath.Join(dir, "base"), 0o755))
	check(t, os.Mkdir(filepath.Join(dir, "tmp"), 0o777))
	d.signatures(t, day, signature(eicar, "Test.Eicar")+signature(ours, "Test.Ours"))
	conf := fmt.Sprintf("LocalSocket %s\nDatabaseDirectory %s\nTemporaryDirectory %s\nLogFile %s\nForeground yes\n%s",
		d.socket, filepath.Dir(d.base), filepath.Join(dir, "tmp"), filepath.Join(dir, "log"), extra)
	if os.Getuid() == 0 {
		conf += "User root\n"
	}
	check(t, os.WriteFile(d.conf, []byte(conf), 0o644))
	d.cmd = exec.Command(program, "--config-file="+d.conf)
	check(t, d.cmd.Start())
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if conn, err := net.Dial("unix", d.socket); err == nil {
			conn.Close()
			return d
		}
	}
	d.stop()
	t.Fatal("clamd did not start")
	return nil
}

// signatures replaces the base.
func (d *daemon) signatures(t testing.TB, day time.Time, lines string) {
	t.Helper()
	base, err := sessiontest.Signatures(day, lines)
	check(t, err)
	check(t, os.WriteFile(d.base, base, 0o644))
}

func (d *daemon) stop() { _ = d.cmd.Process.Kill(); _ = d.cmd.Wait() }

// ask sends a command of clamd(8) and waits for its reply.
func (d *daemon) ask(t testing.TB, command string) {
	t.Helper()
	conn, err := net.Dial("unix", d.socket)
	check(t, err)
	defer conn.Close()
	_, err = conn.Write([]byte("z" + command + "\x00"))
	check(t, err)
	_, err = io.ReadAll(conn)
	check(t, err)
}

func signature(content []byte, name string) string {
	return fmt.Sprintf("%x:%d:%s\n", md5.Sum(content), len(content), name)
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, f := range stop {
		f()
	}
	os.Exit(code)
}

// file returns an open file that holds content.
func file(t testing.TB, content []byte) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "copy")
	check(t, err)
	t.Cleanup(func() { f.Close() })
	_, err = f.Write(content)
	check(t, err)
	return f
}

func scanOf(t testing.TB, s *scan.Scanner, name session.Private, content []byte) scan.Result {
	t.Helper()
	return s.Scan(t.Context(), file(t, content), name, int64(len(content)))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
