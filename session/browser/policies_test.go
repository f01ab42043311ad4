package browser

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"estran/session"
)

const firefoxDir = "/usr/lib/firefox-esr"

func omni(t *testing.T, path string) *zip.ReadCloser {
	t.Helper()
	need(t, "firefox-esr")
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { z.Close() })
	return z
}

func unzip(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// schema is a part of the policies' JSON schema.
type schema struct {
	Type                 any // a name, or several
	Enum                 []any
	Properties           map[string]schema
	PatternProperties    map[string]schema
	AnyOf                []schema
	Items                *schema
	AdditionalProperties any
}

// Every policy, and everything in it, exists in the schema of the Firefox that is installed: an ESR that drops or
// renames one fails here before a station runs without it.
func TestPoliciesAreKnownToThisFirefox(t *testing.T) {
	z := omni(t, firefoxDir+"/browser/omni.ja")
	i := slices.IndexFunc(z.File, func(f *zip.File) bool { return strings.HasSuffix(f.Name, "policies/policies-schema.json") })
	if i < 0 {
		t.Fatal("this Firefox has no schema of policies")
	}
	var known schema
	if err := json.Unmarshal(unzip(t, z.File[i]), &known); err != nil {
		t.Fatal(err)
	}
	c := base()
	c.Start = "http://mairie.example/"
	c.Sites = append(c.Sites, session.Site{Name: "Mairie", URL: "http://mairie.example/"})
	data, err := Policies(c)
	if err != nil {
		t.Fatal(err)
	}
	var ours struct{ Policies map[string]any }
	if err := json.Unmarshal(data, &ours); err != nil {
		t.Fatal(err)
	}
	if len(ours.Policies) < 60 {
		t.Errorf("there are only %d policies", len(ours.Policies))
	}
	for name, value := range ours.Policies {
		s, ok := known.Properties[name]
		if !ok {
			t.Errorf("%s is unknown", name)
			continue
		}
		fits(t, name, value, s)
	}
}

func fits(t *testing.T, at string, value any, s schema) {
	t.Helper()
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, value) {
		t.Errorf("%s is %v, not one of %v", at, value, s.Enum)
	}
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			p, ok := s.Properties[name]
			for pattern, candidate := range s.PatternProperties {
				re, err := regexp.Compile(pattern)
				// Go has no look-ahead; the one pattern that looks ahead leaves out a name that is a property.
				if !ok && (err != nil || re.MatchString(name)) {
					p, ok = candidate, true
				}
			}
			if !ok {
				t.Errorf("%s has no %s", at, name)
				continue
			}
			fits(t, at+"."+name, inner, p)
		}
	case []any:
		for _, inner := range v {
			if s.Items != nil {
				fits(t, at+"[]", inner, *s.Items)
			}
		}
	}
}

// Every preference that the script locks is one that this Firefox reads.
func TestPreferencesAreKnownToThisFirefox(t *testing.T) {
	need(t, "firefox-esr")
	c := base()
	c.Large = true
	missing := preferences(c)
	strike := func(data []byte) {
		for name := range missing {
			if bytes.Contains(data, []byte(name)) {
				delete(missing, name)
			}
		}
	}
	library, err := os.ReadFile(firefoxDir + "/libxul.so")
	if err != nil {
		t.Fatal(err)
	}
	strike(library)
	for _, path := range []string{firefoxDir + "/omni.ja", firefoxDir + "/browser/omni.ja"} {
		for _, f := range omni(t, path).File {
			if strings.HasSuffix(f.Name, "js") {
				strike(unzip(t, f))
			}
		}
	}
	for name := range missing {
		t.Errorf("%s is read by nothing", name)
	}
}

func TestWebsiteFilter(t *testing.T) {
	type filter struct {
		Policies struct {
			WebsiteFilter struct{ Block, Exceptions []string }
			HttpAllowlist []string
		}
	}
	for name, test := range map[string]struct {
		change     func(*Config)
		exceptions []string
		plain      []string
	}{
		"official sites need none": {func(*Config) {}, nil, nil},
		"a site on this computer": {func(c *Config) {
			c.Sites = []session.Site{{Name: "Mairie", URL: "http://127.0.0.1:8080/a/b"}}
		}, []string{"http://127.0.0.1/*"}, []string{"http://127.0.0.1:8080"}},
		"by name": {func(c *Config) {
			c.Sites = []session.Site{{Name: "Mairie", URL: "https://LocalHost:8080/"}}
		}, []string{"https://localhost/*"}, nil},
		"in IPv6": {func(c *Config) { c.HomePage = "https://[::1]/" }, []string{"https://[::1]/*"}, nil},
		"a site that has no https": {func(c *Config) {
			c.Sites = []session.Site{{Name: "Mairie", URL: "http://mairie.example/"}}
		}, nil, []string{"http://mairie.example"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := base()
			test.change(&c)
			data, err := Policies(c)
			if err != nil {
				t.Fatal(err)
			}
			var f filter
			if err := json.Unmarshal(data, &f); err != nil {
				t.Fatal(err)
			}
			if got := f.Policies.WebsiteFilter.Exceptions[2:]; !slices.Equal(got, test.exceptions) {
				t.Errorf("exceptions %v, want %v", got, test.exceptions)
			}
			if !slices.Equal(f.Policies.HttpAllowlist, test.plain) {
				t.Errorf("without https %v, want %v", f.Policies.HttpAllowlist, test.plain)
			}
			if !slices.Contains(f.Policies.WebsiteFilter.Block, "file:///*") {
				t.Error("files are open")
			}
		})
	}
}

func TestOneAddressIsOnePage(t *testing.T) {
	c := base()
	c.HomePage, c.Start = "https://mairie.example/?a|b", "https://mairie.example/?c|https://elsewhere.example/"
	data, err := Policies(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`/?a%7Cb"`, `/?c%7Chttps://elsewhere.example/"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the policies do not hold %s", want)
		}
	}
}
