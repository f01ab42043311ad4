package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

//go:embed testdata/look.js
var lookScript string

// looked is what testdata/look.js saw from inside Firefox.
type looked struct {
	Error      string
	Failures   map[string][]string
	Active     []string
	Private    bool
	NewTab     string
	FirstPage  string
	AddressBar string
	Locale     string
	Zone       string
	Downloads  string
	Search     string
	Hosts      []string
	Printers   []string
	Sandbox    map[string]any
	Pages      map[string]struct{ Document, Title string }
	Then       json.RawMessage
}

// look asks for a look in a configuration: which addresses are opened, and code that runs after them.
func look(c *Config, then string, open ...string) {
	addresses, _ := json.Marshal(append([]string{}, open...))
	c.script = "\nvar look = { open: " + string(addresses) + "};\n"
	if then != "" {
		c.script += "look.then = async function (window, sleep) {\n" + then + "\n};\n"
	}
	c.script += lookScript
}

// looking starts Firefox and waits for what it saw. The caller closes it.
func looking(t testing.TB, c Config, within time.Duration) (*Browser, looked) {
	t.Helper()
	b, err := Start(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Kill)
	await(t, b, Shown, patience)
	go func() {
		for range b.Events() { // until it ends
		}
	}()
	deadline := time.Now().Add(within)
	for time.Now().Before(deadline) {
		data, err := os.ReadFile(filepath.Join(c.Home, "look.json"))
		if err == nil {
			var l looked
			if err := json.Unmarshal(data, &l); err != nil {
				t.Fatalf("cannot read the look: %v\n%s", err, data)
			}
			if l.Error != "" {
				t.Fatalf("the look failed: %s", l.Error)
			}
			return b, l
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("nothing was seen within %v", within)
	return nil, looked{}
}
