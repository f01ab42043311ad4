package assets

import (
	"slices"
	"sync"
)

// French is the language that every text exists in.
const French = "fr"

// English is the second language of the first screen.
const English = "en"

// Languages lists the languages, the first one is the one to fall back on.
func Languages() []string { return []string{French, English} }

// perLanguage keeps what was read for each language: screens ask for it at each frame.
type perLanguage[T any] struct {
	mu   sync.Mutex
	read map[string]T
}

// get gives what a language has, the French for a language that is not in Languages.
func (p *perLanguage[T]) get(lang string, read func(lang string) T) T {
	if !slices.Contains(Languages(), lang) {
		lang = French
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	value, ok := p.read[lang]
	if !ok {
		value = read(lang)
		if p.read == nil {
			p.read = map[string]T{}
		}
		p.read[lang] = value
	}
	return value
}
