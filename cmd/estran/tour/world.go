package tour

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// world is what surrounds the visit, all of it real, all of it gone when close returns.
type world struct {
	options Options
	dir     string // of the tour
	mark    string // begins every canary
	letter  []byte // on the key
	paper   []byte // on the site
	clamd   *sessiontest.Clamd
	site    *site
	key     *usbKey
	config  session.Config
	station *station.Station
	log     journal
	hunt    hunt
}

// journal keeps the station's log.
type journal struct {
	mu  sync.Mutex // guards what follows
	log bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.log.Write(line)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.log.String()
}

// siteName is the tile of the web site on « Sites officiels ».
const siteName = "Site de la visite"

func newWorld(o Options) (w *world, err error) {
	w = &world{options: o, mark: strings.ToLower(rand.Text())[:16]}
	w.hunt = hunt{mark: w.mark, from: time.Now().Add(-time.Second)}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	w.letter, w.paper = paper("Lettre "+w.mark), paper("Attestation "+w.mark)
	if w.dir, err = os.MkdirTemp("", "estran-tour-"); err != nil {
		return w, err
	}
	if w.clamd, err = sessiontest.StartClamd(); err != nil {
		return w, err
	}
	if w.site, err = startSite(w.mark, w.paper); err != nil {
		return w, err
	}
	if w.key, err = makeKey(w.dir, w.letter); err != nil {
		return w, err
	}
	return w, w.startStation()
}

func (w *world) startStation() (err error) {
	w.config = w.options.Config
	w.config.Browser.Program, w.config.Browser.Home = "firefox-esr", ""
	w.config.Media.Antivirus = session.Path(w.clamd.Socket)
	w.config.Sites = []session.Site{{Name: siteName, URL: w.site.url}}
	w.config.Session.Tips = "skippable"
	w.hunt.key = w.key.path
	w.hunt.roots = []string{
		w.options.RunDir, w.options.StateDir, os.TempDir(), "/var/tmp", "/dev/shm",
		os.ExpandEnv("$HOME/.mozilla"), os.ExpandEnv("$HOME/.cache/mozilla"),
	}
	w.station, err = station.New(station.Options{
		Config: w.config, RunDir: w.options.RunDir, StateDir: w.options.StateDir, Fault: w.options.Fault,
		Credential: w.options.Credential, Headless: true, Key: w.key.path, Others: w.options.Others,
		Log: slog.New(slog.NewTextHandler(&w.log, nil)),
	})
	return err
}

// paperName is what the site calls its paper.
func (w *world) paperName() string { return w.mark + "-attestation.pdf" }

// close ends all that newWorld started.
func (w *world) close() {
	if w.station != nil {
		if err := w.station.Close(); err != nil {
			fmt.Fprintf(os.Stderr, "tour: %v; the station's log:\n%s", err, w.log.String())
		}
	}
	if w.site != nil {
		w.site.stop()
	}
	if w.clamd != nil {
		w.clamd.Stop()
	}
	if w.dir != "" {
		_ = os.RemoveAll(w.dir)
	}
}
