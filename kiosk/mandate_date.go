package kiosk

import (
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// dateField is a day being typed as eight figures, day, month, year: the strokes between them are drawn, not typed. A
// stroke that is typed all the same stands for the 0 that was left out: 1/2/2027.
type dateField struct{ figures []byte }

const dateFigures = 8

func (d *dateField) add(n int) {
	if len(d.figures) < dateFigures {
		d.figures = append(d.figures, byte('0'+n))
	}
}

// stroke ends the day or the month with one figure.
func (d *dateField) stroke() {
	if n := len(d.figures); n == 1 || n == 3 {
		d.figures = append(d.figures, d.figures[n-1])
		d.figures[n-1] = '0'
	}
}

func (d *dateField) key(k tea.KeyPressMsg) bool {
	switch k.Code {
	case tea.KeyBackspace, tea.KeyDelete:
		d.figures = d.figures[:max(len(d.figures)-1, 0)]
		return true
	case tea.KeyKpDivide, tea.KeyKpMinus, tea.KeyKpDecimal:
		d.stroke()
		return true
	}
	wanted := false
	for _, r := range k.Text { // more than one where a date was pasted
		if n, ok := digit(tea.KeyPressMsg{Code: r, Text: string(r)}); ok {
			d.add(n)
			wanted = true
		} else if strings.ContainsRune("/.:; ", r) {
			d.stroke()
			wanted = true
		}
	}
	if n, ok := digit(k); ok && !wanted {
		d.add(n)
		wanted = true
	}
	return wanted || strings.ContainsFunc(k.Text, unicode.IsPrint) // a letter means nothing here
}

// text shows what is typed in its form, with a sign for each figure that is to come.
func (d *dateField) text(sign string) string {
	var b strings.Builder
	for i := range dateFigures {
		if i == 2 || i == 4 {
			b.WriteString(" / ")
		}
		if i < len(d.figures) {
			b.WriteByte(d.figures[i])
		} else {
			b.WriteString(sign)
		}
	}
	return b.String()
}

// day reads the date; ok when there is such a day.
func (d *dateField) day(in *time.Location) (day time.Time, ok bool) {
	day, err := time.ParseInLocation("02012006", string(d.figures), in)
	return day, err == nil && len(d.figures) == dateFigures
}

func (d *dateField) wipe() {
	clear(d.figures[:cap(d.figures)])
	d.figures = d.figures[:0]
}
