//go:build vm

package vm

import (
	"fmt"
	"image/color"
	"strings"
	"testing"
	"time"
)

// Places of the screen, in pixels.
var (
	commencer = [2]int{640, 372}
	maSession = [2]int{86, 36} // on the bandeau
	firstTab  = [2]int{60, 94} // of Firefox
	// The bandeau has three rows, five when it warns.
	bandeauBottom = 72
	// The page of the site begins below the bandeau and Firefox's own bars.
	pageTop = 186
)

// letter is on the key, and typed is what the visitor types: neither may be left when they have gone.
const (
	letter = "Bonjour,\nvoici ma lettre au bord de l'estran.\n"
	typed  = "ma réponse confidentielle"
)

// eicar is what every antivirus knows (eicar.org), in two parts so that none of them finds this file.
var eicar = `X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-` + `ANTIVIRUS-TEST-FILE!$H+H*`

// keyFiles are what the visitor brings.
var keyFiles = Files{"lettre.txt": letter, "eicar.com": eicar}

// TestVisit is a whole visit: from the first screen to the receipt, with a page, a text, a download and three keys, as
// cameras and Windows make them, at the keyboard and the mouse; then somebody else comes, and finds nothing.
func TestVisit(t *testing.T) {
	kinds := []string{"vfat", "exfat", "ntfs"}
	keys := map[string]*Key{}
	for _, kind := range kinds {
		keys[kind] = NewKey(t, kind, keyFiles)
	}
	site := NewSite(t)
	m := Station(t)
	m.Picture("01-bienvenue")
	m.welcome("02")
	m.browse(site)
	m.download(site)
	for i, kind := range kinds {
		m.takeFromKey(keys[kind], kind, i+2)
		m.giveToKey(kind, i+2)
		m.Pull(keys[kind])
		m.Press("esc")
		m.Settle()
	}
	m.pullUnasked(keys["ntfs"])
	m.finish()
	m.nothingIsLeft()
	for _, kind := range kinds {
		m.holds(keys[kind], kind, "attestation.pdf", document)
		m.holds(keys[kind], kind, "lettre.txt", letter)
	}

	m.welcome("15")
	m.Type("4")
	m.Settle()
	m.Picture("17-le-suivant-ne-trouve-rien")
	for name, want := range map[string]string{"DocumentsCount": "0", "MediumFiles": "0", "BrowserState": "closed"} {
		if got := m.Status().Word(name); got != want {
			t.Errorf("the next visitor finds %s %s", name, got)
		}
	}
}

// welcome begins: the rules, how, the tips, which are skipped.
func (m *Machine) welcome(number string) {
	m.t.Helper()
	m.Click(commencer[0], commencer[1])
	m.agree(number)
}

// agree goes from the rules to Ma session, at the keyboard.
func (m *Machine) agree(number string) {
	m.t.Helper()
	for _, page := range []string{"regles", "regles-suite", "comment", "encore", "encore"} {
		m.Settle()
		if m.Status().Word("State") == "open" {
			break
		}
		m.Picture(number + "-" + page)
		m.Type("1") // to read on, to agree, « Seul »
	}
	m.AwaitState("open", 30*time.Second)
	m.Settle()
	m.Picture(number + "-conseil")
	m.Type("2")
	m.Settle()
	m.Picture(number + "-session")
}

// browse opens internet, goes to the site, and sends a text.
func (m *Machine) browse(site *Site) {
	m.t.Helper()
	m.openInternet()
	m.Picture("05-internet")
	m.openSite(site)
	m.Picture("06-page")
	m.Click(200, pageTop+130)
	m.Type(typed)
	m.Settle()
	m.Picture("07-texte")
	m.Press("ret")
	m.Await("the text was sent", time.Minute, func() bool { return site.Saw(typed) })
	m.awaitPage(false)
	m.Press("alt-left")
	m.awaitPage(true)
}

