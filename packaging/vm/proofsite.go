//go:build vm

package vm

import (
	_ "embed"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"
)

//go:embed proof.html
var proofPage string

// NewProofSite opens a site whose pages leave canaries wherever a page can, and tells what a browser has asked for: the
// path, and "planted" when all of them took.
func NewProofSite(t testing.TB, c canaries) *Site {
	t.Helper()
	page := template.Must(template.New("page").Funcs(template.FuncMap{"backwards": canaries.backwards}).Parse(proofPage))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{URL: fmt.Sprintf("http://10.0.2.2:%d/", listener.Addr().(*net.TCPAddr).Port)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/"+url.PathEscape(c[pageAddress])+"/", http.StatusFound)
	})
	mux.HandleFunc("GET /{address}/{$}", func(w http.ResponseWriter, r *http.Request) {
		s.saw("page")
		_ = page.Execute(w, c)
	})
	mux.HandleFunc("GET /{address}/cache.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("Cache-Control", "max-age=86400")
		fmt.Fprintf(w, "window.cachedNote = %q\n", c[cached])
	})
	mux.HandleFunc("GET /{address}/papier", func(w http.ResponseWriter, r *http.Request) {
		s.saw("document")
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(c[downloadName])+".txt")
		fmt.Fprintf(w, "%s\n", c[downloadText])
	})
	mux.HandleFunc("GET /gourmande", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(greedyPage)) })
	mux.HandleFunc("GET /{address}/vu", func(_ http.ResponseWriter, r *http.Request) { s.saw(r.URL.RawQuery) })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 30 * time.Second}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}
