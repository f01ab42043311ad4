package triage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// The files of testdata were made by qpdf 11, so that the ciphers here are not tested against themselves: qpdf --encrypt ""
// owner, with keys of 40, 128 and 256 bits; and by LibreOffice 7.4, which escapes the bytes of its lock. Those that act open a site by themselves and hold a program; those that are
// calm print.
func TestPDFsWithAnEmptyPassword(t *testing.T) {
	names, err := filepath.Glob("testdata/*.pdf")
	check(t, err)
	if len(names) < 12 {
		t.Fatalf("only %d files", len(names))
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			content, err := os.ReadFile(name)
			check(t, err)
			var want []session.Reason
			switch kind, _, _ := strings.Cut(filepath.Base(name), "-"); kind {
			case "acts":
				want = []session.Reason{session.ReasonActivePDF, session.ReasonProgram, session.ReasonInside}
			case "closed":
				want = []session.Reason{session.ReasonEncrypted}
			}
			if diff := cmp.Diff(want, lookAt(t, "a.pdf", content)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
