package launch

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"estran/session"
	"estran/session/browser"
)

const secret = "https://example.invalid/private"

// TestConfigurationTravels: what the unit starts is what the service asked for, to the last field but those that travel
// as descriptors.
func TestConfigurationTravels(t *testing.T) {
	sent := browser.Config{
		Program: "/usr/bin/firefox-esr", Home: "/m/home", Documents: "/m/documents", Temp: "/m/tmp", Shm: "/m/shm",
		Display: browser.Display{Wayland: "/m/display/wayland-0"}, Sites: []session.Site{{Name: "n", URL: "https://n.example"}},
		HomePage: "https://h.example", Start: secret, Language: "fr", Large: true, StartTimeout: 3, HangTimeout: 4,
		Limit: []session.Private{"caf.example", "mairie.example"},
	}
	data, err := json.Marshal(starting(sent))
	if err != nil {
		t.Fatal(err)
	}
	var r request
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	got, err := r.config(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Start.Reveal() != secret {
		t.Error("the first page is another")
	}
	if len(got.Limit) != 2 || got.Limit[0].Reveal() != "caf.example" || got.Limit[1].Reveal() != "mairie.example" {
		t.Error("the browser is held to other sites")
	}
	got.Start, sent.Start, got.Limit, sent.Limit = "", "", nil, nil
	if diff := cmp.Diff(sent, got, cmpopts.IgnoreUnexported(browser.Config{})); diff != "" {
		t.Errorf("the unit is asked for another browser:\n%s", diff)
	}
}

func TestDescriptorsDoNotTravelAsText(t *testing.T) {
	r := starting(browser.Config{Display: browser.Display{Terminal: os.Stdin}, Cgroup: os.Stdin})
	if !r.Terminal || r.Config.Display.Terminal != nil || r.Config.Cgroup != nil {
		t.Error("a descriptor is in the text of the request")
	}
	c, err := r.config(os.Stderr)
	if err != nil || c.Display.Terminal != os.Stderr {
		t.Error("the text browser does not get its terminal")
	}
}

// TestErrorsTravel: the station tells the visitor by the kind of an error, and the journal by its text.
func TestErrorsTravel(t *testing.T) {
	for _, want := range []error{browser.ErrMissing, browser.ErrNoDisplay, browser.ErrNoSandbox, browser.ErrNoLimit} {
		data, err := json.Marshal(refusal(errors.Join(errors.New("because"), want)))
		if err != nil {
			t.Fatal(err)
		}
		var a answer
		if err := json.Unmarshal(data, &a); err != nil {
			t.Fatal(err)
		}
		if got := a.err(); !errors.Is(got, want) || !strings.Contains(got.Error(), "because") {
			t.Errorf("%v arrives as %v", want, got)
		}
	}
	if err := refusal(errors.New("else")).err(); err == nil || errors.Is(err, browser.ErrNoSandbox) {
		t.Errorf("an unknown error arrives as %v", err)
	}
	if (answer{Started: true}).err() != nil {
		t.Error("a start is an error")
	}
}
