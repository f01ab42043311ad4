package kiosk

import "estran/session"

// refusal says what was plugged in and not let in, for as long as it is. It is drawn by the screens themselves, so
// that what comes by itself, as « Êtes-vous là ? », covers it.
func (p *page) refusal() {
	if r := p.status.Refused; r != session.RefusedNothing {
		p.told(inkWarn, p.t(p.refusedKey("refused.")))
		p.gap(1)
	}
}

// refusedLine is the same in one line, for the bandeau and for Ma session.
func (w *world) refusedLine() notice {
	return notice{inkWarn, "! " + w.t(w.refusedKey("refused_short."))}
}

func (w *world) refusedKey(table string) string {
	if key := table + string(w.status.Refused); w.has(key) {
		return key
	}
	return table + string(session.RefusedOther)
}