// openInternet opens it from Ma session, as far as its home page.
func (m *Machine) openInternet() {
	m.t.Helper()
	m.Settle()
	m.Type("1")
	m.Settle()
	m.Type("1")
	m.Await("internet is open", 3*time.Minute, func() bool {
		m.Drive("Touch", noOptions...) // who waits is there
		time.Sleep(5 * time.Second)
		return m.Status().Word("BrowserState") == "open"
	})
	m.awaitHome()
}

// awaitHome waits until the home page is drawn: as long as it comes, Firefox empties what is typed for an address.
func (m *Machine) awaitHome() {
	m.t.Helper()
	m.Await("the home page is drawn", 2*time.Minute, func() bool {
		return m.Screen().RGBAAt(20, pageTop+400) == color.RGBA{0xf3, 0xe7, 0xcf, 0xff} // --sand of home.html
	})
	m.Settle()
}

// address types an address where Firefox takes it.
func (m *Machine) address(url string) {
	m.t.Helper()
	m.Press("ctrl-l")
	m.Settle()
	m.Type(url + "\n")
}

// openSite goes to the site.
func (m *Machine) openSite(site *Site) {
	m.t.Helper()
	m.address(site.URL)
	m.Await("the page of the site is drawn", 3*time.Minute, func() bool {
		m.Drive("Touch", noOptions...) // who waits is there: a question would move the page
		time.Sleep(3 * time.Second)
		return isBlue(m.Screen(), 500, pageTop+440)
	})
	m.Settle()
}

// awaitPage waits until the page of the site is drawn, or no longer is: by its blue box.
func (m *Machine) awaitPage(there bool) {
	m.t.Helper()
	m.Await("the page is drawn", 2*time.Minute, func() bool {
		return isBlue(m.Screen(), 500, pageTop+440) == there
	})
	m.Settle()
}

// download takes the document of the site; full screen must not hide the bandeau.
func (m *Machine) download(site *Site) {
	m.t.Helper()
	m.Await("the document was asked for", 2*time.Minute, func() bool {
		m.Click(200, pageTop+230) // again, as anybody would: a page that was gone back to may lose the first click
		for end := time.Now().Add(25 * time.Second); time.Now().Before(end) && !site.Saw("/attestation"); time.Sleep(time.Second) {
		}
		return site.Saw("/attestation")
	})
	m.AwaitStatus("DocumentsCount", "1", time.Minute)
	m.Picture("08-telechargement")
	m.awaitPage(false) // Firefox shows the document in a tab of its own
	m.Press("esc")     // the list of downloads
	m.Settle()
	m.Picture("08-document")
	m.Click(firstTab[0], firstTab[1])
	m.awaitPage(true)
	before := m.Screen()
	m.fillTheScreen()
	m.Settle()
	m.Picture("09-plein-ecran")
	after := m.Screen()
	for x := 10; x < 160; x++ { // the button of the bandeau, which never moves
		if before.RGBAAt(x, 8) != after.RGBAAt(x, 8) {
			m.t.Errorf("a page in full screen covers the bandeau")
			break
		}
	}
	m.Press("esc")
	m.Settle()
	m.Click(maSession[0], maSession[1])
	m.Settle()
	m.Picture("10-session-internet-ouvert")
}

// takeFromKey plugs a key and copies what is clean: the session then holds so many documents.
func (m *Machine) takeFromKey(key *Key, kind string, documents int) {
	m.t.Helper()
	if m.Plug(key) == "" {
		m.t.Fatalf("the %s key was not let in", kind)
	}
	m.AwaitStatus("MediumState", "ready", patient)
	for name, want := range map[string]string{"MediumFiles": "2", "MediumClean": "1", "MediumSuspect": "1", "MediumUnchecked": "0"} {
		if got := m.Status().Word(name); got != want {
			m.t.Errorf("of the %s key %s is %s, not %s", kind, name, got, want)
		}
	}
	m.goTo("3")
	m.Picture("11-cle-" + kind)
	m.Type("8") // all that may be chosen
	m.Settle()
	m.Type("0")
	m.AwaitStatus("MediumCopied", "1", patient)
	m.AwaitStatus("DocumentsCount", fmt.Sprint(documents), patient)
	m.Settle()
	m.Picture("11-cle-copiee-" + kind)
	m.Press("esc")
	m.Settle()
}

