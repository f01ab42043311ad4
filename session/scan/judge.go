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
	reasons := slices.Clone(raised)
	if unsure != session.ReasonNone && !slices.Contains(reasons, unsure) {
		reasons = append(reasons, unsure)
	}
	slices.SortStableFunc(reasons, func(a, b session.Reason) int { return weight(a) - weight(b) })
	switch {
	case len(reasons) == 0:
		return Result{Verdict: session.Clean}
	case isFinding(reasons[0]):
		return Result{Verdict: session.Suspect, Reasons: reasons}
	default:
		return Result{Verdict: session.Unchecked, Reasons: reasons}
	}
}

// weight orders reasons, the gravest first: what does harm by itself, what is found, what could not be looked at.
// session.ReasonInside tells where another reason is, and weighs nothing.
func weight(r session.Reason) int {
	switch {
	case r == session.ReasonVirus:
		return 0
	case r == session.ReasonAutorun:
		return 1
	case isFinding(r):
		return 2
	case r == session.ReasonInside:
		return 4
	default:
		return 3
	}
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
