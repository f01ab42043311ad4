package compositor

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
)

// rect is a place on the screen, in the pixels that sway counts in: those of the display divided by its scale.
type rect struct {
	X, Y, Width, Height int
}

// node is a part of sway's tree, with nothing of what a window says of itself: its title may be a visitor's.
type node struct {
	ID         int64  `json:"id"`
	Type       string `json:"type"`
	PID        int    `json:"pid"`
	Rect       rect   `json:"rect"`
	Fullscreen int    `json:"fullscreen_mode"`
	Focused    bool   `json:"focused"`
	Nodes      []node `json:"nodes"`
	Floating   []node `json:"floating_nodes"`
}

// floating is the Type of a window that floats.
const floating = "floating_con"

// output is a display.
type output struct {
	Name   string
	Active bool
	Scale  float64
	Rect   rect
	Mode   struct{ Width, Height int } `json:"current_mode"`
}

var (
	errNoWindow = errors.New("the kiosk has no window")
	errNoOutput = errors.New("there is no display")
)

// walk calls visit for each window.
func (n node) walk(visit func(window node)) {
	if n.PID != 0 {
		visit(n)
	}
	for _, children := range [][]node{n.Nodes, n.Floating} {
		for _, c := range children {
			c.walk(visit)
		}
	}
}

// windowOf finds the oldest window of one of these processes.
func (n node) windowOf(pids map[int]bool) (node, error) {
	var found node
	n.walk(func(w node) {
		if pids[w.PID] && (found.ID == 0 || w.ID < found.ID) {
			found = w
		}
	})
	if found.ID == 0 {
		return node{}, errNoWindow
	}
	return found, nil
}

func tree(ctx context.Context, socket string) (node, error) {
	var root node
	err := call(ctx, socket, msgTree, "", &root)
	return root, err
}

// screen is the display that the kiosk is on: the first one that shows something.
func screen(ctx context.Context, socket string) (output, error) {
	var all []output
	if err := call(ctx, socket, msgOutputs, "", &all); err != nil {
		return output{}, err
	}
	for _, o := range all {
		if o.Active && o.Rect.Width > 0 && o.Scale > 0 {
			return o, nil
		}
	}
	return output{}, errNoOutput
}

// ancestors are a process and those it comes from (proc(5), stat, fourth field).
func ancestors(pid int) map[int]bool {
	all := map[int]bool{}
	for pid > 1 && !all[pid] {
		all[pid] = true
		stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil {
			break
		}
		text := string(stat)
		fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:]) // the name may hold anything
		if len(fields) < 2 {
			break
		}
		if pid, err = strconv.Atoi(fields[1]); err != nil {
			break
		}
	}
	return all
}
