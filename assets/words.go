package assets

import "strings"

// Words lists short, common words without accents, out of which a phrase is drawn at random. With 2,757 of them or
// more, seven words drawn evenly are worth 80 bits, what the CNIL asks of a password alone (délibération 2022-100).
func Words(lang string) []string {
	if !known(lang) {
		lang = French
	}
	return readWords(lang)
}

// CommonPasswords lists, in lower case, what everybody tries first. It is the same for every language.
func CommonPasswords() []string { return readWords("common") }

func readWords(name string) []string {
	data, err := files.ReadFile("words/" + name + ".txt")
	if err != nil {
		panic("assets: " + err.Error())
	}
	var words []string
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") {
			words = append(words, strings.Fields(line)...)
		}
	}
	return words
}
