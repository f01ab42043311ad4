//go:build vm

package vm

import (
	"regexp"
	"strings"
	"time"
)

// agentLogin is the médiateur of these tests.
const agentLogin = "zoe.martin"

var agentCode = regexp.MustCompile(`\b[a-z]{5}-[a-z]{5}-[a-z]{5}\b`)

// AddAgent does what IT does when a médiateur arrives, and gives the code.
func (m *Machine) AddAgent() string {
	m.t.Helper()
	code := agentCode.FindString(m.Guest("estranctl", "agent", "add", agentLogin, "--profile", "mediateur"))
	if code == "" {
		m.t.Fatal("estranctl told no code")
	}
	m.AwaitStatus("AgentPossible", "true", patient)
	m.Settle()
	return code
}

// SignIn signs the agent in at the keyboard, from the first screen or from a session.
func (m *Machine) SignIn(code string) {
	m.t.Helper()
	m.Type("m")
	m.Settle()
	m.Type(agentLogin + "\n" + code + "\n")
	m.AwaitStatus("AgentPresent", "true", patient)
	m.Settle()
}

// situation goes from the space of the agents to a session in one of its three situations: all is ticked, and the visitor
// agrees.
func (m *Machine) situation(number, picture string) {
	m.t.Helper()
	m.goTo(number)
	m.Picture(picture + "-avant")
	m.Type("12340") // Enter would take the step below « je fais »
	for _, page := range []string{"accord", "regles", "regles-suite", "encore"} {
		m.Settle()
		if m.Status().Word("State") == "open" {
			break
		}
		m.Picture(picture + "-" + page)
		m.Type("1") // yes, and yes to the rules
	}
	m.AwaitState("open", patient)
	m.Settle()
	m.Picture(picture)
}

// leaveHelped ends a session with an agent: the list of what comes after, what goes with it, the four taps, then as
// everybody does.
func (m *Machine) leaveHelped(picture string, after func()) {
	m.t.Helper()
	m.goTo("f")
	m.Picture(picture + "-apres")
	after()
	m.goTo("\n")
	m.Picture(picture + "-compter")
	for _, tap := range []string{"1", "1\n", "6", "4"} { // one person, official steps, sixty to sixty-nine, retired
		m.Type(tap)
		m.Settle()
	}
	m.AwaitStatus("AgentUncounted", "false", patient)
	m.Picture(picture + "-compte")
	m.Type("2")
	m.AwaitState("wiped", patient)
	m.AwaitStatus("AgentPresent", "false", patient)
	m.Still(2*time.Second, 30*time.Second)
	m.Picture(picture + "-recu")
	m.Press("ret")
	m.AwaitReady()
}

// journalTellsNothingOf fails when the journal or the state directory holds one of these words.
func (m *Machine) journalTellsNothingOf(words ...string) {
	m.t.Helper()
	journal := m.Guest("journalctl", "--boot", "--no-pager", "--output=cat")
	kept := m.Shell("cat /var/lib/estran/* 2>/dev/null")
	for _, word := range words {
		if strings.Contains(journal, word) {
			m.t.Errorf("the journal holds %q", word)
		}
		if strings.Contains(kept, word) {
			m.t.Errorf("the state directory holds %q", word)
		}
	}
}
