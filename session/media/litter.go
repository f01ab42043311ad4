package media

import (
	"slices"
	"strings"
)

// litter is what systems leave on keys by themselves, in lower case. It is nobody's document, and the visitor, who never
// saw it, would wonder. It is not listed, so that it is never copied either.
var litter = []string{
	"system volume information", "$recycle.bin", "recycler", "recycled", "thumbs.db", "ehthumbs.db", "desktop.ini",
	".trashes", ".spotlight-v100", ".fseventsd", ".temporaryitems", ".documentrevisions-v100", ".ds_store", ".apdisk",
	".volumeicon.icns", ".com.apple.timemachine.donotpresent", "lost+found", ".directory", "lost.dir", ".android_secure",
}

func isLitter(name string) bool {
	lower := strings.ToLower(name)
	return slices.Contains(litter, lower) ||
		strings.HasPrefix(lower, ".trash-") ||
		strings.HasPrefix(lower, "._") || // what macOS keeps beside each file
		isUnfinished(name)
}

// The name that a document has on the key until it is whole.
const (
	unfinishedStart = ".estran-"
	unfinishedEnd   = ".part"
)

// isUnfinished knows our own names alone: what merely looks like one is somebody's.
func isUnfinished(name string) bool {
	rest, begins := strings.CutPrefix(name, unfinishedStart)
	chance, ends := strings.CutSuffix(rest, unfinishedEnd)
	return begins && ends && len(chance) == 26 && strings.Trim(chance, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == "" // rand.Text
}
