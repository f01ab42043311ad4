package triagetest

import (
	"slices"

	"estran/session"
)

// Entry is one file of the catalogue.
type Entry struct {
	// Name is what the file is called on the key, with its folders.
	Name string
	// Why says who brings such a file, or what it does.
	Why string
	// Build makes the file, the same at each call.
	Build func() []byte
	// Verdict is what a station with a good antivirus is to say of it.
	Verdict session.Verdict
	// Reasons are all that it is to give, in no order. None comes from the antivirus.
	Reasons []session.Reason
	// Harmless says that it does nobody any harm, even where a station cannot tell.
	Harmless bool
}

// ByRules are the reasons that a whole scan gave, without what clamd adds to a hostile file by rules of its own, which need
// no signature: it takes names that are written with escapes in a PDF for an obfuscation.
func (e Entry) ByRules(reasons []session.Reason) []session.Reason {
	if e.Verdict != session.Suspect {
		return reasons
	}
	return slices.DeleteFunc(slices.Clone(reasons), func(r session.Reason) bool { return r == session.ReasonVirus })
}

// Catalogue lists every entry, the harmless ones first.
func Catalogue() []Entry {
	return slices.Concat(
		pdfsOfOffices(), pdfsOfPrograms(), pictures(), phoneFiles(), wordDocuments(), otherOffice(), openDocuments(), oldOffice(),
		texts(), pagesAndMails(), sounds(), bundles(), names(),
		activePDFs(), activeOffice(), activeOpenDocuments(), activeOldOffice(), activePages(), programs(), installers(),
		shortcuts(), diskImages(), disguises(), polyglots(), hostileArchives(), closedFiles(), brokenFiles(), bombs(),
	)
}

// Name of the groups: clean is harmless and nothing is to be said of it.
func clean(name, why string, build func() []byte) Entry {
	return Entry{Name: name, Why: why, Build: build, Verdict: session.Clean, Harmless: true}
}

// unsure is harmless, but nobody can know.
func unsure(name, why string, build func() []byte, reasons ...session.Reason) Entry {
	return Entry{Name: name, Why: why, Build: build, Verdict: session.Unchecked, Reasons: reasons, Harmless: true}
}

// unknown may be anything: what a station does not see it cannot call harmless.
func unknown(name, why string, build func() []byte, reasons ...session.Reason) Entry {
	return Entry{Name: name, Why: why, Build: build, Verdict: session.Unchecked, Reasons: reasons}
}

// hostile does something to whoever opens it.
func hostile(name, why string, build func() []byte, reasons ...session.Reason) Entry {
	return Entry{Name: name, Why: why, Build: build, Verdict: session.Suspect, Reasons: reasons}
}

// text is a file of that text.
func text(s string) func() []byte { return func() []byte { return []byte(s) } }

// must stops on what cannot happen: writing to memory does not fail.
func must(err error) {
	if err != nil {
		panic("triagetest: " + err.Error())
	}
}

// noise is content that does not compress, the same for the same seed.
func noise(seed uint32, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		seed = seed*1664525 + 1013904223 // Numerical Recipes, 7.1
		b[i] = byte(seed >> 24)
	}
	return b
}

// Result is a verdict and its reasons, in an order that does not matter.
type Result struct {
	Verdict string
	Reasons []session.Reason
}

// Result is what is expected of an entry.
func (e Entry) Result() Result { return Sorted(e.Verdict, e.Reasons) }

// Sorted is a result as it is compared.
func Sorted(v session.Verdict, reasons []session.Reason) Result {
	return Result{Verdict: v.String(), Reasons: slices.Sorted(slices.Values(reasons))}
}
