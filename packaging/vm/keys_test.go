//go:build vm

package vm

import (
	"strings"
	"testing"
)

// TestForeignKeys: a visit with keys as Windows makes them: what is clean comes in, a document goes out, and a key that is
// pulled without asking hurts nobody.
func TestForeignKeys(t *testing.T) {
	kinds := []string{"exfat", "ntfs"}
	keys := map[string]*Key{}
	for _, kind := range kinds {
		keys[kind] = NewKey(t, kind, keyFiles)
	}
	site := NewSite(t)
	m := Station(t)
	for _, kind := range kinds {
		t.Log(kind)
		m.welcome("01-" + kind)
		m.browse(site)
		m.download(site)
		m.takeFromKey(keys[kind])
		m.giveToKey(keys[kind])
		m.Pull(keys[kind])
		m.Plug(keys[kind])
		m.AwaitStatus("MediumState", "ready", patient)
		m.Picture("key-again-" + kind)
		m.Pull(keys[kind])
		m.Await("the station sees that the key is gone", patient, func() bool {
			state := m.Status().Word("MediumState")
			return state == "none" || state == "pulled"
		})
		m.Settle()
		m.Picture("key-pulled-" + kind)
		m.End()
		m.nothingIsLeft()
		m.holds(keys[kind], kind, "attestation.pdf", document)
		m.holds(keys[kind], kind, "lettre.txt", letter)
	}
}

// holds fails when a file on a key that is not plugged in has another content. The guest's own kernel reads it.
func (m *Machine) holds(key *Key, kind, name, content string) {
	m.t.Helper()
	device := m.Plug(key)
	got := m.Shell("mkdir -p /run/look; mount -r -t " + keyTypes[kind].driver + " " + device + "1 /run/look; cat /run/look/" + name +
		"; umount /run/look; rmdir /run/look")
	if got != strings.TrimRight(content, "\n") {
		m.t.Errorf("%s on the %s key has %d bytes, not %d", name, kind, len(got), len(content))
	}
	m.Pull(key)
}
