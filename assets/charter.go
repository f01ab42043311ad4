package assets

import "path"

// Rule is a rule of the charter: what is possible or asked, and its reason.
type Rule struct {
	Title string `toml:"title"` // at most 40 characters
	Text  string `toml:"text"`  // the rule and its reason, one sentence a line
}

var charters perLanguage[[]Rule]

// Charter lists the eight rules that the visitor accepts before a session, what is possible first. The caller must
// not change it.
func Charter(lang string) []Rule { return charters.get(lang, readCharter) }

func readCharter(lang string) []Rule {
	var f struct {
		Rules []Rule `toml:"rule"`
	}
	readTOML(path.Join("charter", lang+".toml"), &f)
	for i := range f.Rules {
		typesetAll(lang, &f.Rules[i].Title, &f.Rules[i].Text)
	}
	return f.Rules
}
