//go:build vm

package vm

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"estran/cleanup/hunt"
)

// ranges are where the 3 GiB of the machine are in its physical memory: QEMU's q35 has 2 below the devices.
var ranges = []struct{ from, size int64 }{{0, 2 << 30}, {4 << 30, 1 << 30}}

// Memory looks through the whole memory of the machine, from outside, while it stands still.
func (m *Machine) Memory(net *hunt.Net) (hits []hunt.Hit) {
	m.t.Helper()
	defer stage(m.t.Logf, "the whole memory")()
	_, err := m.qmp.do("stop", nil)
	m.must(err, "hold the machine")
	defer func() {
		_, err := m.qmp.do("cont", nil)
		m.must(err, "let the machine go on")
	}()
	for _, r := range ranges {
		dump := filepath.Join(m.qemu.dir, "memory")
		_, err := m.qmp.do("pmemsave", arguments{"val": r.from, "size": r.size, "filename": dump})
		m.must(err, "read the memory")
		m.search(net, dump, func(h hunt.Hit) {
			h.At += r.from
			hits = append(hits, h)
		})
		m.must(os.Remove(dump), "drop a dump")
	}
	return hits
}

// Disk looks through the image of the machine's disk, and so through each block that was ever written since it was made, free
// ones too: QEMU writes them as they are. What waits to be written is written first.
func (m *Machine) Disk(net *hunt.Net) (hits []hunt.Hit) {
	m.t.Helper()
	defer stage(m.t.Logf, "the whole disk")()
	m.Guest("sync")
	m.search(net, stationDisk(m.t), func(h hunt.Hit) { hits = append(hits, h) })
	return hits
}

func (m *Machine) search(net *hunt.Net, path string, found func(hunt.Hit)) {
	m.t.Helper()
	f, err := os.Open(path)
	m.must(err, "open what is looked through")
	defer f.Close()
	_, err = net.Searcher().Reader(f, found)
	m.must(err, "look through "+path)
}

// count tells how often each kind was found, a line each.
func count(hits []hunt.Hit) map[string]int {
	found := map[string]int{}
	for _, h := range hits {
		found[h.Kind]++
	}
	return found
}

// holders asks the guest who has what was found in its memory: a line for each, with the most first.
func (m *Machine) holders(hits []hunt.Hit) string {
	m.t.Helper()
	const most = 200
	program := filepath.Join(m.t.TempDir(), "owners")
	_, err := tool(m.t.Context(), "sh", "-c", "CGO_ENABLED=0 go build -o "+program+" ./owners")
	m.must(err, "build what asks")
	content, err := os.ReadFile(program)
	m.must(err, "read what asks")
	m.must(m.agent.write("/root/owners", content), "put what asks into the guest")
	m.Guest("chmod", "700", "/root/owners")
	var args []string
	kinds := map[string]string{}
	for _, h := range hits[:min(len(hits), most)] {
		at := fmt.Sprintf("%#x", h.At)
		args, kinds[at] = append(args, at), h.Kind
	}
	lines := map[string]int{}
	for line := range strings.Lines(m.Guest("/root/owners", args...)) {
		at, holder, _ := strings.Cut(strings.TrimSpace(line), " ")
		lines[kinds[at]+": "+holder]++
	}
	var told []string
	for line, n := range lines {
		told = append(told, fmt.Sprintf("%4d %s", n, line))
	}
	sort.Sort(sort.Reverse(sort.StringSlice(told)))
	return strings.Join(told, "\n")
}
