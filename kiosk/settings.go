package kiosk

import "estran/assets"

// toggleContrast goes from one look to the other.
func (w *world) toggleContrast() {
	w.look = 1 - w.look
	w.theme = newTheme(w.look, w.profile)
}

// toggleLanguage goes to the next language.
func (w *world) toggleLanguage() {
	all := assets.Languages()
	for i, lang := range all {
		if lang == assets.In(w.lang).Lang() {
			w.lang = all[(i+1)%len(all)]
			return
		}
	}
}
