package station_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// startCUPS starts a real cupsd with one queue, whose pages go nowhere. more is added to its configuration, policy
// to its rules. It returns the spool.
func startCUPS(t *testing.T, more, policy string) (spool string) {
	t.Helper()
	return startCUPSOn(t, "", "file:/dev/null", more, policy)
}

// startCUPSOn does it with a device of the test's own, and what it needs in cups-files.conf(5).
func startCUPSOn(t *testing.T, device, uri, more, policy string) (spool string) {
	t.Helper()
	sessiontest.Need(t, "cupsd", "lpadmin", "lp", "lpstat", "cancel")
	if os.Getuid() != 0 {
		sessiontest.Missing(t, "cupsd starts as root only")
	}
	dir, err := os.MkdirTemp("", "estran-cups-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	spool = filepath.Join(dir, "spool")
	socket := filepath.Join(dir, "cups.sock")
	files := "FileDevice Yes\nSystemGroup root\nUser lp\nGroup lp\nServerRoot " + dir + "/root\nRequestRoot " + spool +
		"\nCacheDir " + dir + "/cache\nStateDir " + dir + "/state\nAccessLog /dev/null\nErrorLog " + dir + "/log\nPageLog /dev/null\n" + device
	conf := "Listen " + socket + "\nDefaultAuthType None\nBrowsing Off\nWebInterface No\n" + more +
		"<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n" +
		"<Policy default>\n" + policy + "<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
	for _, err := range []error{
		os.Chmod(dir, 0o755), os.Mkdir(filepath.Join(dir, "root"), 0o755),
		os.WriteFile(filepath.Join(dir, "files.conf"), []byte(files), 0o644),
		os.WriteFile(filepath.Join(dir, "cupsd.conf"), []byte(conf), 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	cupsd := exec.Command("cupsd", "-f", "-c", filepath.Join(dir, "cupsd.conf"), "-s", filepath.Join(dir, "files.conf"))
	if err := cupsd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cupsd.Process.Kill(); _ = cupsd.Wait() })
	t.Setenv("CUPS_SERVER", socket)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		err := exec.Command("lpadmin", "-p", "Accueil", "-E", "-v", uri, "-m", "raw").Run()
		if err == nil {
			return spool
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			t.Fatalf("cupsd takes no queue: %v\n%s", err, log)
		}
	}
}

