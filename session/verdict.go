package session

// Verdict is what is known of a file. There are three, never two, and the zero value is Unchecked.
type Verdict int

// The verdicts.
const (
	Unchecked Verdict = iota // not looked at, or not wholly: too big, encrypted, no antivirus
	Clean                    // looked at, nothing found
	Suspect                  // something was found
)

// String returns clean, suspect or unchecked.
func (v Verdict) String() string {
	switch v {
	case Clean:
		return "clean"
	case Suspect:
		return "suspect"
	default:
		return "unchecked"
	}
}

// Reason is the stable name of why a file has its verdict; assets holds a sentence for each.
type Reason string

// The reasons.
const (
	ReasonNone              Reason = ""
	ReasonVirus             Reason = "virus"              // the antivirus knows it
	ReasonLimit             Reason = "limit"              // beyond what the antivirus looks at
	ReasonEncrypted         Reason = "encrypted"          // closed by a password
	ReasonNoAntivirus       Reason = "no-antivirus"       // clamd does not answer at all
	ReasonAntivirusSilent   Reason = "antivirus-silent"   // clamd hung or died on this file
	ReasonAntivirusRubbish  Reason = "antivirus-rubbish"  // clamd said what cannot be understood
	ReasonNoSignatures      Reason = "no-signatures"      // clamd has no signature base
	ReasonTooBig            Reason = "too-big"            // more than the session can hold
	ReasonUnreadable        Reason = "unreadable"         // the key gave an error
	ReasonChanged           Reason = "changed"            // its size changed while it was read
	ReasonNotAFile          Reason = "not-a-file"         // a link, a pipe, a device
	ReasonArchiveLimits     Reason = "archive-limits"     // holds more than is looked at: too deep, too many, too large
	ReasonNotOpened         Reason = "not-opened"         // an archive of a kind that is not looked into
	ReasonDamaged           Reason = "damaged"            // its structure is broken
	ReasonTooComplex        Reason = "too-complex"        // looking at it took too long or too much memory
	ReasonScriptedPage      Reason = "scripted-page"      // a page with scripts, as sites have them
	ReasonOldSignatures     Reason = "old-signatures"     // clamd's signature base is too old for a clean verdict
	ReasonProgram           Reason = "program"            // a program or a script
	ReasonInstaller         Reason = "installer"          // it installs a program: .msi, .deb, .apk
	ReasonShortcut          Reason = "shortcut"           // .lnk, .url, .desktop
	ReasonAutorun           Reason = "autorun"            // autorun.inf
	ReasonHiddenName        Reason = "hidden-name"        // bidi or control characters in its name
	ReasonTwoExtensions     Reason = "two-extensions"     // photo.jpg.exe
	ReasonExtensionMismatch Reason = "extension-mismatch" // says it is one thing, is another
	ReasonMacros            Reason = "macros"             // an Office or OpenDocument file with macros
	ReasonEmbedded          Reason = "embedded-object"    // a document that hides something to be opened
	ReasonRemote            Reason = "remote-content"     // a document that fetches what it runs or shows from elsewhere
	ReasonActivePDF         Reason = "active-pdf"         // a PDF that does something by itself
	ReasonActivePage        Reason = "active-page"        // a picture or a page with scripts that no site needs
	ReasonDiskImage         Reason = "disk-image"         // .iso, .img, .vhd: opens like a key
	ReasonPolyglot          Reason = "polyglot"           // good for two things at once
	ReasonBomb              Reason = "bomb"               // an archive made to fill the memory
	ReasonInside            Reason = "inside"             // what is wrong is in a file that this one holds
)

// Reasons lists every reason, for tests that hold texts and reasons together.
func Reasons() []Reason {
	return []Reason{
		ReasonVirus, ReasonLimit, ReasonEncrypted, ReasonNoAntivirus, ReasonAntivirusSilent, ReasonAntivirusRubbish,
		ReasonNoSignatures, ReasonOldSignatures, ReasonTooBig, ReasonUnreadable, ReasonChanged, ReasonNotAFile,
		ReasonArchiveLimits, ReasonNotOpened, ReasonDamaged, ReasonTooComplex, ReasonScriptedPage, ReasonProgram,
		ReasonInstaller, ReasonShortcut, ReasonAutorun, ReasonHiddenName, ReasonTwoExtensions, ReasonExtensionMismatch,
		ReasonMacros, ReasonEmbedded, ReasonRemote, ReasonActivePDF, ReasonActivePage, ReasonDiskImage, ReasonPolyglot,
		ReasonBomb, ReasonInside,
	}
}
