package assets_test

import (
	"testing"

	"estran/assets"
	"estran/session"
)

// TestEveryWordOfTheContractHasItsText holds the texts and what a station can say together.
func TestEveryWordOfTheContractHasItsText(t *testing.T) {
	var keys []string
	for _, r := range session.Reasons() {
		keys = append(keys, "reason."+string(r), "reason_it."+string(r))
	}
	for _, r := range []session.Refusal{
		session.RefusedKeyboard, session.RefusedNetwork, session.RefusedDouble, session.RefusedPhone, session.RefusedOther,
	} {
		keys = append(keys, "refused."+string(r), "refused_short."+string(r))
	}
	for _, s := range session.Steps() {
		keys = append(keys, "step."+s+".doing", "step."+s+".done", "step."+s+".failed")
	}
	for _, l := range session.Limits() {
		keys = append(keys, "limit."+l, "limit_short."+l)
	}
	for _, f := range []session.Fault{
		session.FaultConfig, session.FaultSecond, session.FaultStateDir, session.FaultSandbox, session.FaultMemory,
		session.FaultWipe, session.FaultRecovery, session.FaultInternal, session.FaultSwap, session.FaultKernel,
		session.FaultConsole, session.FaultCores, session.FaultSeat, session.FaultMaintenance,
	} {
		keys = append(keys, "fault."+string(f))
	}
	for _, p := range []session.BrowserProblem{
		session.BrowserMissing, session.BrowserNoDisplay, session.BrowserNoSandbox, session.BrowserCrashed,
		session.BrowserNoStart, session.BrowserNoLimit, session.BrowserMemory,
	} {
		keys = append(keys, "browser.problem."+string(p))
	}
	for _, p := range []session.MediumProblem{
		session.MediumNotReadable, session.MediumEncrypted, session.MediumEmpty, session.MediumDamaged,
		session.MediumForeign, session.MediumPartly, session.MediumUnfinished, session.MediumNeedsRoot, session.MediumFull,
		session.MediumSessionFull,
		session.MediumGone, session.MediumReadOnly, session.MediumRefused, session.MediumTooMany,
		session.MediumWriteFailed, session.MediumCopyCanceled,
	} {
		keys = append(keys, "medium.problem."+string(p))
	}
	for _, v := range []session.Verdict{session.Unchecked, session.Clean, session.Suspect} {
		keys = append(keys, "verdict."+v.String(), "verdict."+v.String()+"_what")
	}
	for _, e := range []session.EndReason{
		session.EndVisitor, session.EndTime, session.EndIdle, session.EndPause, session.EndCode, session.EndFault,
		session.EndShutdown, session.EndRecovery,
	} {
		keys = append(keys, "end."+string(e))
	}
	for _, lang := range assets.Languages() {
		for _, key := range keys {
			if !assets.In(lang).Has(key) {
				t.Errorf("%s has no text %s", lang, key)
			}
		}
	}
}

// The screens are known by these titles, in tests and in guides.
func TestTitlesOfTheScreens(t *testing.T) {
	fr := assets.In(assets.French)
	for key, want := range map[string]string{
		"welcome.title": "Bienvenue", "rules.title": "Les règles", "modes.title": "Comment voulez-vous faire\u00a0?",
		"tip.title": "Conseil %d sur 12", "session.title": "Ma session", "medium.title": "Ma clé USB",
		"documents.title": "Mes documents", "pause.title": "Pause", "idle.title": "Êtes-vous là\u00a0?",
		"finish.title": "J’ai fini", "wiping.title": "Effacement", "wiped.title": "Tout est effacé",
		"stopped.title": "Ordinateur arrêté", "verdict.clean": "Rien trouvé", "verdict.suspect": "Suspect",
		"verdict.unchecked": "Non vérifié",
	} {
		if got := fr.T(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}
