//go:build vm

package vm

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain sees that nobody else uses the machine, and that no test of this package waits for ever.
func TestMain(m *testing.M) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute)
	unlock, err := lockCache(ctx)
	cancel()
	if err == nil {
		err = sweep()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	unlock()
	os.Exit(code)
}

// TestHands: what the tests rely on works on a plain Debian console: typed text arrives as it was meant, a key of the
// mouse arrives, and a picture shows it.
func TestHands(t *testing.T) {
	m := Debian(t)
	m.Press("ctrl-alt-f1")
	m.Still(time.Second, 20*time.Second)
	m.Picture("01-login")
	m.Type("dsi\n")
	m.Await("the console asks for the password", 20*time.Second, func() bool { return m.Try("pgrep", "-x", "login").code == 0 })
	m.Still(time.Second, 20*time.Second)
	m.Type("maree-basse-42\n")
	m.Await("dsi is logged in", 60*time.Second, func() bool { return strings.Contains(m.Guest("who"), "dsi") })
	m.Still(time.Second, 20*time.Second)
	text := `aqwzm AQWZM 1234567890 &"'(-_)=+ #{[|\@]} $%*<>,?;.:/!`
	m.Type("cat >texte\n")
	m.Type(text + "\n")
	m.Press("ctrl-d")
	m.Picture("02-typed")
	m.Await("the text has arrived", 20*time.Second, func() bool {
		return strings.TrimSpace(m.Try("cat", "/home/dsi/texte").stdout) == text
	})
}

// TestKeys: a key of each kind is plugged, seen, read and written by the guest's own kernel, and pulled.
func TestKeys(t *testing.T) {
	for _, kind := range []string{"vfat", "exfat", "ntfs", "ext4"} {
		t.Run(kind, func(t *testing.T) {
			key := NewKey(t, kind, Files{"lettre.txt": "bonjour\n", "été/avis.txt": "à lire\n"})
			m := Debian(t)
			device := m.Plug(key)
			if device == "" {
				t.Fatal("the guest shows no key")
			}
			t.Log(m.Guest("lsblk", "--output", "NAME,TRAN,RM,SIZE,FSTYPE,LABEL", device))
			m.Guest("mkdir", "/run/key")
			m.Guest("mount", "-t", keyTypes[kind].driver, device+"1", "/run/key")
			if got := m.Guest("cat", "/run/key/lettre.txt", "/run/key/été/avis.txt"); got != "bonjour\nà lire" {
				t.Errorf("the key holds %q", got)
			}
			m.Shell("echo merci >/run/key/reponse.txt; umount /run/key; mount -r " + device + "1 /run/key")
			if got := m.Guest("cat", "/run/key/reponse.txt"); got != "merci" {
				t.Errorf("what was written to the key reads %q", got)
			}
			m.Guest("umount", "/run/key")
			m.Pull(key)
			m.Await("the device is gone", 10*time.Second, func() bool { return m.Try("test", "-b", device).code != 0 })
		})
	}
}
