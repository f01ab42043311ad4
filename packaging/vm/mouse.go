//go:build vm

package vm

import "time"

// The size of the screen, in pixels.
const (
	screenWidth  = 1280
	screenHeight = 720
)

// Move puts the pointer at a place of the screen, in pixels from the upper left corner.
func (m *Machine) Move(x, y int) {
	m.t.Helper()
	axis := func(name string, at, size int) any {
		// The tablet's own scale goes from 0 to 0x7fff.
		value := (2*at + 1) * 0x7fff / (2 * size)
		return arguments{"type": "abs", "data": arguments{"axis": name, "value": value}}
	}
	m.mouse(axis("x", x, screenWidth), axis("y", y, screenHeight))
}

// Click clicks the left button at a place of the screen, in pixels from the upper left corner.
func (m *Machine) Click(x, y int) {
	m.t.Helper()
	m.ClickButton("left", x, y)
}

// ClickButton clicks a button, "left", "right", "middle", "wheel-up" or "wheel-down", at a place of the screen.
func (m *Machine) ClickButton(button string, x, y int) {
	m.t.Helper()
	m.Move(x, y)
	time.Sleep(held)
	for _, down := range []bool{true, false} {
		m.mouse(arguments{"type": "btn", "data": arguments{"down": down, "button": button}})
		time.Sleep(2 * held)
	}
}

func (m *Machine) mouse(events ...any) {
	m.t.Helper()
	_, err := m.qmp.do("input-send-event", arguments{"events": events})
	m.must(err, "use the mouse")
}
