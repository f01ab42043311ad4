package scan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/scan"
)

func TestJudge(t *testing.T) {
	cases := map[string]struct {
		raised []session.Reason
		unsure session.Reason
		want   scan.Result
	}{
		"nothing speaks against it":   {nil, session.ReasonNone, clean()},
		"a virus comes first":         {[]session.Reason{session.ReasonProgram}, session.ReasonVirus, suspect(session.ReasonVirus, session.ReasonProgram)},
		"unsure is unchecked":         {nil, session.ReasonNoAntivirus, unchecked(session.ReasonNoAntivirus)},
		"a finding weighs more":       {[]session.Reason{session.ReasonShortcut}, session.ReasonLimit, suspect(session.ReasonShortcut, session.ReasonLimit)},
		"closed is unchecked":         {[]session.Reason{session.ReasonEncrypted}, session.ReasonNone, unchecked(session.ReasonEncrypted)},
		"the gravest comes first":     {[]session.Reason{session.ReasonInside, session.ReasonEncrypted, session.ReasonProgram}, session.ReasonNone, suspect(session.ReasonProgram, session.ReasonEncrypted, session.ReasonInside)},
		"inside weighs nothing":       {[]session.Reason{session.ReasonDamaged, session.ReasonInside}, session.ReasonNone, unchecked(session.ReasonDamaged, session.ReasonInside)},
		"closed twice is closed once": {[]session.Reason{session.ReasonEncrypted}, session.ReasonEncrypted, unchecked(session.ReasonEncrypted)},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, scan.Judge(c.raised, c.unsure)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Every reason of the contract leads somewhere, and only no reason at all leads to clean.
func TestOnlyNoReasonIsClean(t *testing.T) {
	for _, r := range session.Reasons() {
		if got := scan.Judge([]session.Reason{r}, session.ReasonNone).Verdict; got == session.Clean {
			t.Errorf("%q raised is clean", r)
		}
		if got := scan.Judge(nil, r).Verdict; got == session.Clean {
			t.Errorf("unsure for %q is clean", r)
		}
	}
}
