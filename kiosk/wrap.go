package kiosk

import "strings"

// wrap cuts a text into lines that fit. Its own line ends stay, a no-break space never is one, and a word that is
// wider than a line is cut.
func wrap(text string, width int) []string {
	width = max(width, 1)
	var lines []string
	for _, para := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Split(para, " ") {
			for textWidth(word) > width {
				if line != "" {
					lines, line = append(lines, line), ""
				}
				head := clip(word, width)
				if head == "" {
					break
				}
				lines = append(lines, head)
				word = word[len(head):]
			}
			switch {
			case line == "":
				line = word
			case textWidth(line)+1+textWidth(word) <= width:
				line += " " + word
			default:
				lines, line = append(lines, line), word
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// clip is the beginning of a text that fits.
func clip(text string, width int) string {
	n, rest := 0, text
	for rest != "" {
		cluster, after := firstCluster(rest)
		_, w := showable(cluster)
		if n+w > width {
			break
		}
		n, rest = n+w, after
	}
	return text[:len(text)-len(rest)]
}

// shorten makes a text fit, with an ellipsis where it was cut.
func shorten(text string, width int) string {
	if textWidth(text) <= width {
		return text
	}
	return strings.TrimRight(clip(text, max(width-1, 0)), " ") + "…"
}

// shortenName makes the name of a file fit, and keeps its end: that is where its kind is.
func shortenName(name string, width int) string {
	if textWidth(name) <= width || width < 12 {
		return shorten(name, width)
	}
	runes := []rune(name)
	tail := string(runes[len(runes)-min(8, len(runes)):])
	return clip(name, width-1-textWidth(tail)) + "…" + tail
}
