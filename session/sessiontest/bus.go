package sessiontest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// AnyoneMay is a policy that lets everybody of the test own any name and send anything.
const AnyoneMay = `<policy context="default">
<allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/>
<allow receive_type="signal"/>
</policy>`

// Bus is a real dbus-daemon, set up as the system bus is but with a policy and a socket of its own.
type Bus struct {
	// Address is what a connection is made to.
	Address string

	dir  string
	cmd  *exec.Cmd
	done chan struct{}
}

// StartBus starts a dbus-daemon with these policies, the inside of a busconfig (dbus-daemon(1)). Stop it.
func StartBus(policies string) (*Bus, error) {
	dir, err := os.MkdirTemp("", "estran-bus-")
	if err != nil {
		return nil, err
	}
	b := &Bus{Address: "unix:path=" + filepath.Join(dir, "socket"), dir: dir}
	conf := fmt.Sprintf(`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>%s</listen><auth>EXTERNAL</auth>%s</busconfig>`, b.Address, policies)
	err = errors.Join(
		os.Chmod(dir, 0o755), // other users come to this bus
		os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o644),
		b.Start(),
	)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	return b, nil
}

// Start starts the daemon again after Kill, at the same address.
func (b *Bus) Start() error {
	socket := filepath.Join(b.dir, "socket")
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	var said strings.Builder
	b.cmd = exec.Command("dbus-daemon", "--config-file="+filepath.Join(b.dir, "conf"), "--nofork", "--nopidfile", "--nosyslog")
	b.cmd.Stderr = &said
	if err := b.cmd.Start(); err != nil {
		return fmt.Errorf("cannot start dbus-daemon: %w", err)
	}
	b.done = make(chan struct{})
	go func(cmd *exec.Cmd, done chan struct{}) { _ = cmd.Wait(); close(done) }(b.cmd, b.done)
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if conn, err := net.Dial("unix", socket); err == nil {
			return conn.Close()
		}
		select {
		case <-b.done:
			return fmt.Errorf("dbus-daemon ended at once: %s", said.String())
		default:
		}
	}
	b.Kill()
	return errors.New("dbus-daemon does not listen after a minute")
}

// Kill ends the daemon at once.
func (b *Bus) Kill() {
	_ = b.cmd.Process.Kill()
	<-b.done
}

// Stop ends the daemon and removes its directory.
func (b *Bus) Stop() {
	b.Kill()
	_ = os.RemoveAll(b.dir)
}
