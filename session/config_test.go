package session_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

func TestParseAccepts(t *testing.T) {
	tests := map[string]struct {
		in   string
		want func(*session.Config)
	}{
		"nothing at all": {"", func(*session.Config) {}},
		"only comments":  {"# rien\n", func(*session.Config) {}},
		"a byte order mark": {"\xef\xbb\xbf[station]\nname = \"Médiathèque\"\n", func(c *session.Config) {
			c.Station.Name = "Médiathèque"
		}},
		"lines that end as on Windows": {"[session]\r\nidle = \"10m\"\r\n", func(c *session.Config) {
			c.Session.Idle = session.Duration(10 * time.Minute)
		}},
		"a duration at each end of its range": {"[session]\npause = \"30m\"\nidle = \"30s\"\nidle_warning = \"10s\"\n", func(c *session.Config) {
			c.Session.Pause = session.Duration(30 * time.Minute)
			c.Session.Idle = session.Duration(30 * time.Second)
			c.Session.IdleWarning = session.Duration(10 * time.Second)
		}},
		"a size with a space": {"[session]\nmemory = \"512 MiB\"\n", func(c *session.Config) {
			c.Session.Memory = 512 << 20
		}},
		"directories to watch": {"[media]\nwatch = [\"/media\", \"/run/media\"]\n", func(c *session.Config) {
			c.Media.Watch = []session.Path{"/media", "/run/media"}
		}},
		"no antivirus": {"[media]\nantivirus = \"\"\n", func(c *session.Config) { c.Media.Antivirus = "" }},
		"a queue":      {"[printing]\nqueue = \"Accueil_2.étage\"\n", func(c *session.Config) { c.Printing.Queue = "Accueil_2.étage" }},
		"a log whose times are kept as long as its lines": {"[access_log]\nenabled = true\ntimes_months = 12\n", func(c *session.Config) {
			c.AccessLog = session.AccessLogConfig{Enabled: true, TechnicalMonths: 12, TimesMonths: 12}
		}},
		"what a mandate is filled in with": {
			"[assist]\nact = \"optional\"\nstructure = \"CCAS de Rennes\"\naddress = \"1 rue X, 35000 Rennes\"\nfunction = \"médiatrice\"\ncontact = \"dpd@rennes.example\"\ncopy_years = 6\n",
			func(c *session.Config) {
				c.Assist = session.AssistConfig{
					Act: "optional", Structure: "CCAS de Rennes", Address: "1 rue X, 35000 Rennes", Function: "médiatrice",
					Contact: "dpd@rennes.example", CopyYears: 6,
				}
			},
		},
		"no acting": {"[assist]\nact = \"off\"\n", func(c *session.Config) { c.Assist.Act = "off" }},
		"no sites":  {"sites = []\n", func(c *session.Config) { c.Sites = nil }},
		"a site of one's own, instead of the default ones": {
			"[[sites]]\nname = \"Ma ville\"\nurl = \"https://www.ville.fr/démarches?a=b\"\n",
			func(c *session.Config) {
				c.Sites = []session.Site{{Name: "Ma ville", URL: "https://www.ville.fr/démarches?a=b"}}
			},
		},
		"what one does on a site": {
			"[[sites]]\nname = \"Ma ville\"\nurl = \"https://www.ville.fr/\"\nwhat = \"Cantine, état civil\"\nwhat_en = \"School meals\"\n",
			func(c *session.Config) {
				c.Sites = []session.Site{{Name: "Ma ville", URL: "https://www.ville.fr/", What: "Cantine, état civil", WhatEN: "School meals"}}
			},
		},
		"counts that are kept for ten years": {"[activity]\nmonths = 120\n", func(c *session.Config) { c.Activity.Months = 120 }},
		"a page of this very computer in http": {
			"[browser]\nhome = \"http://127.0.0.1:8080/\"\n[[sites]]\nname = \"Ici\"\nurl = \"http://[::1]/\"\n",
			func(c *session.Config) {
				c.Browser.Home = "http://127.0.0.1:8080/"
				c.Sites = []session.Site{{Name: "Ici", URL: "http://[::1]/"}}
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := session.Parse([]byte(tt.in), "estran.toml")
			if err != nil {
				t.Fatal(err)
			}
			want := session.Defaults()
			tt.want(&want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("configuration (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzParse: whatever the bytes, there is a valid configuration or an error that names the file, never both.
func FuzzParse(f *testing.F) {
	shipped, err := os.ReadFile("../packaging/estran.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(shipped)
	f.Add([]byte("[session]\nidle = \"5m\"\nmemory = \"1GiB\"\n[[sites]]\nname = \"A\"\nurl = \"https://a.fr\"\n"))
	f.Add([]byte("sites = [{name = \"A\", url = \"https://a.fr\"}]\n\"session\".'idle' = 3\na.b.c = [[{d = 1}]]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := session.Parse(data, "estran.toml")
		if err == nil {
			s := got.Session
			l := got.AccessLog
			if l.TimesMonths < 1 || l.TimesMonths > l.TechnicalMonths || l.TechnicalMonths > 12 {
				t.Errorf("accepted %q: %+v", data, l)
			}
			if s.IdleWarning >= s.Idle || s.EndWarning >= s.Length || s.Memory < 64<<20 || s.Length > session.Duration(8*time.Hour) {
				t.Errorf("accepted %q: %+v", data, s)
			}
			return
		}
		var one *session.ConfigError
		if !errors.As(err, &one) || !strings.HasPrefix(err.Error(), "estran.toml") {
			t.Errorf("%q: %v", data, err)
		}
	})
}

// TestWhatOneDoesOnASite follows the visitor's language, and the French stands in.
func TestWhatOneDoesOnASite(t *testing.T) {
	both, french := session.Site{What: "Santé", WhatEN: "Health"}, session.Site{What: "Santé"}
	for lang, want := range map[string]string{"fr": "Santé", "en": "Health", "": "Santé"} {
		if got := both.WhatIn(lang); got != want {
			t.Errorf("%q has %q", lang, got)
		}
	}
	if got := french.WhatIn("en"); got != "Santé" {
		t.Errorf("without English there is %q", got)
	}
	for _, site := range session.Defaults().Sites {
		if site.What == "" || site.WhatEN == "" {
			t.Errorf("%s does not say what one does there in both languages", site.Name)
		}
	}
}
