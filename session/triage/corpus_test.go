package triage_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/scan"
	"estran/session/triage"
	"estran/session/triage/triagetest"
)

// ruleReasons are those that the rules of this package give. The others tell of the antivirus, of the key, or of the copy.
var ruleReasons = []session.Reason{
	session.ReasonEncrypted, session.ReasonArchiveLimits, session.ReasonNotOpened, session.ReasonDamaged,
	session.ReasonTooComplex, session.ReasonScriptedPage, session.ReasonProgram, session.ReasonInstaller,
	session.ReasonShortcut, session.ReasonAutorun, session.ReasonHiddenName, session.ReasonTwoExtensions,
	session.ReasonExtensionMismatch, session.ReasonMacros, session.ReasonEmbedded, session.ReasonRemote,
	session.ReasonActivePDF, session.ReasonActivePage, session.ReasonDiskImage, session.ReasonPolyglot, session.ReasonBomb,
	session.ReasonInside,
}

func TestTheCatalogueIsWide(t *testing.T) {
	const least = 120
	var harmless, clean int
	given := map[session.Reason]int{}
	seen := map[string]bool{}
	all := triagetest.Catalogue()
	for _, e := range all {
		if seen[e.Name] {
			t.Errorf("%q is there twice", e.Name)
		}
		seen[e.Name] = true
		if e.Why == "" || e.Build == nil {
			t.Errorf("%q does not tell why, or what", e.Name)
		}
		if e.Harmless {
			harmless++
		}
		if e.Verdict == session.Clean {
			clean++
		}
		if (e.Verdict == session.Clean) != (len(e.Reasons) == 0) || scan.Judge(e.Reasons, session.ReasonNone).Verdict != e.Verdict {
			t.Errorf("%q cannot be %s by %v", e.Name, e.Verdict, e.Reasons)
		}
		for _, r := range e.Reasons {
			given[r]++
			if !slices.Contains(ruleReasons, r) {
				t.Errorf("%q gives %s, which no rule gives", e.Name, r)
			}
		}
	}
	t.Logf("%d files: %d harmless (%d of them clean), %d hostile or unknown", len(all), harmless, clean, len(all)-harmless)
	if len(all) < least || 2*harmless < len(all) {
		t.Errorf("of %d files %d are harmless: at least %d, and a half of them harmless", len(all), harmless, least)
	}
	for _, r := range ruleReasons {
		t.Logf("%3d %s", given[r], r)
		if given[r] == 0 {
			t.Errorf("no file gives %s", r)
		}
	}
}

// A file that is made anew is the same, or a failure could not be looked at.
func TestTheCatalogueIsSteady(t *testing.T) {
	for _, e := range triagetest.Catalogue() {
		if !bytes.Equal(e.Build(), e.Build()) {
			t.Errorf("%q is another one each time", e.Name)
		}
	}
}

func TestCorpus(t *testing.T) {
	looker := triage.Looker{Limits: triage.DefaultLimits()}
	for _, e := range triagetest.Catalogue() {
		t.Run(e.Name, func(t *testing.T) {
			content := e.Build()
			raised := looker.Look(t.Context(), bytes.NewReader(content), int64(len(content)), session.Private(e.Name))
			got := scan.Judge(raised, session.ReasonNone)
			if diff := cmp.Diff(e.Result(), triagetest.Sorted(got.Verdict, got.Reasons)); diff != "" {
				t.Errorf("%s (%d bytes) (-want +got)\n%s", e.Why, len(content), diff)
			}
		})
	}
}

// everyday is what people bring and nothing is to be said of, by name.
func everyday(t testing.TB) map[session.Private][]byte {
	t.Helper()
	files := map[session.Private][]byte{}
	for _, e := range triagetest.Catalogue() {
		if e.Verdict == session.Clean {
			content := e.Build()
			files[session.Private(e.Name)] = content[:min(len(content), triage.HeadSize)]
		}
	}
	return files
}
