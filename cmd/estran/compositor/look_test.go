package compositor

import (
	"fmt"
	"os"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
)

// TestPictures is for whoever wants to look at the seat: the real kiosk over Firefox, in the directory that
// ESTRAN_PICTURES names.
func TestPictures(t *testing.T) {
	if os.Getenv("ESTRAN_PICTURES") == "" {
		t.Skip("ESTRAN_PICTURES names no directory to write to")
	}
	for _, size := range []struct{ w, h int }{{1280, 720}, {1024, 768}} {
		for _, large := range []bool{false, true} {
			t.Run(fmt.Sprintf("%dx%d-%v", size.w, size.h, large), func(t *testing.T) { pictures(t, size.w, size.h, large) })
		}
	}
}

func pictures(t *testing.T, w, h int, large bool) {
	k := newKiosk(t, w, h)
	name := func(s string) string {
		return fmt.Sprintf("%s-%dx%d%s", s, w, h, map[bool]string{true: "-large"}[large])
	}
	k.s.firefox(page(k.s))
	k.s.eventually("a window of the browser is there", func() bool { return len(k.s.windows()) > 1 })
	time.Sleep(5 * time.Second)
	for _, scene := range []struct {
		name string
		with func(s *session.Status)
	}{
		{"bandeau", func(*session.Status) {}},
		{"bandeau-document", func(s *session.Status) { s.Documents.Count = 1 }},
		{"bandeau-fige", func(s *session.Status) { s.Browser.State = session.BrowserHung }},
		{"etes-vous-la", func(s *session.Status) { s.Idle, s.IdleLeft = true, 42*time.Second }},
		{"bientot-fini", func(s *session.Status) { s.Ending, s.TimeLeft = true, 4*time.Minute }},
		{"pause", func(s *session.Status) {
			s.State, s.PauseLeft, s.PauseTries = session.Paused, 4*time.Minute, 3
		}},
		{"session", func(*session.Status) {}},
	} {
		status := browsing()
		status.Large, status.Contrast = large, os.Getenv("ESTRAN_CONTRAST") != ""
		scene.with(&status)
		k.says(status)
		time.Sleep(time.Second)
		k.s.picture(name(scene.name))
		t.Logf("%s: %+v", scene.name, k.s.kiosk().Rect)
	}
}

func page(s *seat) string {
	s.write("page.html", `<!DOCTYPE html><html lang=fr><meta charset=utf-8><title>Mairie de Saint-Malo</title>
<body style="font: 18px sans-serif; max-width: 40em; margin: 2em auto"><h1>Mairie de Saint-Malo</h1>
<p>Une page ordinaire : œuvre, naïf, 12 €. Un texte assez long pour que l’on voie ce que devient la page quand la fenêtre
est plus basse que d’habitude, et que le bandeau est au-dessus d’elle.</p>
<p><label>Votre papier : <input type=file></label> <input type=submit></p>
<p><button onclick="document.documentElement.requestFullscreen()">Plein écran</button></p>`)
	return "file://" + s.dir + "/page.html"
}

// firefox starts a plain Firefox, with nothing of what the station's one forbids.
func (s *seat) firefox(address string) {
	s.t.Helper()
	sessiontest.Need(s.t, "firefox-esr")
	profile := s.dir + "/profile"
	if err := os.Mkdir(profile, 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Chmod(profile, 0o777); err != nil {
		s.t.Fatal(err)
	}
	s.write("profile/user.js", `user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.tabs.inTitlebar", 1);
user_pref("full-screen-api.allow-trusted-requests-only", false);
`)
	s.starts("firefox-esr", "--profile", profile, "--no-remote", address)
}
