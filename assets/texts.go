package assets

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

//go:embed texts tips pictures charter exercises lesson situations words
var files embed.FS

// Texts holds the texts of one language; In gives them.
type Texts struct {
	lang string
	text map[string]string
}

var texts perLanguage[*Texts]

// In gives the texts of a language, the French ones for a language that is not in Languages.
func In(lang string) *Texts {
	return texts.get(lang, func(lang string) *Texts { return &Texts{lang: lang, text: readTexts(lang)} })
}

// Lang is the language of these texts.
func (t *Texts) Lang() string { return t.lang }

// Has says that a key exists.
func (t *Texts) Has(key string) bool {
	_, ok := t.text[key]
	return ok
}

// Keys lists every key, in no order.
func (t *Texts) Keys() []string {
	keys := make([]string, 0, len(t.text))
	for k := range t.text {
		keys = append(keys, k)
	}
	return keys
}

// T is the text of a key, with %s and %d filled in. A key that does not exist panics in tests; on a station the
// French text stands in for it, and nothing at all rather than the key itself.
func (t *Texts) T(key string, args ...any) string {
	if testing.Testing() && !t.Has(key) {
		panic("assets: no text " + key + " in " + t.lang)
	}
	text := t.find(key)
	if text == "" || len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// find falls back on French, then on nothing.
func (t *Texts) find(key string) string {
	if text, ok := t.text[key]; ok || t.lang == French {
		return text
	}
	return In(French).text[key]
}

// N is T for a text that counts: the key's "one" form or its "other" form, with n as the first argument. In French 0
// and 1 are singular, in English 1 only.
func (t *Texts) N(key string, n int, args ...any) string {
	form := "other"
	if n == 1 || (n == 0 && t.lang == French) {
		form = "one"
	}
	return t.T(key+"."+form, append([]any{n}, args...)...)
}

// Lines is T cut at its line ends: one sentence a line.
func (t *Texts) Lines(key string, args ...any) []string {
	return strings.Split(t.T(key, args...), "\n")
}

// readTexts reads the files of a language. They are part of the program, so what is wrong with them is wrong with the
// build: it panics, and the tests see it first.
func readTexts(lang string) map[string]string {
	dir := path.Join("texts", lang)
	entries, err := files.ReadDir(dir)
	if err != nil {
		panic(fmt.Sprintf("assets: cannot read %s: %v", dir, err))
	}
	text := map[string]string{}
	for _, e := range entries {
		var tree map[string]any
		readTOML(path.Join(dir, e.Name()), &tree)
		flatten(text, "", tree, lang)
	}
	return text
}

func readTOML(name string, into any) {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("assets: cannot read %s: %v", name, err))
	}
	dec := toml.NewDecoder(strings.NewReader(string(data))).DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		panic(fmt.Sprintf("assets: cannot understand %s: %v", name, err))
	}
}

// flatten writes a tree of tables as dotted keys.
func flatten(into map[string]string, prefix string, tree map[string]any, lang string) {
	for k, v := range tree {
		key := k
		if prefix != "" {
			key = prefix + "." + k
		}
		switch v := v.(type) {
		case string:
			if _, twice := into[key]; twice {
				panic("assets: " + key + " is written twice in " + lang)
			}
			into[key] = typeset(lang, strings.Trim(v, "\n"))
		case map[string]any:
			flatten(into, key, v, lang)
		default:
			panic(fmt.Sprintf("assets: %s in %s is not a text", key, lang))
		}
	}
}
