package browser

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"estran/session"
)

// site is a web site on this computer, which tests list among the official ones.
type site struct {
	*httptest.Server
	mutex sync.Mutex
	seen  map[string]string // path: body
	heard chan string       // paths, as they are asked for
}

const pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

func newSite(t testing.TB, pages map[string]string) *site {
	t.Helper()
	s := &site{seen: map[string]string{}, heard: make(chan string, 1000)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mutex.Lock()
		s.seen[r.URL.Path] = string(body)
		s.mutex.Unlock()
		select {
		case s.heard <- r.URL.Path:
		default:
		}
		w.Header().Set("Access-Control-Allow-Origin", "*")
		switch r.URL.Path {
		case "/paper.pdf":
			w.Header().Set("Content-Type", "application/pdf")
			w.Header().Set("Content-Disposition", `attachment; filename="attestation.pdf"`)
			_, _ = io.WriteString(w, pdf)
		case "/paper.odt":
			w.Header().Set("Content-Type", "application/vnd.oasis.opendocument.text")
			_, _ = io.WriteString(w, "not really one")
		default:
			page, ok := pages[r.URL.Path]
			if !ok {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, page)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// Site is the site as a configuration lists it.
func (s *site) Site() session.Site { return session.Site{Name: "Mairie", URL: s.URL + "/"} }

// await waits until a path is asked for, and gives what was sent to it.
func (s *site) await(t testing.TB, path string, within time.Duration) string {
	t.Helper()
	body, ok := s.asked(path, within)
	if !ok {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		t.Fatalf("nobody asked for %s within %v, but for %v", path, within, slices.Collect(maps.Keys(s.seen)))
	}
	return body
}

func (s *site) asked(path string, within time.Duration) (body string, ok bool) {
	deadline := time.After(within)
	for {
		select {
		case p := <-s.heard:
			if p == path {
				s.mutex.Lock()
				defer s.mutex.Unlock()
				return s.seen[path], true
			}
		case <-deadline:
			return "", false
		}
	}
}
