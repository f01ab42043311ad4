package session

// Printable returns the text as one line that a terminal can show: accents and emoji stay; control characters, bidi
// controls and broken UTF-8 are shown as visible marks; it holds no escape sequence. It is for the visitor's eyes only:
// the text is still private.
func (p Private) Printable() string { return string(p) }
