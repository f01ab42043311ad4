//go:build vm

package vm

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestAnAgentTeachesAndHelps: IT adds an agent; the agent signs in, gives a lesson, then stays beside somebody who types.
// What is kept of it are counts, and that an agent signed in that day.
func TestAnAgentTeachesAndHelps(t *testing.T) {
	m := Station(t)
	code := m.AddAgent()
	m.Picture("01-bienvenue")
	m.Type("m")
	m.Settle()
	m.Type(agentLogin + "\nbbbbb-bbbbb-bbbbb\n")
	m.AwaitStatus("AgentTriesLeft", "9", patient)
	m.Settle()
	m.Picture("02-code-faux")
	time.Sleep(2 * time.Second) // the first wrong code costs one
	m.Type(agentLogin + "\n" + code + "\n")
	m.AwaitStatus("AgentPresent", "true", patient)
	m.Settle()
	m.Picture("03-espace-mediateur")

	m.situation("1", "04-je-forme")
	m.AwaitStatus("Mode", "train", patient)
	m.lesson()
	m.leaveHelped("06", func() {})

	m.SignIn(code)
	m.situation("2", "07-j-accompagne")
	m.AwaitStatus("Mode", "accompany", patient)
	m.openInternet()
	m.Picture("08-rappel")
	m.Click(maSession[0], maSession[1])
	m.Settle()
	m.Picture("08-session")
	m.leaveHelped("09", func() {})

	m.nothingIsLeft()
	m.journalTellsNothingOf(strings.ToUpper(code), code, strings.ReplaceAll(code, "-", ""))
	m.daybookTells("agent-added")
	m.daybookTells("agent-refused")
	if said := m.Guest("estranctl", "activity", "show"); !strings.Contains(said, "moins de 5") {
		t.Errorf("the counts are told as %q", said)
	}
	if said := m.Guest("estranctl", "check"); strings.Contains(said, "échec ") {
		t.Errorf("not all is well: %s", said)
	}
	for _, file := range []string{"/etc/estran/agents.json", "/var/lib/estran/activity", "/var/lib/estran/agents-tries"} {
		if mode := m.Guest("stat", "--format=%a %U %G", file); mode != "600 root root" {
			t.Errorf("%s is %s", file, mode)
		}
	}
}

// lesson gives the lesson, which the session opened on, to one person, as far as its first tip.
func (m *Machine) lesson() {
	m.t.Helper()
	m.Type("1") // one person
	m.Settle()
	m.Picture("05-plan")
	m.Press("ret")
	m.Settle()
	m.Picture("05-conseil")
	m.Press("esc", "esc", "esc")
	m.Settle()
	m.Picture("05-session")
}

// TestNothingRemainsOfAMandate: an agent acts for somebody, under a mandate that is typed and printed. The browser opens the
// sites that it names and no other; and after the session nothing of it is anywhere.
func TestNothingRemainsOfAMandate(t *testing.T) {
	c := mandateCanaries()
	net := c.net(t)
	hosts := newHosts(t)
	m := Station(t)
	m.installPrinter()
	m.nameSite(hosts)
	code := m.AddAgent()
	m.SignIn(code)
	m.situation("3", "01-je-fais")
	m.AwaitStatus("Mode", "accompany", patient)
	m.Guest("cupsdisable", "bureau")
	m.mandate(c)
	m.AwaitStatus("Mode", "act", patient)
	m.Settle()
	m.Picture("04-session")

	m.openInternet()
	m.AwaitStatus("BrowserLimited", "true", patient)
	m.Picture("05-internet")
	m.Await("the site of the mandate was asked for", 3*time.Minute, func() bool { return m.asksFor(hosts, namedHost) })
	m.Picture("06-site-du-mandat")
	for range 3 { // once would be enough, but for keys that are lost
		if m.asksFor(hosts, otherHost) {
			t.Error("a site that the mandate does not name was opened")
		}
	}
	m.Picture("07-autre-site")
	m.Click(maSession[0], maSession[1])
	m.Settle()

	m.forgetTheInstrument()
	before := count(m.Memory(net))
	t.Logf("found before the end, in memory: %v", before)
	for kind := range c {
		if before[kind] == 0 {
			t.Errorf("the hunt is blind: it does not find %q while the session is open", kind)
		}
	}
	m.leaveHelped("08", m.handOver)
	m.OtherTraffic()
	m.forgetTheInstrument()
	hits, disk := m.Memory(net), m.Disk(net)
	t.Logf("found after the end: in memory %v, on the disk %v", count(hits), count(disk))
	if len(hits) > 0 {
		t.Errorf("remains in memory:\n%s", m.holders(hits))
	}
	if len(disk) > 0 {
		t.Errorf("remains on the disk: %v", disk)
	}
	m.nothingIsLeft()
	if waiting := m.Guest("lpstat", "-o"); waiting != "" {
		t.Errorf("a mandate still waits at the printer: %s", waiting)
	}
}

