package proof

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// printedName is what the document for the printer is called.
const printedName = "a-imprimer"

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// site is the web site of the visit, on the loopback of this computer.
type site struct {
	canaries canaries
	server   *http.Server

	mu    sync.Mutex // guards what follows
	seen  map[string]bool
	kept  string // what the page says that the browser keeps
	typed string // what is in its field
}

// openSite serves until close.
func openSite(l net.Listener, c canaries) *site {
	s := &site{canaries: c, seen: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		s.saw("asked", "")
		http.Redirect(w, r, "/"+url.PathEscape(c[PageAddress])+"/", http.StatusFound)
	})
	mux.HandleFunc("GET /{address}/{$}", s.page)
	mux.HandleFunc("GET /{address}/cache.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("Cache-Control", "max-age=86400")
		fmt.Fprintf(w, "window.cachedNote = %q\n", c[Cache])
	})
	mux.HandleFunc("GET /{address}/papier", document(c[DownloadName], c[DownloadText]))
	mux.HandleFunc("GET /{address}/a-imprimer", document(printedName, c[Printed]))
	mux.HandleFunc("POST /{address}/told", func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 4096))
		s.saw(r.URL.RawQuery, string(body))
	})
	s.server = &http.Server{Handler: mux, ReadHeaderTimeout: 30 * time.Second}
	go func() { _ = s.server.Serve(l) }()
	return s
}

// document serves a text to download.
func document(name, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name)+".txt")
		fmt.Fprintln(w, text)
	}
}

// page serves the page. What it puts somewhere else is in it backwards: found, it was there.
func (s *site) page(w http.ResponseWriter, _ *http.Request) {
	c := s.canaries
	_ = page.Execute(w, map[string]string{
		"Title": c[PageTitle], "Text": c[PageText], "Cookie": backwards(c[Cookie]), "Local": backwards(c[LocalStorage]),
		"Session": backwards(c[SessionStorage]), "Copied": backwards(c[Copied]), "IndexedDB": backwards(c[IndexedDB]),
	})
}

func backwards(text string) string {
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes)
}

func (s *site) saw(what, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[what] = true
	switch what {
	case "planted":
		s.kept = body
	case "typed":
		s.typed = body
	}
}

// has says what the site was asked or told.
func (s *site) has(what string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[what]
}

// keeps says that the browser keeps one of cookie, local, session, cache, indexed.
func (s *site) keeps(what string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for kept := range strings.SplitSeq(s.kept, ",") {
		if kept == what {
			return true
		}
	}
	return false
}

// reads says what is in the field of the page.
func (s *site) reads() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.typed
}

func (s *site) close() { _ = s.server.Close() }
