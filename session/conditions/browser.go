package conditions

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"estran/session/browser"
)

// firefoxDir is where Debian's Firefox ESR is.
const firefoxDir = "/usr/lib/firefox-esr"

// oldestFirefox is the first ESR that can be held to private windows (PrivateBrowsingModeAvailability, ESR 128.3).
const oldestFirefox = 128

var browserThere = condition{
	id: "browser", title: "Navigateur",
	why: "Sans navigateur, une personne ne peut faire aucune démarche ; un trop vieux n'est plus sûr.",
	probe: func(_ context.Context, e *exam) finding {
		const mend = "apt install firefox-esr firefox-esr-l10n-fr"
		if c, err := e.config(); err == nil && c.Browser.Program == "w3m" {
			if _, err := e.Lstat("/usr/bin/w3m"); err != nil {
				return fail("apt install w3m", "w3m n'est pas installé.")
			}
			return fine("w3m, le navigateur en texte.")
		}
		version, err := e.firefoxVersion()
		if err != nil {
			return fail(mend, "Firefox ESR n'est pas installé.")
		}
		number, _, _ := strings.Cut(version, ".")
		switch major, err := strconv.Atoi(number); {
		case err != nil:
			return unknown(mend, "La version de Firefox ne se lit pas : %s.", printable(version))
		case major < oldestFirefox:
			return fail("apt update && apt upgrade", "Firefox ESR %s est trop vieux : il faut %d ou plus.", version, oldestFirefox)
		}
		return fine("Firefox ESR %s.", version)
	},
}

// firefoxVersion reads it without starting Firefox.
func (e *exam) firefoxVersion() (string, error) {
	ini, err := e.ReadFile(firefoxDir + "/application.ini")
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(ini)) {
		if v, is := strings.CutPrefix(line, "Version="); is {
			return strings.TrimSpace(v), nil
		}
	}
	return "", nil
}

var browserPolicies = condition{
	id: "browser-policies", title: "Règles du navigateur",
	why: "Une règle que ce Firefox ne connaît pas est ignorée sans un mot : la porte qu'elle ferme reste ouverte.",
	probe: func(_ context.Context, e *exam) finding {
		const mend = "Mettre Estran à jour (apt upgrade) ; sinon le signaler, avec la version de Firefox."
		c, err := e.config()
		if err != nil {
			return unknown("Corriger les réglages.", "Les réglages ne peuvent pas être lus.")
		}
		if c.Browser.Program == "w3m" {
			return fine("w3m n'en a pas besoin.")
		}
		ours, err := policyNames(browser.Config{Sites: c.Sites, HomePage: c.Browser.Home})
		if err != nil {
			return fail("Corriger browser.home et [[sites]] dans les réglages.", "Les règles ne peuvent pas être écrites : %v.", err)
		}
		data, err := e.PolicySchema()
		if err != nil {
			return unknown("apt install --reinstall firefox-esr", "Firefox ne dit pas quelles règles il connaît : %v.", err)
		}
		var schema struct{ Properties map[string]json.RawMessage }
		if err := json.Unmarshal(data, &schema); err != nil {
			return unknown(mend, "La liste des règles de Firefox ne se lit pas.")
		}
		ignored := slices.DeleteFunc(ours, func(name string) bool { _, known := schema.Properties[name]; return known })
		if len(ignored) > 0 {
			return fail(mend, "Ce Firefox ignore %s.", list(ignored))
		}
		return fine("Ce Firefox connaît toutes les règles d'Estran.")
	},
}

// policyNames are the names of the policies that the station gives Firefox, in order.
func policyNames(c browser.Config) ([]string, error) {
	c.Language = "fr"
	data, err := browser.Policies(c)
	if err != nil {
		return nil, err
	}
	var file struct{ Policies map[string]json.RawMessage }
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	var names []string
	for name := range file.Policies {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}
