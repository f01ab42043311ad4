package compositor

import (
	"context"
	"fmt"
	"testing"

	"estran/session/sessiontest"
)

// seen is a window with what tests ask of it.
type seen struct {
	node
	Visible   bool
	Workspace string
	Floats    bool
}

// branch is a node with what the program does not read.
type branch struct {
	node
	Name     string   `json:"name"`
	Visible  bool     `json:"visible"`
	Nodes    []branch `json:"nodes"`
	Floating []branch `json:"floating_nodes"`
}

// windows are all windows, as sway has them.
func (s *seat) windows() []seen {
	var root branch
	if err := call(context.Background(), s.socket(), msgTree, "", &root); err != nil {
		return nil
	}
	var all []seen
	var walk func(b branch, workspace string, floats bool)
	walk = func(b branch, workspace string, floats bool) {
		if b.Type == "workspace" {
			workspace = b.Name
		}
		if b.PID != 0 {
			all = append(all, seen{b.node, b.Visible, workspace, floats})
		}
		for _, c := range b.Nodes {
			walk(c, workspace, floats)
		}
		for _, c := range b.Floating {
			walk(c, workspace, true)
		}
	}
	walk(root, "", false)
	return all
}

func (s *seat) windowOf(pid int) seen {
	for _, w := range s.windows() {
		if w.PID == pid {
			return w
		}
	}
	return seen{}
}

func (s *seat) window(id int64) seen {
	for _, w := range s.windows() {
		if w.ID == id {
			return w
		}
	}
	return seen{}
}

// kiosk is the kiosk's window.
func (s *seat) kiosk() seen { return s.windowOf(s.foot) }

// swaymsg runs commands that must go well.
func (s *seat) swaymsg(t testing.TB, commands string) {
	t.Helper()
	if err := run(t.Context(), s.socket(), commands); err != nil {
		t.Fatal(err)
	}
}

// drawn says that what the kiosk's terminal draws is on the screen at a place: sway may know a window as visible and
// draw nothing of it. Terminals of tests are empty, and have a colour that sway's background has not.
func (s *seat) drawn(x, y int) bool {
	s.t.Helper()
	sessiontest.Need(s.t, "grim")
	out, err := s.command("grim", "-t", "ppm", "-g", fmt.Sprintf("%d,%d 1x1", x, y), "-").Output()
	if err != nil || len(out) < 3 {
		s.t.Fatalf("cannot look at the screen: %v", err)
	}
	return [3]byte(out[len(out)-3:]) == kioskColour
}
