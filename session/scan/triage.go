package scan

import "estran/session"

// HeadSize is how many first bytes of a file Triage wants.
const HeadSize = 3072

// Triage judges a file by its name and its first bytes, and returns what is wrong with it; nothing, mostly. It is
// pure. Whatever it returns makes the file Suspect, except ReasonEncrypted, which makes it Unchecked.
func Triage(name session.Private, head []byte) []session.Reason { return nil }
