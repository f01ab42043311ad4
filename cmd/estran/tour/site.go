package tour

import (
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"time"
)

// site is a web site of this machine. Its page leaves a mark in each place where a browser keeps things, tells the
// site once it has read the marks again, and gives a paper to download.
type site struct {
	url    string
	paper  []byte
	server *http.Server
	stored chan string // which marks the browser kept
	taken  chan struct{}
}

const page = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>{{.Mark}}-title</title>
<h1>Votre attestation</h1><p>{{.Mark}}-body</p>
<script>
const mark = {{.Mark}};
document.cookie = "visit=" + mark + "-cookie; max-age=86400";
localStorage.setItem("visit", mark + "-local");
sessionStorage.setItem("visit", mark + "-session");
const open = indexedDB.open("visit", 1);
open.onupgradeneeded = () => open.result.createObjectStore("marks");
open.onsuccess = () => {
  const write = open.result.transaction("marks", "readwrite");
  write.objectStore("marks").put(mark + "-indexed", "visit");
  write.oncomplete = () => {
    const read = open.result.transaction("marks").objectStore("marks").get("visit");
    read.onsuccess = async () => {
      const kept = [document.cookie, localStorage.visit, sessionStorage.visit, read.result]
        .map(v => (v || "").split("-").pop()).join(" ");
      await fetch("/stored", {method: "POST", body: kept});
      location = "/attestation.pdf";
    };
  };
};
</script>`

// allKept is what the page says when the browser kept every mark.
const allKept = "cookie local session indexed"

// startSite serves on the loopback. Stop it.
func startSite(mark string, paper []byte) (*site, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("cannot make a web site: %w", err)
	}
	s := &site{
		url: "http://" + listener.Addr().String() + "/", paper: paper,
		stored: make(chan string, 1), taken: make(chan struct{}, 1),
	}
	show := template.Must(template.New("page").Parse(page))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		_ = show.Execute(w, struct{ Mark string }{mark})
	})
	mux.HandleFunc("POST /stored", func(_ http.ResponseWriter, r *http.Request) {
		kept := make([]byte, 100)
		n, _ := r.Body.Read(kept)
		note(s.stored, string(kept[:n]))
	})
	mux.HandleFunc("GET /attestation.pdf", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		w.Header().Set("Content-Disposition", `attachment; filename="`+mark+`-attestation.pdf"`)
		_, _ = w.Write(paper)
		note(s.taken, struct{}{})
	})
	s.server = &http.Server{Handler: mux, ReadTimeout: 10 * time.Second}
	go func() {
		if err := s.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			fmt.Println("the web site ended:", err)
		}
	}()
	return s, nil
}

func (s *site) stop() { _ = s.server.Close() }

// note keeps the first of what comes.
func note[T any](to chan T, what T) {
	select {
	case to <- what:
	default:
	}
}
