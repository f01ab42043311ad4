// Package fonts holds the two fonts of the sheets that carry names: DejaVu Sans 2.37, as Debian's fonts-dejavu-core has
// it. The fonts of every printer know Western European letters alone; these know Latin, Greek, Cyrillic, Armenian,
// Georgian, Hebrew and Arabic. Their licence is beside them.
package fonts

import _ "embed"

// Regular is DejaVu Sans, as a TrueType file. The caller must not change it.
//
//go:embed DejaVuSans.ttf
var Regular []byte

// Bold is DejaVu Sans Bold.
//
//go:embed DejaVuSans-Bold.ttf
var Bold []byte
