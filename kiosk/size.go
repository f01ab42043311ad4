package kiosk

import (
	"strconv"
	"strings"
)

// size says a number of bytes in words: whole kilobytes, and one decimal above.
func (w *world) size(bytes int64) string {
	const kilo, mega, giga = 1000, 1000 * 1000, 1000 * 1000 * 1000
	switch {
	case bytes < kilo:
		return w.n("size.bytes", int(max(bytes, 0)))
	case bytes < mega:
		return w.t("size.kilo", strconv.FormatInt((bytes+kilo/2)/kilo, 10))
	case bytes < giga:
		return w.t("size.mega", w.decimal(float64(bytes)/mega))
	default:
		return w.t("size.giga", w.decimal(float64(bytes)/giga))
	}
}

// decimal writes a number with one decimal, without it when it is 0.
func (w *world) decimal(f float64) string {
	s := strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
	return strings.Replace(s, ".", w.t("size.decimal"), 1)
}
