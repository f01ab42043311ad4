package sessiontest

import (
	"crypto/md5"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Clamd is a real clamd with a signature base of a few lines.
type Clamd struct {
	// Socket is where it listens, Conf its configuration file (for clamdscan).
	Socket, Conf string

	cmd  *exec.Cmd
	done chan struct{}
}

// EICAR is the antivirus test file, put together here so that no scanner takes the source for it.
func EICAR() string {
	return `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-` + `ANTIVIRUS-TEST-FILE!$H+H*`
}

// StartClamd starts the real clamd with a base of today that knows EICAR and the contents in bad, in a directory of its
// own. Stop it.
func StartClamd(bad ...string) (*Clamd, error) {
	dir, err := os.MkdirTemp("", "estran-clamd-")
	if err != nil {
		return nil, err
	}
	base := ""
	for i, content := range append([]string{EICAR()}, bad...) {
		base += fmt.Sprintf("%x:%d:Estran.Test.%d\n", md5.Sum([]byte(content)), len(content), i)
	}
	signatures, err := Signatures(time.Now(), base)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	c := &Clamd{Socket: filepath.Join(dir, "clamd.sock"), Conf: filepath.Join(dir, "clamd.conf"), done: make(chan struct{})}
	db, tmp := filepath.Join(dir, "db"), filepath.Join(dir, "tmp")
	conf := strings.Join([]string{
		"LocalSocket " + c.Socket, "DatabaseDirectory " + db, "TemporaryDirectory " + tmp,
		"Foreground yes", "SelfCheck 3600", "LogSyslog no", "",
	}, "\n")
	for _, err := range []error{
		os.Mkdir(db, 0o755), os.Mkdir(tmp, 0o755),
		os.WriteFile(filepath.Join(db, SignaturesName), signatures, 0o644),
		os.WriteFile(c.Conf, []byte(conf), 0o644),
	} {
		if err != nil {
			return nil, err
		}
	}
	c.cmd = exec.Command("clamd", "--config-file="+c.Conf)
	if err := c.cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot start clamd: %w", err), os.RemoveAll(dir))
	}
	go func() { _ = c.cmd.Wait(); close(c.done) }()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if conn, err := net.Dial("unix", c.Socket); err == nil {
			return c, conn.Close()
		}
		select {
		case <-c.done:
			c.Stop()
			return nil, fmt.Errorf("clamd ended at once: %v", c.cmd.ProcessState)
		default:
		}
	}
	c.Stop()
	return nil, fmt.Errorf("clamd does not listen after a minute")
}

// Stop ends clamd and removes its directory.
func (c *Clamd) Stop() {
	_ = c.cmd.Process.Kill()
	<-c.done
	_ = os.RemoveAll(filepath.Dir(c.Conf))
}

// Need fails the test in CI, and skips it by hand, when one of the programs is missing.
func Need(t testing.TB, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			Missing(t, p+" is not installed")
		}
	}
}

// Missing fails the test in CI, and skips it by hand.
func Missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}
