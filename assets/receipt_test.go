package assets_test

import (
	"regexp"
	"strings"
	"testing"

	"estran/assets"
	"estran/session"
)

// The text for a phone says all that the receipt says.
func TestTheTextOfAReceiptSaysAll(t *testing.T) {
	for _, lang := range assets.Languages() {
		r := assets.ReceiptIn(lang, session.Steps(), session.Limits())
		if len(r.Done) != len(session.Steps())-1 || len(r.Limits) != len(session.Limits()) {
			t.Errorf("%s: %d steps and %d limits are told", lang, len(r.Done), len(r.Limits))
		}
		plain := strings.NewReplacer("’", "'", assets.NoBreakSpace, " ")
		for _, said := range append(append([]string{r.Title, r.Lead, r.LimitsTitle}, r.Done...), r.Limits...) {
			if !strings.Contains(r.Text(), plain.Replace(said)) {
				t.Errorf("%s: %q is not in the text", lang, said)
			}
		}
	}
}

// A code holds the text itself: a phone that finds an address in it would offer to go there.
func TestNoReceiptHoldsAnAddress(t *testing.T) {
	address := regexp.MustCompile(`(?i)https?|www|//|@|\pL\.\pL|\d`)
	for _, lang := range assets.Languages() {
		r := assets.ReceiptIn(lang, session.Steps(), session.Limits())
		for _, text := range []string{r.Text(), r.Short()} {
			if found := address.FindString(text); found != "" {
				t.Errorf("%s: %q in %q", lang, found, text)
			}
		}
	}
}

// What nobody has words for is not told: neither its id, nor an empty line.
func TestAReceiptOfANewerStation(t *testing.T) {
	got := assets.ReceiptIn("fr", []string{"browser", "odd"}, []string{"odd", "network"})
	if len(got.Done) != 1 || len(got.Limits) != 1 || strings.Contains(got.Text()+got.Short(), "odd") {
		t.Errorf("got %+v", got)
	}
	if r := assets.ReceiptIn("fr", nil, nil); strings.Contains(r.Text(), r.LimitsTitle) || strings.Contains(r.Short(), "%") {
		t.Errorf("without limits: %q, %q", r.Text(), r.Short())
	}
}