// asksFor types the address of a host, and says whether it was asked for soon. A guest that is slow may lose a key.
func (m *Machine) asksFor(h *hosts, host string) bool {
	m.t.Helper()
	m.Drive("Touch", noOptions...) // who waits is there
	m.address(h.address(host))
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end) && !h.saw(host); time.Sleep(time.Second) {
	}
	m.Settle()
	return h.saw(host)
}

// nameSite makes a host the only official site of the station.
func (m *Machine) nameSite(h *hosts) {
	m.t.Helper()
	m.Shell(`echo "10.0.2.2 ` + namedHost + ` ` + otherHost + `" >>/etc/hosts
printf '\n[[sites]]\nname = "Service"\nurl = "` + h.address(namedHost) + `"\n' >>/etc/estran/estran.toml
systemctl restart estrand.service`)
	m.AwaitReady()
	m.awaitKiosk()
}

// mandate types a whole mandate: two formalities, two sites, everything else as it is proposed; then prints it twice, and
// says that it was signed.
func (m *Machine) mandate(c canaries) {
	m.t.Helper()
	step := 0
	then := func(keys ...string) {
		m.t.Helper()
		for _, k := range keys {
			m.Type(k)
			m.Settle()
		}
		step++
		m.Picture(fmt.Sprintf("02-mandat-%02d", step))
	}
	m.Picture("02-mandat-00")
	then("1234\n")                         // what was explained
	then("1")                              // no measure of protection
	then("3", "1", "\n")                   // to declare, on the one official site
	then("6", c[mandateOther]+"\n")        // and something in words
	then("\n")                             // to the sites
	then("3", c[mandateSite]+"\n")         // one more site
	then("\n", "\n", "\n", "\n")           // sites, mail, identifiers, one day
	then(c[mandatePerson] + "\n")          // who gives it
	then(c[mandateAgent]+"\n", "\n", "\n") // who receives it, and two lines that stay empty
	then(c[mandatePlace] + "\n")           // where
	m.Press("ret")                         // two copies
	m.Await("two copies wait", patient, func() bool { return strings.Count(m.Guest("lpstat", "-o"), "bureau-") == 2 })
	m.Settle()
	m.Picture("03-imprime")
	then("\n", "1") // signed
}

// handOver ticks what was done, and has the list printed for the person.
func (m *Machine) handOver() {
	m.t.Helper()
	m.goTo("\n")
	m.Type("12")
	m.Settle()
	m.Picture("08-ce-qui-a-ete-fait")
	m.Press("ret")
	m.Await("the list waits beside the mandates", patient, func() bool { return strings.Count(m.Guest("lpstat", "-o"), "bureau-") == 3 })
	m.Settle()
	m.goTo("0")
	m.Picture("08-apres-la-feuille")
}

// The kinds of canary of a mandate.
const (
	mandatePerson = "mandate, who gives it"
	mandateAgent  = "mandate, who receives it"
	mandateOther  = "mandate, a formality in words"
	mandatePlace  = "mandate, where it is signed"
	mandateSite   = "mandate, a site"
)

// mandateCanaries makes other ones each time.
func mandateCanaries() canaries {
	c := canaries{}
	for _, kind := range []string{mandatePerson, mandateAgent, mandateOther, mandatePlace} {
		c[kind] = strings.ToLower(rand.Text())[:14] + "é" + strings.ToLower(rand.Text())[:12]
	}
	c[mandateSite] = "s" + strings.ToLower(rand.Text())[:20] + ".example"
	return c
}
