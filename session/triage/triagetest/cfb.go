package triagetest

import (
	"cmp"
	"slices"
	"strings"
)

// cfbFile writes a compound file of version 3 ([MS-CFB]): sectors of 512 bytes, streams below 4096 bytes in the mini stream. The
// names of parts are paths; folders are made as needed. class is the CLSID of the root, 16 bytes or nil.
func cfbFile(class []byte, parts ...part) []byte {
	c := &cfb{}
	c.node("Root Entry", 5, -1)
	copy(c.nodes[0].class[:], class)
	for _, p := range parts {
		c.add(p.name, p.data)
	}
	return c.bytes()
}

const (
	sector     = 512
	miniSector = 64
	endOfChain = 0xfffffffe
	fatSector  = 0xfffffffd
	noEntry    = 0xffffffff
)

type cfbNode struct {
	name     string
	kind     byte // 1 storage, 2 stream, 5 root
	children []int
	data     []byte
	class    [16]byte
	left     int
	right    int
	child    int
	start    int
	size     int
}

type cfb struct{ nodes []*cfbNode }

func (c *cfb) node(name string, kind byte, parent int) int {
	c.nodes = append(c.nodes, &cfbNode{name: name, kind: kind, left: noEntry, right: noEntry, child: noEntry, start: endOfChain})
	id := len(c.nodes) - 1
	if parent >= 0 {
		c.nodes[parent].children = append(c.nodes[parent].children, id)
	}
	return id
}

func (c *cfb) add(path string, data []byte) {
	at := 0
	steps := strings.Split(path, "/")
	for _, step := range steps[:len(steps)-1] {
		i := slices.IndexFunc(c.nodes[at].children, func(n int) bool { return c.nodes[n].name == step })
		if i >= 0 {
			at = c.nodes[at].children[i]
		} else {
			at = c.node(step, 1, at)
		}
	}
	if last := steps[len(steps)-1]; last != "" {
		c.nodes[c.node(last, 2, at)].data = data
	}
}

// tree links the children of each storage as a balanced tree: shorter names first, then by capital letters (2.6.4).
func (c *cfb) tree(ids []int) int {
	if len(ids) == 0 {
		return noEntry
	}
	mid := len(ids) / 2
	c.nodes[ids[mid]].left, c.nodes[ids[mid]].right = c.tree(ids[:mid]), c.tree(ids[mid+1:])
	return ids[mid]
}

func (c *cfb) bytes() []byte {
	for _, n := range c.nodes {
		slices.SortFunc(n.children, func(a, b int) int {
			x, y := c.nodes[a].name, c.nodes[b].name
			return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(strings.ToUpper(x), strings.ToUpper(y)))
		})
		n.child = c.tree(n.children)
	}
	var fat, miniFAT []uint32
	var body, mini []byte
	chain := func(table *[]uint32, from, count int) {
		for i := range count {
			next := uint32(from + i + 1)
			if i == count-1 {
				next = endOfChain
			}
			*table = append(*table, next)
		}
	}
	put := func(data []byte) int {
		start := len(fat)
		count := (len(data) + sector - 1) / sector
		chain(&fat, start, count)
		body = append(body, data...)
		body = append(body, make([]byte, count*sector-len(data))...)
		return start
	}
	for _, n := range c.nodes {
		n.size = len(n.data)
		switch {
		case n.kind != 2 || n.size == 0:
		case n.size < 4096:
			n.start = len(miniFAT)
			count := (n.size + miniSector - 1) / miniSector
			chain(&miniFAT, n.start, count)
			mini = append(mini, n.data...)
			mini = append(mini, make([]byte, count*miniSector-n.size)...)
		default:
			n.start = put(n.data)
		}
	}
	miniFATStart, miniFATCount := endOfChain, 0
	if len(mini) > 0 {
		c.nodes[0].start, c.nodes[0].size = put(mini), len(mini)
		miniFATStart, miniFATCount = put(table32(miniFAT)), (len(miniFAT)+127)/128
	}
	directory := put(c.directory())
	fatCount := 1
	for (len(fat)+fatCount+127)/128 > fatCount {
		fatCount++
	}
	fatStart := len(fat)
	for range fatCount {
		fat = append(fat, fatSector)
	}
	body = append(body, table32(fat)...)

	header := join([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 16), le16(0x3e), le16(3), le16(0xfffe), le16(9), le16(6),
		make([]byte, 6), le32(0), le32(fatCount), le32(directory), le32(0), le32(4096), le32(miniFATStart), le32(miniFATCount),
		le32(endOfChain), le32(0))
	for i := range 109 {
		if i < fatCount {
			header = append(header, le32(fatStart+i)...)
		} else {
			header = append(header, le32(noEntry)...)
		}
	}
	return append(header, body...)
}

// table32 is an allocation table, filled up to whole sectors.
func table32(table []uint32) []byte {
	var out []byte
	for _, v := range table {
		out = le.AppendUint32(out, v)
	}
	for len(out)%sector != 0 {
		out = le.AppendUint32(out, noEntry)
	}
	return out
}

func (c *cfb) directory() []byte {
	var out []byte
	for _, n := range c.nodes {
		name := make([]byte, 64)
		length := copy(name, wide(n.name)) + 2
		color := byte(1)
		out = join(out, name, le16(length), []byte{n.kind, color}, le32(n.left), le32(n.right), le32(n.child), n.class[:],
			make([]byte, 20), le32(n.start), le64(n.size))
	}
	for len(out)%sector != 0 {
		out = join(out, make([]byte, 68), le32(noEntry), le32(noEntry), le32(noEntry), make([]byte, 48))
	}
	return out
}
