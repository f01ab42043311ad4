//go:build vm

package vm

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTheBellIsHeard: the loudspeaker sounds once a key is checked, where the structure wants it, and not before. The one who
// may sound it may not listen.
func TestTheBellIsHeard(t *testing.T) {
	key := NewKey(t, "vfat", Files{"lettre.txt": letter})
	m := Station(t)
	m.Shell(`sed -i 's/^#sound = .*/sound = true/' /etc/estran/estran.toml; systemctl restart estrand.service`)
	m.AwaitReady()
	m.Open()
	m.awaitKiosk()
	m.Settle()
	if n := m.heard(); n > 0 {
		t.Fatalf("%d bytes of sound before there is a key", n)
	}
	m.Plug(key)
	m.AwaitStatus("MediumState", "ready", patient)
	m.Await("the bell is heard", time.Minute, func() bool { return m.heard() > 0 })
	t.Logf("%d bytes of sound", m.heard())

	for _, recorder := range strings.Fields(m.Shell("ls /dev/snd/pcmC*c")) {
		m.Guest("test", "-c", recorder)
		try := m.Try("setpriv", "--reuid=estran", "--regid=estran", "--groups=audio", "dd", "if="+recorder, "count=1")
		if try.code == 0 || !strings.Contains(try.stderr, "Permission denied") {
			t.Errorf("the seat may listen by %s: exit %d, %s", recorder, try.code, try.stderr)
		}
	}
}

// heard is how many bytes the loudspeaker got that are not silence.
func (m *Machine) heard() int {
	m.t.Helper()
	const header = 44
	wave, err := os.ReadFile(filepath.Join(m.qemu.dir, "sound"))
	m.must(err, "listen to the loudspeaker")
	if len(wave) < header {
		return 0
	}
	return len(wave) - header - bytes.Count(wave[header:], []byte{0})
}
