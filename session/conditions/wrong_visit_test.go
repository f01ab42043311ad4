package conditions_test

import (
	"errors"
	"strings"
	"time"

	"estran/session"
)

// wrongOfAVisit is what a visitor uses.
var wrongOfAVisit = []breakage{
	{"sandbox", failed, "bwrap says no", func(c *computer) { c.sandbox = errors.New("bwrap says no") }},

	{"compositor", warning, "seul son bac à sable", func(c *computer) { c.offers = []string{"wl_compositor"} }},
	{"compositor", unknown, "gone", func(c *computer) { c.offersIs = errors.New("gone") }},

	{"browser", failed, "pas installé", without("/usr/lib/firefox-esr/application.ini")},
	{"browser", failed, "115.3.0", swapped("/usr/lib/firefox-esr/application.ini", "140.4.0", "115.3.0")},
	{"browser", unknown, "version", text("/usr/lib/firefox-esr/application.ini", "[App]\n")},
	{"browser", failed, "w3m", func(c *computer) { c.config.Browser.Program = "w3m" }},
	{"browser", fine, "w3m", func(c *computer) { c.config.Browser.Program = "w3m"; c.put("/usr/bin/w3m", 0o755) }},

	{"browser-policies", failed, "PrivateBrowsingModeAvailability", func(c *computer) {
		c.schema = strings.Replace(c.schema, "PrivateBrowsingModeAvailability", "Other", 1)
	}},
	{"browser-policies", failed, "règles", func(c *computer) { c.config.Browser.Home = "nowhere" }},
	{"browser-policies", unknown, "gone", func(c *computer) { c.schemaIs = errors.New("gone") }},
	{"browser-policies", unknown, "lit pas", func(c *computer) { c.schema = "<html>" }},
	{"browser-policies", fine, "w3m", func(c *computer) { c.config.Browser.Program = "w3m"; c.schema = "" }},
	{"browser-policies", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"antivirus", failed, "répond pas sur", func(c *computer) { c.virus.Problem = session.ReasonNoAntivirus }},
	{"antivirus", failed, "fichier d'essai", func(c *computer) { c.virus.Problem = session.ReasonNoSignatures }},
	{"antivirus", failed, "antivirus-silent", func(c *computer) { c.virus.Problem = session.ReasonAntivirusSilent }},
	{"antivirus", warning, "7 jours", func(c *computer) { c.virus.Signatures = now.Add(-7 * 24 * time.Hour) }},
	{"antivirus", warning, "29 jours", func(c *computer) { c.virus.Signatures = now.Add(-30*24*time.Hour + time.Second) }},
	{"antivirus", failed, "30 jours", func(c *computer) { c.virus.Signatures = now.Add(-30 * 24 * time.Hour) }},
	{"antivirus", warning, "horloge", func(c *computer) { c.virus.Signatures = now.Add(48 * time.Hour) }},
	{"antivirus", unknown, "inconnue", func(c *computer) { c.virus.Signatures = time.Time{} }},
	{"antivirus", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},

	{"printing", fine, "prête", prints("PreserveJobFiles No\npreservejobhistory off\n")},
	{"printing", failed, "PreserveJobFiles", prints("PreserveJobHistory No\n")},
	{"printing", failed, "PreserveJobHistory", prints("PreserveJobFiles No\nPreserveJobHistory No\nPreserveJobHistory Yes\n")},
	{"printing", failed, "PreserveJobFiles", prints("#PreserveJobFiles No\nPreserveJobHistory No\n")},
	{"printing", unknown, "CUPS", prints(locked)},
	{"printing", failed, "accueil", func(c *computer) { prints("")(c); c.refused["lpstat"] = true }},
	{"printing", failed, "par défaut", func(c *computer) {
		prints("")(c)
		c.config.Printing.Queue, c.answers["lpstat"] = "default", "no system default destination\n"
	}},
	{"printing", fine, "file salle", func(c *computer) {
		prints("PreserveJobFiles No\nPreserveJobHistory No\n")(c)
		c.config.Printing.Queue, c.answers["lpstat"] = "default", "system default destination: salle\n"
	}},
	{"printing", failed, "arrêtée", func(c *computer) {
		prints("PreserveJobFiles No\nPreserveJobHistory No\n")(c)
		c.answers["lpstat"] = "printer accueil disabled since Thu Nov 26 09:12:11 2026 -\n\tPaused\n"
	}},
	{"printing", unknown, "réglages", func(c *computer) { c.broken = errors.New("x") }},
}

// prints has the station print through a queue, with this cupsd.conf.
func prints(conf string) func(*computer) {
	return func(c *computer) {
		c.config.Printing.Queue = "accueil"
		c.answers["lpstat"] = "printer accueil is idle.\n"
		c.files["/etc/cups/cupsd.conf"] = conf
	}
}
