package compositor

import (
	"context"
	"fmt"
	"math"
	"strings"

	"estran/kiosk"
)

// place is where the kiosk's window is, and what it is made of.
type place struct {
	window  node
	others  int // windows besides it
	display output
	cell    cell
	density float64 // the terminal's pixels in one of sway's
}

// look asks sway and the terminal.
func (d *Desk) look(ctx context.Context) (place, error) {
	root, err := tree(ctx, d.socket)
	if err != nil {
		return place{}, err
	}
	p := place{}
	if p.window, err = root.windowOf(d.mine); err != nil {
		return place{}, err
	}
	root.walk(func(node) { p.others++ })
	p.others--
	if p.display, err = screen(ctx, d.socket); err != nil {
		return place{}, err
	}
	if p.cell, err = cellOf(d.terminal); err != nil {
		return place{}, err
	}
	p.density = p.cell.density(p.display.Scale, p.window.Rect.Height)
	return p, nil
}

// settled says that the screen is laid out so, and that the terminal has taken the size of its window.
func (p place) settled(l kiosk.Layout) bool {
	at, rows := p.window.Rect, p.cell.rows
	if !p.floats() || p.scaled(l) != "" || at.X != p.display.Rect.X || at.Y != p.display.Rect.Y {
		return false
	}
	if l.Whole() {
		return p.window.Focused && p.window.Fullscreen != 0 && at == p.display.Rect && p.cell.fills(at.Height, p.density)
	}
	if p.window.Focused && p.others > 0 {
		return false // the keyboard is the browser's
	}
	return p.window.Fullscreen == 0 && at.Width == p.display.Rect.Width && rows == l.Banner && at.Height == p.height(rows)
}

// floats says that the window was taken from among the others.
func (p place) floats() bool { return p.window.Type == floating }

// height is how high so many rows are, in sway's pixels.
func (p place) height(rows int) int {
	return int(math.Ceil(float64(rows*p.cell.height)/p.density - 1e-6))
}

// forward shows the window, as a tab.
func (p place) forward() string {
	return fmt.Sprintf("workspace %s; [con_id=%d] focus", browser, p.window.ID)
}

// whole gives the window the whole screen, on the workspace where nothing else is. A sticky window goes along.
func (p place) whole() string {
	return fmt.Sprintf("[con_id=%d] floating enable, sticky enable, border none; workspace %s; "+
		"[con_id=%d] fullscreen enable, focus", p.window.ID, alone, p.window.ID)
}

// banner puts the window over the gap that is kept for it above the browser.
func (p place) banner(rows int) string {
	at, height := p.display.Rect, p.height(rows)
	return fmt.Sprintf("[con_id=%d] floating enable, sticky enable, border none; workspace %s; gaps top current set %d; "+
		"[con_id=%d] fullscreen disable, resize set width %d px height %d px, move absolute position %d %d",
		p.window.ID, browser, height, p.window.ID, at.Width, height, at.X, at.Y)
}

// scaled is the command that brings the display to its scale, "" where it is there. A display that is large stays as
// large as it became: its cells are rounded, and might give another scale.
func (p place) scaled(l kiosk.Layout) string {
	scale := 1.0
	if l.Large {
		if p.display.Scale > 1 {
			return ""
		}
		scale = largeScale(p.display, float64(p.cell.width)/p.density, float64(p.cell.height)/p.density)
	}
	if math.Abs(p.display.Scale-scale) < 0.01 {
		return ""
	}
	return fmt.Sprintf("output %q scale %g; ", strings.ReplaceAll(p.display.Name, `"`, ""), scale)
}
