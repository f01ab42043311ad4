package kiosk

import "strings"

// gauge is a bar of eighths of cells, for a part from 0 to 1.
func gauge(part float64, width int) string {
	const eighths = " ▏▎▍▌▋▊▉"
	part = min(max(part, 0), 1)
	cells := int(part*float64(width)*8 + 0.5)
	b := strings.Repeat("█", cells/8)
	if rest := cells % 8; rest > 0 {
		b += string([]rune(eighths)[rest])
	}
	return b
}
