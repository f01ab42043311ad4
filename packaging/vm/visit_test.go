//go:build vm

package vm

import (
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

// TestVisit is a whole visit: from the first screen to the receipt, with a page, a text, a download and a key, at the
// keyboard and the mouse; then somebody else comes, and finds nothing.
func TestVisit(t *testing.T) {
	key := NewKey(t, "vfat", keyFiles)
	site := NewSite(t)
	m := Station(t)
	m.Picture("01-bienvenue")
	m.welcome("02")
	m.browse(site)
	m.download(site)
	m.takeFromKey(key)
	m.giveToKey(key)
	m.Pull(key)
	if read := key.Read(t, "attestation.pdf"); read != document {
		t.Errorf("the key holds %d bytes of the document, not %d", len(read), len(document))
	}
	if read := key.Read(t, "lettre.txt"); read != letter {
		t.Errorf("the letter on the key has changed: %q", read)
	}
	m.Press("esc")
	m.Settle()
	m.finish()
	m.nothingIsLeft()

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
	m.Type("1")
	m.Settle()
	m.Type("1")
	m.AwaitStatus("BrowserState", "open", 3*time.Minute)
	m.Still(8*time.Second, 2*time.Minute)
	m.Picture("05-internet")
	m.Press("ctrl-l")
	m.Type(site.URL)
	m.Press("ret")
	m.Await("the page was asked for", time.Minute, func() bool { return site.Saw("/") })
	m.awaitPage(true)
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
	m.Click(200, pageTop+230)
	m.Await("the document was asked for", time.Minute, func() bool { return site.Saw("/attestation") })
	m.AwaitStatus("DocumentsCount", "1", time.Minute)
	m.Still(3*time.Second, time.Minute)
	m.Picture("08-telechargement")
	m.Press("esc") // the list of downloads
	m.Settle()
	m.Picture("08-document") // Firefox shows it beside the page
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

// takeFromKey plugs the key and copies what is clean.
func (m *Machine) takeFromKey(key *Key) {
	m.t.Helper()
	if m.Plug(key) == "" {
		m.t.Fatal("the key was not let in")
	}
	m.AwaitStatus("MediumState", "ready", time.Minute)
	for name, want := range map[string]string{"MediumFiles": "2", "MediumClean": "1", "MediumSuspect": "1", "MediumUnchecked": "0"} {
		if got := m.Status().Word(name); got != want {
			m.t.Errorf("%s is %s, not %s", name, got, want)
		}
	}
	m.goTo("3")
	m.Picture("11-cle")
	m.Type("8") // all that may be chosen
	m.Settle()
	m.Type("0")
	m.AwaitStatus("MediumCopied", "1", time.Minute)
	m.AwaitStatus("DocumentsCount", "2", time.Minute)
	m.Picture("11-cle-copiee")
	m.Press("esc")
	m.Settle()
}

// giveToKey copies the documents to the key and gives it back.
func (m *Machine) giveToKey(key *Key) {
	m.t.Helper()
	m.goTo("4")
	m.Picture("12-documents")
	m.Type("0")
	m.AwaitStatus("DocumentsUnsaved", "0", time.Minute)
	m.Settle()
	m.Picture("12-documents-copies")
	m.Press("esc")
	m.Settle()
	m.goTo("3")
	m.Type("7")
	m.AwaitStatus("MediumState", "ejected", time.Minute)
	m.Settle()
	m.Picture("13-cle-rendue")
}

// goTo opens a tile of Ma session, from there.
func (m *Machine) goTo(tile string) {
	m.t.Helper()
	m.Type(tile)
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
