package station_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"

	"estran/session"
	"estran/session/sessiontest"
)

// site is a page that gives a paper to whoever opens it.
func site(t *testing.T) session.Site {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".pdf") {
			w.Header().Set("Content-Disposition", `attachment; filename="attestation.pdf"`)
			w.Header().Set("Content-Type", "application/pdf")
			_, _ = w.Write([]byte("%PDF-1.4 a paper\n%%EOF\n"))
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<title>Mairie</title><p>Bonjour.<script>setTimeout(() => location = "/attestation.pdf", 500)</script>`))
	}))
	t.Cleanup(server.Close)
	return session.Site{Name: "Mairie", URL: server.URL + "/"}
}

func openBrowser(t *testing.T, w *world) session.Station {
	t.Helper()
	sessiontest.Need(t, "firefox-esr", "bwrap")
	w.options.Config.Session.Memory = 1 << 30
	w.options.Config.Sites = []session.Site{site(t)}
	s := w.start(t)
	openSession(t, s)
	if err := s.Browse(t.Context(), session.BrowseOptions{Site: 1}); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "open", func(s session.Status) bool {
		if s.Browser.Problem != session.BrowserFine {
			t.Fatalf("the browser met %q", s.Browser.Problem)
		}
		return s.Browser.State == session.BrowserOpen
	})
	return s
}

func TestAPaperFromTheInternetArrivesAmongTheDocuments(t *testing.T) {
	s := openBrowser(t, newWorld(t))
	sessiontest.Await(t, s, "arrived", func(s session.Status) bool { return s.Documents.Unsaved == 1 && s.Documents.Arriving == 0 })
	documents, err := s.Documents(t.Context())
	if err != nil || len(documents) != 1 || documents[0].Name.Reveal() != "attestation.pdf" {
		t.Errorf("the documents are %d (%v)", len(documents), err)
	}
	if err := s.Pause(t.Context(), "1234"); !errors.Is(err, session.ErrBrowserOpen) {
		t.Errorf("a pause with a window open: %v", err)
	}
	if err := s.CloseBrowser(t.Context()); err != nil {
		t.Fatal(err)
	}
	closed := sessiontest.Await(t, s, "closed", func(s session.Status) bool { return s.Browser.State == session.BrowserClosed })
	if closed.Browser.Problem != session.BrowserFine {
		t.Errorf("closing it met %q", closed.Browser.Problem)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
}

func TestTheSessionEndsWithTheBrowserOpen(t *testing.T) {
	s := openBrowser(t, newWorld(t))
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
}

// inSandbox lists the processes that see the open session from a sandbox.
func inSandbox(t *testing.T, w *world) []int {
	t.Helper()
	dir := w.sessionDir(t)
	id := dir[strings.LastIndexByte(dir, '/')+1:]
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, e := range entries {
		ns, err := os.Readlink("/proc/" + e.Name() + "/ns/mnt")
		mounts, readErr := os.ReadFile("/proc/" + e.Name() + "/mountinfo")
		if err == nil && readErr == nil && ns != own && strings.Contains(string(mounts), id) {
			pid := 0
			for _, c := range e.Name() {
				pid = pid*10 + int(c-'0')
			}
			pids = append(pids, pid)
		}
	}
	return pids
}

func TestABrowserThatHangsIsSaidAndCanBeOpenedAgain(t *testing.T) {
	w := newWorld(t)
	s := openBrowser(t, w)
	for _, pid := range inSandbox(t, w) {
		_ = syscall.Kill(pid, syscall.SIGSTOP)
	}
	sessiontest.Await(t, s, "hung", func(s session.Status) bool { return s.Browser.State == session.BrowserHung })
	if err := s.CloseBrowser(t.Context()); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "closed", func(s session.Status) bool { return s.Browser.State == session.BrowserClosed })
	if left := inSandbox(t, w); len(left) > 0 {
		t.Errorf("%d processes are left", len(left))
	}
	if err := s.Browse(t.Context(), session.BrowseOptions{}); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "open again", func(s session.Status) bool { return s.Browser.State == session.BrowserOpen })
}

func TestABrowserThatDiesIsSaid(t *testing.T) {
	w := newWorld(t)
	s := openBrowser(t, w)
	for _, pid := range inSandbox(t, w) {
		_ = syscall.Kill(pid, syscall.SIGSEGV)
	}
	got := sessiontest.Await(t, s, "closed", func(s session.Status) bool { return s.Browser.State == session.BrowserClosed })
	if got.Browser.Problem != session.BrowserCrashed {
		t.Errorf("told as %q", got.Browser.Problem)
	}
}

func TestWithoutADisplayOrABrowserItIsSaid(t *testing.T) {
	w := newWorld(t)
	w.options.Headless = false
	w.options.Config.Browser.Program = "firefox-esr"
	s := w.start(t)
	openSession(t, s)
	if err := s.Browse(t.Context(), session.BrowseOptions{}); !errors.Is(err, session.ErrNoBrowser) {
		t.Errorf("got %v", err)
	}
	if st, err := s.Status(t.Context()); err != nil || st.Browser.Problem != session.BrowserNoDisplay {
		t.Errorf("told as %q (%v)", st.Browser.Problem, err)
	}
}
