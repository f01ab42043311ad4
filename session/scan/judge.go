package scan

import (
	"slices"

	"estran/session"
)

// Result is what is known of one file. Its zero value is unchecked.
type Result struct {
	Verdict session.Verdict
	// Reasons are why, the gravest first; none for a clean file.
	Reasons []session.Reason
}

// Judge makes a Result of what triage raised and of why the antivirus does not call the file clean: suspect when
// something was found, clean only when nothing speaks against it. It is pure.
func Judge(raised []session.Reason, unsure session.Reason) Result {
	r := Result{Verdict: session.Clean}
	if unsure == session.ReasonVirus {
		r.Reasons = append(r.Reasons, unsure)
	}
	r.Reasons = append(r.Reasons, raised...)
	if unsure != session.ReasonNone && !slices.Contains(r.Reasons, unsure) {
		r.Reasons = append(r.Reasons, unsure)
	}
	for _, reason := range r.Reasons {
		if isFinding(reason) {
			r.Verdict = session.Suspect
			return r
		}
		r.Verdict = session.Unchecked
	}
	return r
}

// isFinding says that a reason tells of the file, not of why it could not be looked at.
func isFinding(r session.Reason) bool {
	switch r {
	case session.ReasonVirus, session.ReasonProgram, session.ReasonShortcut, session.ReasonAutorun,
		session.ReasonHiddenName, session.ReasonTwoExtensions, session.ReasonExtensionMismatch, session.ReasonInstaller,
		session.ReasonMacros, session.ReasonEmbedded, session.ReasonRemote, session.ReasonActivePDF,
		session.ReasonActivePage, session.ReasonDiskImage, session.ReasonPolyglot, session.ReasonBomb:
		return true
	default:
		return false
	}
}
