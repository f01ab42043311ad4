package assets

import "strings"

var (
	words  perLanguage[[]string]
	common perLanguage[[]string]
)

// Words lists short, common words without accents, out of which a phrase is drawn at random. There are more than
// 2,757 in each language: seven of them drawn evenly are worth 80 bits, what the CNIL asks of a password alone
// (délibération 2022-100). The list is sorted; the caller must not change it.
func Words(lang string) []string { return words.get(lang, readWords) }

// CommonPasswords lists, in lower case and without accents, what everybody tries first. It is the same for every
// language. The list is sorted; the caller must not change it.
func CommonPasswords() []string {
	return common.get(French, func(string) []string { return readWords("common") })
}

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