// printOne opens a session, prints a document, and ends the session.
func printOne(t *testing.T, w *world) session.Station {
	t.Helper()
	s := printInSession(t, w)
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// printInSession opens a session and prints a document.
func printInSession(t *testing.T, w *world) session.Station {
	t.Helper()
	w.options.Config.Printing.Queue = "Accueil"
	s := w.start(t)
	openSession(t, s)
	name := filepath.Join(w.sessionDir(t), "documents", "lettre-de-madame.txt")
	if err := os.WriteFile(name, []byte("the letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "counted", func(s session.Status) bool { return s.Documents.Count == 1 && s.Printer })
	documents, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Print(t.Context(), documents[0].ID); err != nil {
		t.Fatal(err)
	}
	return s
}

func spooled(t *testing.T, spool string) (files []string) {
	t.Helper()
	entries, err := os.ReadDir(spool)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			files = append(files, e.Name())
		}
	}
	return files
}

func TestPrintedDocumentsLeaveTheQueue(t *testing.T) {
	for name, conf := range map[string]string{
		"a queue that keeps nothing":         "PreserveJobFiles No\nPreserveJobHistory No\n",
		"a queue that keeps, and is purged":  "PreserveJobFiles Yes\nPreserveJobHistory Yes\n",
		"the settings that CUPS comes with ": "",
	} {
		t.Run(name, func(t *testing.T) {
			spool := startCUPS(t, conf, "")
			s := printOne(t, newWorld(t))
			awaitState(t, s, session.Wiped)
			if left := spooled(t, spool); len(left) > 0 {
				t.Errorf("the spool still holds %v", left)
			}
			receipt, err := s.Receipt(t.Context())
			if err != nil || !strings.Contains(strings.Join(receipt.Limits, " "), session.LimitPrinter) {
				t.Errorf("the receipt does not name the printer: %v, %v", receipt.Limits, err)
			}
		})
	}
}

func TestAQueueThatKeepsDocumentsStopsTheStation(t *testing.T) {
	startCUPS(t, "PreserveJobFiles Yes\nPreserveJobHistory Yes\n", "<Limit Purge-Jobs Cancel-Jobs Cancel-My-Jobs Cancel-Job>\nAuthType Basic\nRequire user nobody-at-all\n</Limit>\n")
	s := printOne(t, newWorld(t))
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultWipe {
		t.Errorf("stopped by %q", st.Fault)
	}
}

// slowLP puts a program before the real lp that does something more.
func slowLP(t *testing.T, script string) {
	t.Helper()
	lp, err := exec.LookPath("lp")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script = "#!/bin/sh\n" + strings.ReplaceAll(script, "LP", lp) + "\n"
	if err := os.WriteFile(filepath.Join(dir, "lp"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
}

// Whatever becomes of lp, what it may have put in the queue is looked for when the session is wiped.
func TestAPrintThatIsCutShortLeavesTheQueueToo(t *testing.T) {
	for name, script := range map[string]string{
		"the session ends while lp runs":        `sleep 1; exec LP "$@"`,
		"lp fails after the queue took the job": `LP "$@" >/dev/null; exit 1`,
	} {
		t.Run(name, func(t *testing.T) {
			spool := startCUPS(t, "PreserveJobFiles Yes\nPreserveJobHistory Yes\n", "")
			slowLP(t, script)
			w := newWorld(t)
			w.options.Config.Printing.Queue = "Accueil"
			s := w.start(t)
			openSession(t, s)
			if err := os.WriteFile(filepath.Join(w.sessionDir(t), "documents", "lettre.txt"), []byte("the letter"), 0o600); err != nil {
				t.Fatal(err)
			}
			sessiontest.Await(t, s, "counted", func(s session.Status) bool { return s.Documents.Count == 1 && s.Printer })
			documents, err := s.Documents(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			printed := make(chan error, 1)
			go func() { printed <- s.Print(t.Context(), documents[0].ID) }()
			time.Sleep(300 * time.Millisecond)
			if err := s.End(t.Context()); err != nil {
				t.Fatal(err)
			}
			<-printed
			awaitState(t, s, session.Wiped)
			time.Sleep(1500 * time.Millisecond) // an lp that outlived the wipe would show now
			if left := spooled(t, spool); len(left) > 0 {
				t.Errorf("the spool still holds %v", left)
			}
		})
	}
}

// The kiosk was killed, or the power cut, after a document was given to the printer.
func TestAJobOfARunThatWasCutLeavesTheQueue(t *testing.T) {
	spool := startCUPS(t, "PreserveJobFiles Yes\nPreserveJobHistory Yes\n", "")
	lp := exec.Command("lp", "-d", "Accueil", "-t", "Estran", "-")
	lp.Stdin = strings.NewReader("the letter")
	if out, err := lp.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w := newWorld(t)
	w.options.Config.Printing.Queue = "Accueil"
	w.leaveOpen(t)
	s := w.start(t)
	awaitState(t, s, session.Ready)
	if left := spooled(t, spool); len(left) > 0 {
		t.Errorf("the spool still holds %v", left)
	}
}

// When the computer starts, CUPS may come up after the station: whoever comes first prints all the same.
func TestAPrinterThatComesUpLateIsFound(t *testing.T) {
	sessiontest.Need(t, "cupsd")
	w := newWorld(t)
	w.options.Config.Printing.Queue = "Accueil"
	s := w.start(t)
	if st := awaitState(t, s, session.Ready); st.Printer {
		t.Fatal("a printer is there already")
	}
	openSession(t, s)
	startCUPS(t, "PreserveJobFiles No\nPreserveJobHistory No\n", "")
	if err := os.WriteFile(filepath.Join(w.sessionDir(t), "documents", "lettre.txt"), []byte("the letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "ready to print", func(s session.Status) bool { return s.Documents.Count == 1 && s.Printer })
	documents, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Print(t.Context(), documents[0].ID); err != nil {
		t.Error(err)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
}

// A queue that cannot be reached yet is waited for before its jobs are said to be left.
func TestAJobOfARunThatWasCutAwaitsTheQueue(t *testing.T) {
	sessiontest.Need(t, "cupsd")
	station.AwaitQueue(t, time.Minute) // cupsd may take more than the half of it on a busy computer
	w := newWorld(t)
	w.options.Config.Printing.Queue = "Accueil"
	w.leaveOpen(t)
	s := w.start(t)
	time.Sleep(time.Second)
	startCUPS(t, "PreserveJobFiles Yes\nPreserveJobHistory Yes\n", "")
	if st := awaitState(t, s, session.Ready); !st.Printer {
		t.Error("the queue was emptied, and is not printed to")
	}
}

// Without its queue, a station that was cut does not say that it is empty.
func TestAQueueThatNeverComes(t *testing.T) {
	sessiontest.Need(t, "lpstat")
	t.Setenv("CUPS_SERVER", filepath.Join(t.TempDir(), "no-cups.sock"))
	station.AwaitQueue(t, time.Second)
	w := newWorld(t)
	w.options.Config.Printing.Queue = "Accueil"
	w.leaveOpen(t)
	s := w.start(t)
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultRecovery || w.record(t) != "open" {
		t.Errorf("stopped by %q, and the record says %q", st.Fault, w.record(t))
	}
}

func TestWithoutAPrinterNothingIsPrinted(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	openSession(t, s)
	if err := s.Print(t.Context(), 1); !errors.Is(err, session.ErrNoPrinter) {
		t.Errorf("got %v", err)
	}
}
