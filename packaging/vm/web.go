//go:build vm

package vm

import (
	_ "embed"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

//go:embed site.html
var sitePage []byte

// Site is a web site on this machine's loopback, which the guest sees at 10.0.2.2.
type Site struct {
	// URL is its address as the guest's browser types it.
	URL string

	mu   sync.Mutex // guards seen
	seen []string   // the path of each request, and each text that was sent with the form
}

// document is what the site gives to download: the smallest honest PDF.
const document = "%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

// greedyPage takes all the memory.
const greedyPage = "<!doctype html><meta charset=utf-8><title>Gourmande</title><script>" +
	"const all = []; setInterval(() => all.push(new Uint8Array(32 << 20).fill(1)), 50)</script>"

// NewSite opens a site for as long as the test lasts:
//
//	/               a page with a form, a link to a document, and a button that fills the screen (site.html)
//	/attestation    the document, to download
//	/gourmande      a page that takes all the memory
//	/recu           where the form goes
//	/upload         where systemd-journal-upload(8) sends a journal
func NewSite(t testing.TB) *Site {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{URL: fmt.Sprintf("http://10.0.2.2:%d/", listener.Addr().(*net.TCPAddr).Port)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		s.saw(r.URL.Path)
		_, _ = w.Write(sitePage)
	})
	mux.HandleFunc("GET /attestation", func(w http.ResponseWriter, r *http.Request) {
		s.saw(r.URL.Path)
		w.Header().Set("Content-Type", "application/pdf")
		w.Header().Set("Content-Disposition", `attachment; filename="attestation.pdf"`)
		_, _ = w.Write([]byte(document))
	})
	mux.HandleFunc("POST /recu", func(w http.ResponseWriter, r *http.Request) {
		s.saw(r.URL.Path, r.PostFormValue("texte"))
		_, _ = w.Write([]byte("<!doctype html><html lang=fr><meta charset=utf-8><title>Reçu</title><h1>Reçu</h1>"))
	})
	mux.HandleFunc("GET /gourmande", func(w http.ResponseWriter, r *http.Request) {
		s.saw(r.URL.Path)
		_, _ = w.Write([]byte(greedyPage))
	})
	mux.HandleFunc("POST /upload", func(w http.ResponseWriter, r *http.Request) {
		s.saw(r.URL.Path)
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = w.Write([]byte("OK.\n"))
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 30 * time.Second}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

func (s *Site) saw(what ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, what...)
}

// Saw tells whether a path was asked for, or a text sent with the form.
func (s *Site) Saw(what string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, seen := range s.seen {
		if seen == what || strings.Contains(seen, what) && !strings.HasPrefix(what, "/") {
			return true
		}
	}
	return false
}
