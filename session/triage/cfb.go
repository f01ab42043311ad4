package triage

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// compound is a file that holds storages and streams, as old Office documents are ([MS-CFB]). It is read here and not by a
// library, because the one that lives walks the tree of names by recursion as deep as the file says, which no recover
// stops. Here every entry counts, whether the tree leads to it or not.
type compound struct {
	content io.ReaderAt
	size    int64
	sector  int64
	fat     []uint32
	mini    []uint32 // the same for the small streams
	small   []uint32 // sectors that the small streams lie in
	entries []compoundEntry
	byPath  map[string]int
	left    int64 // how many bytes may be read of streams, which may all name the same sectors
}

type compoundEntry struct {
	name   string // without the control character that it may begin with
	path   string // lower case, with the storages that it is in
	class  string // the 16 bytes of its class
	size   int64
	start  uint32
	stream bool
}

const (
	smallSector       = 64
	smallStream       = 4096
	lastSector        = 0xfffffffa // above are marks
	mostCompound      = 2 << 30
	mostEntries       = 1 << 16
	compoundEntrySize = 128
)

var (
	errCompound = errors.New("not a compound file")
	errTooMuch  = errors.New("more than is looked at")
)

func openCompound(content io.ReaderAt, size int64) (*compound, error) {
	head := make([]byte, 512)
	if _, err := content.ReadAt(head, 0); err != nil || size > mostCompound {
		return nil, errCompound
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil, errCompound
	}
	c := &compound{content: content, size: size, sector: 1 << shift, byPath: map[string]int{}, left: 4*size + 16<<20}
	c.fat = c.table(c.tableSectors(head))
	directory, err := c.chain(c.fat, binary.LittleEndian.Uint32(head[48:]), mostEntries*compoundEntrySize/c.sector)
	if err != nil {
		return nil, err
	}
	smallTable, _ := c.chain(c.fat, binary.LittleEndian.Uint32(head[60:]), c.sectors())
	c.mini = c.table(smallTable)
	if !c.directory(directory, shift == 9) {
		return nil, errCompound
	}
	return c, nil
}

func (c *compound) sectors() int64 { return c.size/c.sector + 1 }

func (c *compound) read(n uint32) []byte {
	b := make([]byte, c.sector)
	got, err := c.content.ReadAt(b, (int64(n)+1)*c.sector)
	if err != nil && err != io.EOF {
		return nil
	}
	return b[:got]
}

// tableSectors are where the table of sectors is: 109 places in the header, and a chain of sectors for more. There are no
// more than it takes to name all sectors.
func (c *compound) tableSectors(head []byte) []uint32 {
	per := c.sector / 4
	need := int(c.sectors()/per + 1)
	var list []uint32
	for i := 76; i+4 <= len(head) && len(list) < need; i += 4 {
		list = append(list, binary.LittleEndian.Uint32(head[i:]))
	}
	next := binary.LittleEndian.Uint32(head[68:])
	for next < lastSector && len(list) < need {
		b := c.read(next)
		if int64(len(b)) < c.sector {
			break
		}
		for i := int64(0); i < per-1 && len(list) < need; i++ {
			list = append(list, binary.LittleEndian.Uint32(b[4*i:]))
		}
		next = binary.LittleEndian.Uint32(b[4*(per-1):])
	}
	return list
}

// table reads numbers of sectors out of sectors.
func (c *compound) table(sectors []uint32) []uint32 {
	var table []uint32
	for _, s := range sectors {
		b := make([]byte, c.sector)
		if s < lastSector {
			copy(b, c.read(s))
		}
		for i := 0; i < len(b); i += 4 {
			table = append(table, binary.LittleEndian.Uint32(b[i:]))
		}
	}
	return table
}

// chain follows a table from a sector to the end, at most so many.
func (c *compound) chain(table []uint32, start uint32, most int64) ([]uint32, error) {
	var list []uint32
	for start < lastSector {
		if int64(start) >= int64(len(table)) || int64(len(list)) >= most {
			return list, errCompound
		}
		list = append(list, start)
		start = table[start]
	}
	return list, nil
}

