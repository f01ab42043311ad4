package triage

import "testing"

// Each escape is what ISO 32000-2, table 3 says: the strings that lock a PDF hold any byte. A bare end of line stays what it
// is, as for poppler and pdf.js.
func TestStringsOfPDF(t *testing.T) {
	for text, want := range map[string]string{
		`(\n\r\t\b\f\(\)\\)`:        "\n\r\t\b\f()\\",
		`(\0\53\053\0533\x)`:        "\x00+++3x",
		"(one \\\nline \\\r\nhere)": "one line here",
		"(a\rb\r\nc\nd)":            "a\rb\r\nc\nd",
		`(a (nested) one)`:          "a (nested) one",
		`()`:                        "",
	} {
		p := &pdfParser{b: []byte(text)}
		got, err := p.value(0)
		if err != nil || got != pdfText(want) {
			t.Errorf("%q: %q, %v, not %q", text, got, err, want)
		}
	}
}
