//go:build vm

package vm

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"
)

// TestACutCopyIsSwept pulls a key of each kind while a document goes to it, and plugs it in again: the visitor is told that
// the copy was cut, what was left of it is gone, and what was on the key is there. Another computer sees the same.
func TestACutCopyIsSwept(t *testing.T) {
	content := make([]byte, 80<<20) // long enough to be cut, and all that a key holds
	_, _ = rand.Read(content)
	source := NewKey(t, "vfat", Files{"scan.bin": string(content)})
	files := Files{"lettre.txt": letter, "été/photo.jpg": "\xff\xd8\xff\xe0photo"}
	keys := map[string]*Key{}
	for _, kind := range []string{"vfat", "exfat", "ntfs", "ext4"} {
		keys[kind] = NewKey(t, kind, files)
	}
	m := Station(t)
	m.Open()
	m.Plug(source)
	m.AwaitStatus("MediumState", "ready", 3*time.Minute)
	m.Drive("CopyIn", "aua{sv}", "1", "1", "1", "unchecked", "b", "true")
	m.AwaitStatus("DocumentsCount", "1", 3*time.Minute)
	m.AwaitStatus("MediumState", "ready", patient)
	m.Pull(source)
	m.AwaitStatus("MediumState", "none", patient)
	for kind, key := range keys {
		m.cutAndSweep(kind, key)
	}
	m.End()
	m.nothingIsLeft()
	for kind, key := range keys {
		device := m.Plug(key)
		m.t.Logf("%s\n%s", kind, m.Shell("mkdir -p /run/look; mount -r -t "+keyTypes[kind].driver+" "+device+"1 /run/look; ls -lA /run/look; umount /run/look"))
		m.Pull(key)
		m.holds(key, kind, "lettre.txt", letter)
	}
}

func (m *Machine) cutAndSweep(kind string, key *Key) {
	m.t.Helper()
	m.t.Log(kind)
	m.Plug(key)
	m.AwaitStatus("MediumState", "ready", patient)
	said := strings.Fields(m.CallAs("estran", "Documents", noOptions...).stdout) // a(tstbb) 1 ID "scan.bin" ...
	if len(said) < 3 {
		m.t.Fatalf("%s: the document is gone: %q", kind, said)
	}
	m.Drive("CopyOut", "ata{sv}", "1", said[2], "1", "unchecked", "b", "true")
	m.Await("some of it is on the key", patient, func() bool {
		s := m.Status()
		return s.Word("MediumBytesDone") != "0" || s.Word("MediumState") != "copying-out"
	})
	if state := m.Status().Word("MediumState"); state != "copying-out" {
		m.t.Fatalf("%s: the key is %s: the copy was too short to be cut", kind, state)
	}
	m.Pull(key)
	m.AwaitStatus("MediumState", "pulled", patient)
	m.Plug(key)
	m.AwaitStatus("MediumState", "ready", patient)
	got := m.Status()
	// The driver of NTFS may have marked the volume: then Windows has to mend it, nothing is written to it before, and the message
	// stays for its owner.
	files, writable, after := "2", "true", ""
	if kind == "ntfs" && got.Word("MediumWritable") == "false" {
		files, writable, after = "3", "false", "unfinished"
	}
	for name, want := range map[string]string{"MediumProblem": "unfinished", "MediumFiles": files, "MediumWritable": writable} {
		if got.Word(name) != want {
			m.t.Errorf("%s: %s is %q, not %q", kind, name, got.Word(name), want)
		}
	}
	m.Drive("Eject", noOptions...)
	m.AwaitStatus("MediumState", "ejected", patient)
	m.Pull(key)
	m.AwaitStatus("MediumState", "none", patient)
	m.Drive("Touch", noOptions...)

	m.Plug(key)
	m.AwaitStatus("MediumState", "ready", patient)
	if problem := m.Status().Word("MediumProblem"); problem != after {
		m.t.Errorf("%s: once it was swept, the problem is %q, not %q", kind, problem, after)
	}
	m.Pull(key)
	m.AwaitStatus("MediumState", "none", patient)
}