// giveToKey copies all documents, so many, to the key, beside what is there, and gives it back.
func (m *Machine) giveToKey(kind string, documents int) {
	m.t.Helper()
	m.goTo("4")
	m.Picture("12-documents-" + kind)
	m.Type("0")
	m.AwaitStatus("MediumCopied", fmt.Sprint(documents), patient)
	m.AwaitStatus("MediumState", "ready", patient)
	m.Settle()
	m.Picture("12-documents-copies-" + kind)
	m.Press("esc")
	m.Settle()
	m.goTo("3")
	m.Type("7")
	m.AwaitStatus("MediumState", "ejected", patient)
	m.Settle()
	m.Picture("13-cle-rendue-" + kind)
}

// pullUnasked plugs a key again and pulls it without asking: the visitor is told, and nothing else happens.
func (m *Machine) pullUnasked(key *Key) {
	m.t.Helper()
	m.Plug(key)
	m.AwaitStatus("MediumState", "ready", patient)
	m.goTo("3")
	m.Pull(key)
	m.Await("the station sees that the key is gone", patient, func() bool {
		state := m.Status().Word("MediumState")
		return state == "none" || state == "pulled"
	})
	m.Settle()
	m.Picture("13-cle-arrachee")
	m.Press("esc")
	m.Settle()
}

// holds fails when a file on a key that is not plugged in has another content. The guest's own kernel reads it.
func (m *Machine) holds(key *Key, kind, name, content string) {
	m.t.Helper()
	device := m.Plug(key)
	got := m.Shell("mkdir -p /run/look; mount -r -t " + keyTypes[kind].driver + " " + device + "1 /run/look; cat '/run/look/" + name +
		"'; umount /run/look; rmdir /run/look")
	if got != strings.TrimRight(content, "\n") {
		m.t.Errorf("%s on the %s key has %d bytes, not %d", name, kind, len(got), len(content))
	}
	m.Pull(key)
}

// goTo opens a tile of Ma session, from there, and waits until another screen is drawn.
func (m *Machine) goTo(tile string) {
	m.t.Helper()
	before := m.Screen()
	m.Type(tile)
	m.Await("another screen comes", patient, func() bool { return m.Changed(before, 0.05) })
	m.Settle()
}

// finish ends the session and reads the receipt.
func (m *Machine) finish() {
	m.t.Helper()
	m.Type("f")
	m.Settle()
	m.Picture("14-j-ai-fini")
	m.Type("2")
	m.AwaitState("wiped", time.Minute)
	m.Await("the seat is there", time.Minute, func() bool { return !plain(m.Screen()) })
	m.Still(time.Second, 20*time.Second)
	m.Picture("14-recu")
	m.Press("ret")
	m.AwaitReady()
}

// nothingIsLeft looks from the guest's side, once nobody is there.
func (m *Machine) nothingIsLeft() {
	m.t.Helper()
	if who := m.Try("pgrep", "-u", "estran-visitor", "-l").stdout; who != "" {
		m.t.Errorf("the visitor's processes still run:\n%s", who)
	}
	if left := m.Try("sh", "-c", "ls -A /run/estran/session 2>/dev/null").stdout; left != "" {
		m.t.Errorf("the station's directory holds %q", left)
	}
	if record := m.Guest("cat", "/var/lib/estran/station.state"); record != "closed" {
		m.t.Errorf("the state file says %q", record)
	}
	journal := m.Guest("journalctl", "--boot", "--no-pager", "--output=cat")
	for _, word := range []string{"lettre.txt", "attestation", "confidentielle", "Page d’essai"} {
		if strings.Contains(journal, word) {
			m.t.Errorf("the journal holds %q", word)
		}
	}
}
