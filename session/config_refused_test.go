package session_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// TestParseRefuses holds each refusal to its exact words: they are all that IT has to mend a file with.
func TestParseRefuses(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"a syntax error": {
			"[session]\nidle = 5m\n",
			`estran.toml:2: strings must be quoted`,
		},
		"a key that is written twice": {
			"[session]\nidle = \"5m\"\nidle = \"6m\"\n",
			`estran.toml:3: key idle is already defined`,
		},
		"a section that does not exist": {
			"\n[sesion]\nidle = \"5m\"\n",
			`estran.toml:2: sesion: unknown: the sections are [[sites]], [access_log], [activity], [assist], [browser], [media], [printing], [session], [station]`,
		},
		"a key outside any section": {
			"idle = \"5m\"\n",
			`estran.toml:1: idle: unknown: the sections are [[sites]], [access_log], [activity], [assist], [browser], [media], [printing], [session], [station]`,
		},
		"a key that does not exist": {
			"[browser]\n# what page\nhomepage = \"https://example.fr\"\n",
			`estran.toml:3: browser.homepage: unknown: the keys of [browser] are home, program, start_timeout`,
		},
		"a key in capital letters": {
			"[browser]\nHome = \"https://example.fr\"\n",
			`estran.toml:2: browser.Home: unknown: the keys of [browser] are home, program, start_timeout`,
		},
		"a section written as a value": {
			"session = 3\n",
			`estran.toml:1: session: 3 is not a section: write [session] on a line, and its keys below`,
		},
		"a section written as a list": {
			"[[session]]\nidle = \"5m\"\n",
			`estran.toml:1: session: a list is not a section: write [session] on a line, and its keys below`,
		},
		"a duration in words": {
			"[session]\nidle = \"5 minutes\"\n",
			`estran.toml:2: session.idle: "5 minutes" is not a duration: write 30s, 5m or 1h, from 30s to 1h`,
		},
		"a duration without unit": {
			"[session]\nidle = 300\n",
			`estran.toml:2: session.idle: 300 is not a duration: write 30s, 5m or 1h, from 30s to 1h`,
		},
		"a negative duration": {
			"[session]\nidle = \"-5m\"\n",
			`estran.toml:2: session.idle: "-5m" is not a duration: write 30s, 5m or 1h, from 30s to 1h`,
		},
		"a duration under its range": {
			"[session]\npause = \"59s\"\n",
			`estran.toml:2: session.pause: "59s" is too little: write 30s, 5m or 1h, from 1m to 30m`,
		},
		"a duration over its range": {
			"[session]\nlength = \"8h1s\"\n",
			`estran.toml:2: session.length: "8h1s" is too much: write 30s, 5m or 1h, from 5m to 8h`,
		},
		"a dotted key": {
			"session.length = \"4m\"\n",
			`estran.toml:1: session.length: "4m" is too little: write 30s, 5m or 1h, from 5m to 8h`,
		},
		"a section in braces": {
			"\nsession = { length = \"4m\" }\n",
			`estran.toml:2: session.length: "4m" is too little: write 30s, 5m or 1h, from 5m to 8h`,
		},
		"a size in a unit that means two things": {
			"[session]\nmemory = \"2GB\"\n",
			`estran.toml:2: session.memory: "2GB" is not a size: write 64MiB or 2GiB, from 64MiB to 64GiB`,
		},
		"a size under its range": {
			"[session]\nmemory = \"63MiB\"\n",
			`estran.toml:2: session.memory: "63MiB" is too little: write 64MiB or 2GiB, from 64MiB to 64GiB`,
		},
		"a size that overflows": {
			"[session]\nmemory = \"99999999999GiB\"\n",
			`estran.toml:2: session.memory: "99999999999GiB" is not a size: write 64MiB or 2GiB, from 64MiB to 64GiB`,
		},
		"a count under its range": {
			"[session]\npause_tries = 0\n",
			`estran.toml:2: session.pause_tries: 0 is too little: write a whole number from 1 to 10`,
		},
		"a count over its range": {
			"[session]\ninodes = 10000001\n",
			`estran.toml:2: session.inodes: 10000001 is too much: write a whole number from 1000 to 10000000`,
		},
		"a count with a fraction": {
			"[session]\nextensions = 1.5\n",
			`estran.toml:2: session.extensions: 1.5 is not a whole number: write a whole number from 0 to 20`,
		},
		"an unknown language": {
			"[station]\nlanguage = \"de\"\n",
			`estran.toml:2: station.language: "de" is unknown: write "fr" or "en"`,
		},
		"an unknown browser": {
			"[browser]\nprogram = \"chromium\"\n",
			`estran.toml:2: browser.program: "chromium" is unknown: write "auto", "firefox-esr" or "w3m"`,
		},
		"an unknown rule for tips": {
			"[session]\ntips = true\n",
			`estran.toml:2: session.tips: true is unknown: write "skippable" or "required"`,
		},
		"an unknown rule for unchecked files": {
			"[media]\nunchecked = \"accept\"\n",
			`estran.toml:2: media.unchecked: "accept" is unknown: write "ask" or "refuse"`,
		},
		"a sound that is neither on nor off": {
			"[media]\nsound = \"yes\"\n",
			`estran.toml:2: media.sound: "yes" is neither true nor false: write true or false`,
		},
		"a name too long for the screen": {
			"[station]\nname = \"" + strings.Repeat("é", 61) + "\"\n",
			`estran.toml:2: station.name: "` + strings.Repeat("é", 60) + `…" has 61 characters: write at most 60 characters, on one line`,
		},
		"a name that would move the cursor": {
			"[station]\nname = \"M\\u001b[2J\"\n",
			`estran.toml:2: station.name: "M\x1b[2J" has a character that cannot be shown: write at most 60 characters, on one line`,
		},
		"a relative directory": {
			"[station]\nrun_dir = \"run\"\n",
			`estran.toml:2: station.run_dir: "run" is not an absolute path: write an absolute path, or "" to let the station choose`,
		},
		"a relative path to watch": {
			"[media]\nwatch = [\"/media\", \"media\"]\n",
			`estran.toml:2: media.watch: "media" is not an absolute path: write at most 16 of them, as in ["/media", "/run/media"]`,
		},
		"a path with dots": {
			"[media]\nwatch = [\"/media/../etc\"]\n",
			`estran.toml:2: media.watch: "/media/../etc" is not an absolute path: write at most 16 of them, as in ["/media", "/run/media"]`,
		},
		"a path that is watched twice": {
			"[media]\nwatch = [\"/media\", \"/media\"]\n",
			`estran.toml:2: media.watch: "/media" is there twice: write at most 16 of them, as in ["/media", "/run/media"]`,
		},
		"one path to watch, without brackets": {
			"[media]\nwatch = \"/media\"\n",
			`estran.toml:2: media.watch: "/media" is not a list of absolute paths: write at most 16 of them, as in ["/media", "/run/media"]`,
		},
		"a queue that lp would read as an option": {
			"[printing]\nqueue = \"-d\"\n",
			`estran.toml:2: printing.queue: "-d" is not the name of a print queue: write the name that "lpstat -e" shows, "default" for the default one, or "" to print nothing`,
		},
		"a queue with a space": {
			"[printing]\nqueue = \"salle 2\"\n",
			`estran.toml:2: printing.queue: "salle 2" is not the name of a print queue: write the name that "lpstat -e" shows, "default" for the default one, or "" to print nothing`,
		},
		"a home page in http": {
			"[browser]\nhome = \"http://www.ville.fr/\"\n",
			`estran.toml:2: browser.home: "http://www.ville.fr/" does not begin with https://: write https://…, or "" for the local page with the official sites`,
		},
		"a home page that is a file": {
			"[browser]\nhome = \"file:///etc/passwd\"\n",
			`estran.toml:2: browser.home: "file:///etc/passwd" is not a web address: write https://…, or "" for the local page with the official sites`,
		},
		"a site in http": {
			"[[sites]]\nname = \"A\"\nurl = \"http://a.fr/\"\n",
			`estran.toml:3: sites[0].url: "http://a.fr/" does not begin with https://: write the whole address, https://…`,
		},
		"a site in http that only looks local": {
			"[[sites]]\nname = \"A\"\nurl = \"http://localhost.a.fr/\"\n",
			`estran.toml:3: sites[0].url: "http://localhost.a.fr/" does not begin with https://: write the whole address, https://…`,
		},
		"a site with a password, which the error does not repeat": {
			"[[sites]]\nname = \"A\"\nurl = \"https://moi:secret@a.fr/\"\n",
			`estran.toml:3: sites[0].url: the address holds a user name: write the whole address, https://…`,
		},
		"a site without url": {
			"[[sites]]\nname = \"A\"\n",
			`estran.toml:1: sites[0]: the site has no url: write both name and url`,
		},
		"a second site with an empty name": {
			"[[sites]]\nname = \"A\"\nurl = \"https://a.fr/\"\n[[sites]]\nname = \" \"\nurl = \"https://b.fr/\"\n",
			`estran.toml:5: sites[1].name: " " is not a name: write 1 to 40 characters, on one line`,
		},
		"a site whose name is too long for a tile": {
			"[[sites]]\nname = \"" + strings.Repeat("a", 41) + "\"\nurl = \"https://a.fr/\"\n",
			`estran.toml:2: sites[0].name: "` + strings.Repeat("a", 41) + `" has 41 characters: write 1 to 40 characters, on one line`,
		},
		"a site that says too much of itself": {
			"[[sites]]\nname = \"A\"\nurl = \"https://a.fr/\"\nwhat = \"" + strings.Repeat("é", 41) + "\"\n",
			`estran.toml:4: sites[0].what: "` + strings.Repeat("é", 41) + `" has 41 characters: write at most 40 characters, on one line`,
		},
		"a site that turns its text around": {
			"[[sites]]\nname = \"A\"\nurl = \"https://a.fr/\"\nwhat_en = \"a\\u202eb\"\n",
			`estran.toml:4: sites[0].what_en: "a\u202eb" has a character that cannot be shown: write at most 40 characters, on one line`,
		},
		"a site that says a number of itself": {
			"[[sites]]\nname = \"A\"\nurl = \"https://a.fr/\"\nwhat = 3\n",
			`estran.toml:4: sites[0].what: 3 is not a text: write at most 40 characters, on one line`,
		},
		"counts that are kept for no time": {
			"[activity]\nmonths = 0\n",
			`estran.toml:2: activity.months: 0 is too little: write a whole number from 1 to 120`,
		},
		"counts that are kept for ever": {
			"[activity]\nmonths = 121\n",
			`estran.toml:2: activity.months: 121 is too much: write a whole number from 1 to 120`,
		},
		"two sites of one name": {
			"[[sites]]\nname = \"A\"\nurl = \"https://a.fr/\"\n[[sites]]\nname = \"A\"\nurl = \"https://b.fr/\"\n",
			`estran.toml:5: sites[1].name: "A" is there twice: the first one is in line 2`,
		},
		"a site with a key too many": {
			"[[sites]]\nname = \"A\"\nurl = \"https://a.fr/\"\nicon = \"a.png\"\n",
			`estran.toml:4: sites[0].icon: unknown: the keys of a site are name, url, what, what_en`,
		},
		"a site in braces": {
			"sites = [\n  { name = \"A\", url = \"https://a.fr/\" },\n  { name = \"B\", url = \"b.fr\" },\n]\n",
			`estran.toml:3: sites[1].url: "b.fr" is not a web address: write the whole address, https://…`,
		},
		"sites in single brackets": {
			"[sites]\nname = \"A\"\n",
			`estran.toml:1: sites: a section is not a list of sites: write [[sites]] above the name and the url of each`,
		},
		"sites that are only addresses": {
			"sites = [\"https://a.fr/\"]\n",
			`estran.toml:1: sites[0]: "https://a.fr/" is not a site: write { name = "…", url = "https://…" }`,
		},
		"more sites than a screen can take": {
			strings.Repeat("[[sites]]\n", 31),
			`estran.toml:1: sites: there are 31 sites: write at most 30`,
		},
		"a warning as long as what it warns of": {
			"[session]\nidle = \"2m\"\nidle_warning = \"2m\"\n",
			`estran.toml:3: session.idle_warning: 2m is too long: write less than session.idle, which is 2m`,
		},
		"a length shorter than the default warning": {
			"[session]\nlength = \"5m\"\n",
			`estran.toml:2: session.length: 5m is too short: write more than session.end_warning, which is 5m`,
		},
		"a log kept for longer than the law lets it be": {
			"[access_log]\ntechnical_months = 13\n",
			`estran.toml:2: access_log.technical_months: 13 is too much: write a whole number from 1 to 12`,
		},
		"a log whose times are never kept": {
			"[access_log]\ntimes_months = 0\n",
			`estran.toml:2: access_log.times_months: 0 is too little: write a whole number from 1 to 12`,
		},
		"a length with its unit where months are counted": {
			"[access_log]\ntechnical_months = \"12 months\"\n",
			`estran.toml:2: access_log.technical_months: "12 months" is not a whole number: write a whole number from 1 to 12`,
		},
		"times that outlive their line": {
			"[access_log]\ntechnical_months = 6\ntimes_months = 7\n",
			`estran.toml:3: access_log.times_months: 7 is too long: write at most access_log.technical_months, which is 6`,
		},
		"a line shorter than the default of its times": {
			"[access_log]\ntechnical_months = 2\n",
			`estran.toml:2: access_log.technical_months: 2 is too short: write at least access_log.times_months, which is 3`,
		},
		"a way to act that nobody knows": {
			"[assist]\nact = \"always\"\n",
			`estran.toml:2: assist.act: "always" is unknown: write "mandate", "optional" or "off"`,
		},
		"an act that is a yes": {
			"[assist]\nact = true\n",
			`estran.toml:2: assist.act: true is unknown: write "mandate", "optional" or "off"`,
		},
		"an address on two lines": {
			"[assist]\naddress = \"1 rue X\\n35000 Rennes\"\n",
			`estran.toml:2: assist.address: "1 rue X\n35000 Rennes" has a character that cannot be shown: write at most 120 characters, on one line`,
		},
		"a function too long for the sheet": {
			"[assist]\nfunction = \"" + strings.Repeat("é", 81) + "\"\n",
			`estran.toml:2: assist.function: "` + strings.Repeat("é", 60) + `…" has 81 characters: write at most 80 characters, on one line`,
		},
		"a copy that is kept for no time": {
			"[assist]\ncopy_years = 0\n",
			`estran.toml:2: assist.copy_years: 0 is too little: write a whole number from 1 to 30`,
		},
		"the name of an agent": {
			"[assist]\nagent = \"Marie Dupont\"\n",
			`estran.toml:2: assist.agent: unknown: the keys of [assist] are act, address, contact, copy_years, function, structure`,
		},
		"several wrong things, in the order of the lines": {
			"[session]\nidle = 1\n[station]\nnom = \"x\"\nlanguage = \"it\"\n",
			"estran.toml:2: session.idle: 1 is not a duration: write 30s, 5m or 1h, from 30s to 1h\n" +
				"estran.toml:4: station.nom: unknown: the keys of [station] are language, name, run_dir, state_dir\n" +
				`estran.toml:5: station.language: "it" is unknown: write "fr" or "en"`,
		},
		"a byte that is not UTF-8": {
			"[station]\nname = \"M\xe9diath\xe8que\"\n",
			`estran.toml:2: the line is not UTF-8: save the file as UTF-8`,
		},
		"a file too large to be a configuration": {
			strings.Repeat("#\n", 1<<19+1),
			`estran.toml: the file is larger than 1MiB: it is not a configuration`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := session.Parse([]byte(tt.in), "estran.toml")
			if err == nil {
				t.Fatalf("accepted: %+v", got)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("what it says (-want +got):\n%s", diff)
			}
			var one *session.ConfigError
			if !errors.As(err, &one) {
				t.Errorf("%T holds no ConfigError", err)
			}
			if diff := cmp.Diff(session.Config{}, got); diff != "" {
				t.Errorf("a refused file still gave a configuration:\n%s", diff)
			}
		})
	}
}