func (c *compound) directory(sectors []uint32, old bool) bool {
	var raw []byte
	for _, s := range sectors {
		raw = append(raw, c.read(s)...)
	}
	count := len(raw) / compoundEntrySize
	if count == 0 {
		return false
	}
	for i := range count {
		e, ok := entryOf(raw[i*compoundEntrySize:], old)
		c.entries = append(c.entries, e)
		if i == 0 {
			if !ok {
				return false
			}
			c.small, _ = c.chain(c.fat, e.start, c.sectors())
		}
	}
	c.places(raw)
	for i, e := range c.entries {
		c.byPath[e.path] = i
	}
	return true
}

func entryOf(b []byte, old bool) (compoundEntry, bool) {
	kind := b[66]
	if kind != 1 && kind != 2 && kind != 5 {
		return compoundEntry{}, false
	}
	length := min(int(binary.LittleEndian.Uint16(b[64:])), 64)
	var units []uint16
	for i := 0; i+2 <= length; i += 2 {
		u := binary.LittleEndian.Uint16(b[i:])
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	size := binary.LittleEndian.Uint64(b[120:])
	if old {
		size &= 0xffffffff
	}
	name := strings.TrimLeftFunc(string(utf16.Decode(units)), func(r rune) bool { return r < ' ' })
	return compoundEntry{
		name: name, path: strings.ToLower(name), class: string(b[80:96]), size: int64(min(size, mostCompound)),
		start: binary.LittleEndian.Uint32(b[116:]), stream: kind == 2,
	}, true
}

// places says in which storages each entry is. The tree is walked without recursion, and nothing twice.
func (c *compound) places(raw []byte) {
	type step struct {
		entry  uint32
		folder string
	}
	link := func(n uint32, at int) uint32 { return binary.LittleEndian.Uint32(raw[int(n)*compoundEntrySize+at:]) }
	seen := make([]bool, len(c.entries))
	seen[0] = true
	todo := []step{{link(0, 76), ""}}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int64(s.entry) >= int64(len(c.entries)) || seen[s.entry] || len(s.folder) > 1024 {
			continue
		}
		seen[s.entry] = true
		e := &c.entries[s.entry]
		e.path = s.folder + strings.ToLower(e.name)
		todo = append(todo, step{link(s.entry, 68), s.folder}, step{link(s.entry, 72), s.folder},
			step{link(s.entry, 76), e.path + "/"})
	}
}

// open reads a stream, no further than the file is large.
func (c *compound) open(e compoundEntry) io.Reader {
	r := &compoundReader{c: c, next: e.start, left: min(e.size, c.size), table: c.fat, unit: c.sector}
	if e.size < smallStream {
		r.table, r.unit = c.mini, smallSector
	}
	return r
}

// all is a stream, at most so many bytes of it.
func (c *compound) all(e compoundEntry, most int64) []byte {
	b, _ := io.ReadAll(io.LimitReader(c.open(e), most))
	return b
}

type compoundReader struct {
	c     *compound
	table []uint32
	unit  int64
	next  uint32
	at    int64 // in the sector
	left  int64
}

func (r *compoundReader) Read(b []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	if r.c.left < 0 {
		return 0, errTooMuch
	}
	if r.at == r.unit {
		if int64(r.next) >= int64(len(r.table)) {
			return 0, io.ErrUnexpectedEOF
		}
		r.next, r.at = r.table[r.next], 0
	}
	if r.next >= lastSector {
		return 0, io.ErrUnexpectedEOF
	}
	from := (int64(r.next) + 1) * r.unit
	if r.unit == smallSector {
		in := int64(r.next) * smallSector / r.c.sector
		if in >= int64(len(r.c.small)) {
			return 0, io.ErrUnexpectedEOF
		}
		from = (int64(r.c.small[in])+1)*r.c.sector + int64(r.next)*smallSector%r.c.sector
	}
	n, err := r.c.content.ReadAt(b[:min(int64(len(b)), r.unit-r.at, r.left)], from+r.at)
	r.at += int64(n)
	r.left -= int64(n)
	r.c.left -= int64(n)
	if n > 0 {
		err = nil
	} else if err == nil || err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
