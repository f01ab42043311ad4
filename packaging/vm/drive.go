//go:build vm

package vm

// Drive asks the station for something as the kiosk does: on the system bus, as user estran. TestVisit makes a visit at
// the keyboard; this is for what befalls a session, whoever opened it.
func (m *Machine) Drive(method string, args ...string) {
	m.t.Helper()
	if r := m.CallAs("estran", method, args...); r.code != 0 {
		m.t.Fatalf("the station refuses %s: %s", method, r.stderr)
	}
}

// CallAs calls a method of org.estran.Station1 as any user of the guest; busctl(1) tells how arguments are written.
// setpriv(1) asks no PAM, which would refuse the station's locked accounts before the bus is asked.
func (m *Machine) CallAs(user, method string, args ...string) result {
	m.t.Helper()
	return m.Try("setpriv", append([]string{
		"--reuid=" + user, "--regid=" + m.group(user), "--init-groups", "--", "busctl", "--timeout=60", "call",
		"org.estran.Station1", "/org/estran/Station1", "org.estran.Station1", method,
	}, args...)...)
}

func (m *Machine) group(user string) string {
	m.t.Helper()
	return m.Guest("id", "--group", user)
}

// noOptions is an empty a{sv}, as busctl(1) wants it.
var noOptions = []string{"a{sv}", "0"}

// Open opens a session, alone, as a visitor who has read the rules.
func (m *Machine) Open() {
	m.t.Helper()
	m.Drive("Open", noOptions...)
	m.AwaitState("open", patient)
}

// Browse opens internet and waits for its window.
func (m *Machine) Browse() {
	m.t.Helper()
	m.Drive("Browse", noOptions...)
	m.AwaitStatus("BrowserState", "open", 2*patient)
}

// End ends the session and waits until it is wiped; the receipt is left for its time to pass, or dismissed.
func (m *Machine) End() {
	m.t.Helper()
	m.Drive("End", noOptions...)
	m.AwaitState("wiped", patient)
	m.Drive("Dismiss", noOptions...)
	m.AwaitReady()
}
