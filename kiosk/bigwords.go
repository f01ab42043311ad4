package kiosk

// bigWords draws a text in big letters, three rows high.
func bigWords(text string) [3]string { return [3]string{text, "", ""} }
