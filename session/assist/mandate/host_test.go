package mandate_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/publicsuffix"

	"estran/session"
	"estran/session/assist/mandate"
)

func TestHost(t *testing.T) {
	for text, want := range map[string]string{
		"caf.fr":                               "caf.fr",
		" CAF.fr. ":                            "caf.fr",
		"https://www.caf.fr/mon-compte?x=1#y":  "caf.fr",
		"http://caf.fr:80/":                    "caf.fr",
		"//caf.fr/a":                           "caf.fr",
		"www.impots.gouv.fr/accueil":           "impots.gouv.fr",
		"« https://ants.gouv.fr/ »":            "ants.gouv.fr",
		"<https://ants.gouv.fr>":               "ants.gouv.fr",
		"préfecture.fr":                        "xn--prfecture-c4a.fr",
		"PRÉFECTURE.FR":                        "xn--prfecture-c4a.fr",
		"xn--prfecture-c4a.fr":                 "xn--prfecture-c4a.fr",
		"ｃａｆ．ｆｒ":                               "caf.fr",
		"connexion.francetravail.fr":           "connexion.francetravail.fr",
		"3018.fr":                              "3018.fr",
		"messervices.etudiant.gouv.fr/#/login": "messervices.etudiant.gouv.fr",
	} {
		got, err := mandate.Host(text)
		if err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
		if again, err := mandate.Host(got); err != nil || again != got {
			t.Errorf("%q is no longer itself: %q, %v", got, again, err)
		}
	}
}

func TestNoHost(t *testing.T) {
	for text, want := range map[string]mandate.HostError{
		"":                               mandate.ErrHostForm,
		"   ":                            mandate.ErrHostForm,
		"la caf":                         mandate.ErrHostForm,
		"camille@caf.fr":                 mandate.ErrHostForm,
		"https://caf.fr@piege.example/":  mandate.ErrHostForm,
		"ftp://caf.fr":                   mandate.ErrHostForm,
		"file:///etc/passwd":             mandate.ErrHostForm,
		"javascript://caf.fr/%0a1":       mandate.ErrHostForm,
		"caf..fr":                        mandate.ErrHostForm,
		".caf.fr":                        mandate.ErrHostForm,
		"caf_.fr":                        mandate.ErrHostForm,
		"*.fr":                           mandate.ErrHostForm,
		"caf.fr,ameli.fr":                mandate.ErrHostForm,
		"caf.fr\nameli.fr":               mandate.ErrHostForm,
		"caf\u202e.fr":                   mandate.ErrHostForm,
		strings.Repeat("a", 64) + ".fr":  mandate.ErrHostForm,
		strings.Repeat("a.", 130) + "fr": mandate.ErrHostForm,
		"192.168.0.1":                    mandate.ErrHostNumber,
		"http://127.1/":                  mandate.ErrHostNumber,
		"2130706433":                     mandate.ErrHostNumber,
		"0x7f.0x1":                       mandate.ErrHostNumber,
		"http://[::1]/":                  mandate.ErrHostNumber,
		"１２７.０.０.１":                      mandate.ErrHostNumber,
		"localhost":                      mandate.ErrHostLocal,
		"a.localhost":                    mandate.ErrHostLocal,
		"imprimante.local":               mandate.ErrHostLocal,
		"box.lan":                        mandate.ErrHostLocal,
		"fr":                             mandate.ErrHostWide,
		"caf":                            mandate.ErrHostWide,
		"gouv.fr":                        mandate.ErrHostWide,
		"https://www.gouv.fr":            mandate.ErrHostWide,
		"co.uk":                          mandate.ErrHostWide,
	} {
		got, err := mandate.Host(text)
		var reason mandate.HostError
		if !errors.As(err, &reason) || reason != want || got != "" {
			t.Errorf("%q is %q, %v; want %v", text, got, err, want)
		}
	}
}

// The families of sites of the countries that visitors come from, as the public suffix list has them.
func TestFamiliesAreRefused(t *testing.T) {
	words := strings.Fields(`ac adm asso avocat biz co com ed edu fed gob gouv gov govt go gv id inf info int mil muni ne net
		nic nom or org plc police prd presse pro sch school tm museum caf ville mairie www`)
	countries := strings.Fields("fr be ch lu mc re gp mq gf yt nc pf pm wf ma dz tn sn ci ml cm cd mg km ht pt es it pl ro bg" +
		" tr ua ru uk ie gr al rs ge am lk in cn vn br co af ir iq sy lb eg")
	refused := 0
	for _, c := range countries {
		for _, w := range words {
			name := w + "." + c
			suffix, official := publicsuffix.PublicSuffix(name)
			if suffix != name || !official {
				continue
			}
			refused++
			if got, err := mandate.Host(name); !errors.Is(err, mandate.ErrHostWide) {
				t.Errorf("%s opens a family of sites: %q, %v", name, got, err)
			}
			if got, err := mandate.Host("www." + name); err == nil {
				t.Errorf("www.%s gives %q", name, got)
			}
		}
	}
	if refused < 200 {
		t.Errorf("only %d families were tried", refused)
	}
}

// The official sites of a station can be named.
func TestOfficialSitesAreHosts(t *testing.T) {
	for _, s := range session.Defaults().Sites {
		u, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := mandate.Host(s.URL); err != nil || got != strings.TrimPrefix(u.Hostname(), "www.") {
			t.Errorf("%s is %q, %v", s.URL, got, err)
		}
	}
}

func TestHosts(t *testing.T) {
	m := mandate.Mandate{Sites: []session.Private{"https://www.caf.fr/", "ameli.fr", "CAF.FR"}}
	got, err := m.Hosts()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"caf.fr", "ameli.fr"}, revealed(got)); diff != "" {
		t.Error(diff)
	}
	m.Sites = append(m.Sites, "gouv.fr")
	if got, err := m.Hosts(); !errors.Is(err, mandate.ErrHostWide) || got != nil {
		t.Errorf("%d hosts, %v", len(got), err)
	}
}

func revealed(list []session.Private) (texts []string) {
	for _, p := range list {
		texts = append(texts, p.Reveal())
	}
	return texts
}

func FuzzHost(f *testing.F) {
	for _, s := range []string{"https://www.caf.fr/", "gouv.fr", "127.1", "préfecture.fr", "a@b.fr", "[::1]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, err := mandate.Host(text)
		if err != nil {
			return
		}
		if !strings.Contains(name, ".") || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
			t.Errorf("%q gives the host %q", text, name)
		}
		if again, err := mandate.Host(name); err != nil || again != name {
			t.Errorf("%q gives %q, which gives %q, %v", text, name, again, err)
		}
	})
}
