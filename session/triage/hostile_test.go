package triage_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"estran/session"
)

// Files that are made to keep whoever looks at them busy end all the same, soon, and are not clean.
func TestWhatTakesTooLongEnds(t *testing.T) {
	const much = 2 << 20
	fill := func(s string) string { return strings.Repeat(s, much/len(s)) }
	entries, packed := packedObjects("<</A 1>>", "<</B 2>>")
	for name, c := range map[string]specimen{
		"dictionaries that never close": {name: "a.pdf", content: []byte("%PDF-1.7\n" + fill("1 0 obj<</A"))},
		"strings that never close":      {name: "a.pdf", content: []byte("%PDF-1.7\n" + fill("1 0 obj ("))},
		"lists that never close":        {name: "a.pdf", content: []byte("%PDF-1.7\n" + fill("1 0 obj["))},
		"many object streams":           {name: "a.pdf", content: []byte("%PDF-1.7\n" + fill("1 0 obj "+streamOf(entries, packed)))},
		"actions after one another":     {name: "a.pdf", content: []byte("%PDF-1.7\n" + fill("1 0 obj<</OpenAction 1 0 R/Next[1 0 R 1 0 R 1 0 R]/JS 1 0 R/JavaScript 1 0 R/Kids[1 0 R 1 0 R]>>"))},
		"groups that never close":       {name: "a.rtf", content: []byte(`{\rtf1` + fill(`{\*\objdata 01`))},
		"a page of braces":              {name: "a.html", content: []byte("<script>" + fill("function a(){") + "</script>")},
		"a page of elements":            {name: "a.html", content: []byte(fill("<a b=c "))},
		"a picture of elements":         {name: "a.svg", content: []byte("<svg>" + fill("<a>"))},
		"parts without end":             {name: "a.eml", content: []byte("From: a\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + fill("--x\r\n\r\na\r\n"))},
		"records of nothing":            {name: "a.xls", content: oleOf(map[string]string{"Workbook": fill("\x00")})},
		"fields of nothing":             {name: "a.doc", content: oleOf(map[string]string{"WordDocument": fill("\x13 ")})},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			got := lookAt(t, c.name, c.content)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("it took %v", took)
			} else {
				t.Log(took, got)
			}
			if strings.HasSuffix(c.name.Reveal(), ".pdf") && !slices.ContainsFunc(got, func(r session.Reason) bool { return r != session.ReasonNone }) {
				t.Error("it is clean")
			}
		})
	}
}
