package station

import (
	"errors"
	"strings"
	"testing"

	"estran/session"
)

func TestWhatIsAHost(t *testing.T) {
	long := strings.Repeat("a", longestLabel)
	for name, want := range map[string]bool{
		"caf.fr": true, "www.caf.fr": true, "a-b.example": true, "1.fr": true, "xn--t-bga.fr": true, "messervices.etudiant.gouv.fr": true,
		long + ".fr": true, strings.Repeat(long[:60]+".", 4) + "fr": true,

		"": false, ".": false, "fr": false, "caf": false, "localhost": false, "a.localhost": false, "poste.local": false,
		"imprimante.internal": false, "a.onion": false, ".fr": false, "caf.fr.": false, "caf..fr": false, "-a.fr": false, "a-.fr": false,
		"127.0.0.1": false, "127.1": false, "0x7f.1": false, "1.2.3": false, "a.1b": false, "::1": false, "[::1]": false,
		"*.caf.fr": false, "*": false, "caf.fr/": false, "https://caf.fr": false, "caf.fr:80": false, "a@caf.fr": false,
		"caf.fr ": false, " caf.fr": false, "ca f.fr": false, "été.fr": false, "a_b.fr": false, "caf.fr\n": false, "caf.fr\x00": false,
		"gouv.fr": false, "co.uk": false, "asso.fr": false, "box.lan": false, "a.intranet": false, "a.arpa": false, "a.invalid": false,
		long + "a.fr": false, strings.Repeat(long+".", 4) + "fr": false,
	} {
		if got := isHost(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestHostsOfAMandate(t *testing.T) {
	got, err := hosts([]session.Private{"CAF.fr", "ameli.fr", "caf.fr"})
	if err != nil || len(got) != 2 || got[0].Reveal() != "caf.fr" || got[1].Reveal() != "ameli.fr" {
		t.Errorf("got %d hosts, %v", len(got), err)
	}
	for name, bad := range map[string][]session.Private{
		"one that is none": {"caf.fr", "10.0.0.1"},
		"more than fit":    make([]session.Private, session.MaxActSites+1),
	} {
		if got, err := hosts(bad); !errors.Is(err, session.ErrForm) || got != nil {
			t.Errorf("%s: %d hosts, %v", name, len(got), err)
		}
	}
}

// FuzzHost: whatever passes is a pattern of itself and of what is under it.
func FuzzHost(f *testing.F) {
	f.Add("caf.fr")
	f.Add("*.127.0.0.1/..")
	f.Fuzz(func(t *testing.T, name string) {
		if isHost(name) && (strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || !strings.Contains(name, ".")) {
			t.Errorf("%q", name)
		}
	})
}

func TestOnWhatGround(t *testing.T) {
	with, without := session.ActOptions{Mandate: true, Sites: []session.Private{"caf.fr"}}, session.ActOptions{}
	free := session.ActOptions{Sites: with.Sites}
	empty := session.ActOptions{Mandate: true}
	for _, c := range []struct {
		rule session.ActRule
		o    session.ActOptions
		want error
	}{
		{"mandate", with, nil},
		{"mandate", without, session.ErrMandate},
		{"mandate", free, session.ErrMandate},
		{"mandate", empty, session.ErrMandate},
		{"optional", with, nil},
		{"optional", without, nil},
		{"optional", free, nil},
		{"optional", empty, session.ErrMandate},
		{"off", with, session.ErrMandate},
		{"off", without, session.ErrMandate},
		{"", with, session.ErrMandate},
		{"Mandate", with, session.ErrMandate},
	} {
		if got := ground(c.rule, c.o); got != c.want {
			t.Errorf("%q, a mandate %v, %d sites: %v, want %v", c.rule, c.o.Mandate, len(c.o.Sites), got, c.want)
		}
	}
}
