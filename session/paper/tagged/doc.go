// Package tagged makes sheets that a screen reader can read: PDF with its structure (ISO 32000-1, 14.8; PDF/UA-1,
// ISO 14289-1), as the law asks of what a public service hands out (RGAA).
//
// Every word is in an element that says what it is, in the order of reading; rules and boxes are artefacts, which no
// reader speaks. The fonts are embedded, so that a name in Greek, Cyrillic, Hebrew or Arabic is printed as it is written;
// a sign that they lack becomes a box and never breaks a sheet. A file tells who made it nowhere, nor when: what says the
// same is the same file, byte for byte.
//
// fpdf draws, and this package adds what fpdf does not know: it marks the content as it is drawn, then takes the finished
// file apart into its objects, puts the structure beside them, and writes them anew (rewrite.go).
package tagged
