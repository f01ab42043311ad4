package kiosk

import tea "charm.land/bubbletea/v2"

// digitRows are what the keys of the figures give: with Shift, without it on a French keyboard, with Caps Lock, and on
// a Belgian one. A visitor does not know that the figures need Shift there.
var digitRows = [][]rune{[]rune("0123456789"), []rune("à&é\"'(-è_ç"), []rune("À&É\"'(-È_Ç"), []rune("à&é\"'(§è!ç")}

// digit reads a figure from a key, also from the numeric pad.
func digit(k tea.KeyPressMsg) (figure int, ok bool) {
	if k.Code >= tea.KeyKp0 && k.Code <= tea.KeyKp9 {
		return int(k.Code - tea.KeyKp0), true
	}
	for _, row := range digitRows {
		for n, r := range row {
			if k.Text == string(r) {
				return n, true
			}
		}
	}
	return 0, false
}
