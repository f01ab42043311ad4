package kiosk

import (
	"io"
	"os"
	"sync"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// webTerm is the terminal that the text browser runs in: a pseudo-terminal, and an emulator that turns what comes out
// of it into cells. What a page writes ends here: titles, links, clipboard sequences (OSC 52) and graphics reach the
// emulator and go no further, for only the characters of its cells are drawn.
type webTerm struct {
	master  *os.File
	changed chan struct{} // something is to be drawn; closed when the browser is gone
	typed   chan []byte   // what goes to the browser

	mu       sync.Mutex // guards emulator
	emulator *vt.Emulator

	closing sync.Once
	ended   chan struct{}
}

// typedMost is how much may wait for a browser that does not read; what comes then is dropped.
const typedMost = 256

// newWebTerm opens a pseudo-terminal of this size. The browser gets the second result.
func newWebTerm(columns, rows int) (*webTerm, *os.File, error) {
	master, slave, err := openPty()
	if err != nil {
		return nil, nil, err
	}
	t := &webTerm{
		master: master, changed: make(chan struct{}, 1), typed: make(chan []byte, typedMost),
		emulator: vt.NewEmulator(columns, rows), ended: make(chan struct{}),
	}
	t.emulator.SetScrollbackSize(1)
	_ = t.resize(columns, rows)
	go t.readBrowser()
	go t.readAnswers()
	go t.writeBrowser()
	return t, slave, nil
}

// readBrowser gives the emulator what the browser draws, until the browser is gone.
func (t *webTerm) readBrowser() {
	defer close(t.changed)
	defer t.close()
	// A page may find a fault in the emulator: the browser is closed then, and nothing else.
	defer func() { _ = recover() }()
	buf := make([]byte, 32<<10)
	for {
		n, err := t.master.Read(buf)
		if n > 0 {
			t.draw(buf[:n])
			select {
			case t.changed <- struct{}{}:
			default: // it is known already
			}
		}
		if err != nil {
			return
		}
	}
}

func (t *webTerm) draw(data []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, _ = t.emulator.Write(data)
}

// readAnswers takes keys and answers to questions out of the emulator. It never waits for the browser, for the
// emulator waits for it.
func (t *webTerm) readAnswers() {
	buf := make([]byte, 4<<10)
	for {
		n, err := t.emulator.Read(buf)
		if err != nil {
			return
		}
		select {
		case t.typed <- append([]byte(nil), buf[:n]...):
		default:
		}
	}
}

func (t *webTerm) writeBrowser() {
	for {
		select {
		case data := <-t.typed:
			if _, err := t.master.Write(data); err != nil {
				return
			}
		case <-t.ended:
			return
		}
	}
}

// press sends a key to the browser.
func (t *webTerm) press(k tea.KeyPressMsg) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if k.Text != "" {
		t.emulator.SendText(k.Text)
		return
	}
	t.emulator.SendKey(uv.KeyPressEvent{Code: k.Code, Mod: k.Mod})
}

// point sends a click or a turn of the wheel to the browser, if it asked for them.
func (t *webTerm) point(m uv.MouseEvent) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.emulator.SendMouse(m)
}

// resize sets the size of both ends.
func (t *webTerm) resize(columns, rows int) error {
	columns, rows = max(columns, 1), max(rows, 1)
	t.mu.Lock()
	t.emulator.Resize(columns, rows)
	t.mu.Unlock()
	return setPtySize(t.master, columns, rows)
}

// close gives the terminal back; the browser sees that its own is gone.
func (t *webTerm) close() {
	t.closing.Do(func() {
		close(t.ended)
		_ = t.master.Close()
		// Emulator.Close and Emulator.Read share a flag without a lock; closing the pipe between them ends Read too.
		if pipe, ok := t.emulator.InputPipe().(io.Closer); ok {
			_ = pipe.Close()
		}
	})
}

// drawOn draws the cells on a sheet, and says where the cursor is. Colours become our own, which can be read.
func (t *webTerm) drawOn(s *sheet, at rect) (x, y int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for row := range min(at.h, t.emulator.Height()) {
		for column := 0; column < min(at.w, t.emulator.Width()); {
			c := t.emulator.CellAt(column, row)
			if c == nil || c.Content == "" {
				column++
				continue
			}
			s.put(at.x+column, at.y+row, webInk(c.Style), c.Content)
			column += max(c.Width, 1)
		}
	}
	p := t.emulator.CursorPosition()
	return p.X, p.Y
}

// webInk keeps of a page's looks what means something: links and fields, what is chosen, what is bold.
func webInk(s uv.Style) ink {
	switch {
	case s.Attrs&uv.AttrReverse != 0 || s.Bg != nil:
		return inkLit
	case s.Underline != 0 || s.Fg != nil:
		return inkPageLink
	case s.Attrs&uv.AttrBold != 0:
		return inkPageStrong
	default:
		return inkPage
	}
}
