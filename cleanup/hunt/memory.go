package hunt

import (
	"context"
	"debug/elf"
	"fmt"
	"io"
	"os"
)

// Range is a piece of the physical memory.
type Range struct{ From, Size int64 }

// Memory is the physical memory of the computer, as root reads it through /proc/kcore (proc_kcore(5)). A kernel that is
// locked down in "confidentiality" shows it to nobody (kernel_lockdown(7)).
type Memory struct {
	file *os.File
	elf  *elf.File
}

// OpenMemory opens it. Close it.
func OpenMemory(path string) (*Memory, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the memory of the computer: %w", err)
	}
	core, err := elf.NewFile(f)
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("cannot read the memory of the computer: %w", err)
	}
	return &Memory{f, core}, nil
}

// Close closes it.
func (m *Memory) Close() { _ = m.file.Close() }

// elsewhere is the physical address of what is no memory but a view of some: the kernel says -1 (fs/proc/kcore.c).
const elsewhere = ^uint64(0)

// Ranges lists what there is.
func (m *Memory) Ranges() []Range {
	var all []Range
	for _, p := range m.elf.Progs {
		if m.isMemory(p) {
			all = append(all, Range{int64(p.Paddr), int64(p.Filesz)})
		}
	}
	return all
}

// isMemory says that a segment is memory, and not the kernel's own text, which is a view of memory that another has.
func (m *Memory) isMemory(p *elf.Prog) bool {
	if p.Type != elf.PT_LOAD || p.Paddr == elsewhere || p.Filesz == 0 {
		return false
	}
	for _, other := range m.elf.Progs {
		if other != p && other.Type == elf.PT_LOAD && other.Paddr != elsewhere && other.Filesz > p.Filesz &&
			other.Paddr <= p.Paddr && p.Paddr+p.Filesz <= other.Paddr+other.Filesz {
			return false
		}
	}
	return true
}

// Search looks through all of it until ctx ends, and tells how many bytes that was. A hit is at its physical address.
func (m *Memory) Search(ctx context.Context, n *Net, progress func(read int64), found func(Hit)) (read int64, err error) {
	for _, p := range m.elf.Progs {
		if !m.isMemory(p) {
			continue
		}
		from := read
		got, err := searchWhole(ctx, n, p.Open(), int64(p.Filesz), func(now int64) { progress(from + now) }, func(h Hit) {
			h.At += int64(p.Paddr)
			found(h)
		})
		read += got
		if err != nil {
			return read, fmt.Errorf("cannot read the memory of the computer: %w", err)
		}
	}
	return read, nil
}

// searchWhole looks through all of r, which has a size: what ends earlier was not looked through. It looks at ctx before each
// piece.
func searchWhole(ctx context.Context, n *Net, r io.Reader, size int64, progress func(read int64), found func(Hit)) (read int64, err error) {
	read, err = n.Searcher().Reader(&counter{from: r, tell: progress, ended: ctx.Err}, found)
	if err == nil && read < size {
		err = fmt.Errorf("only %d bytes of %d could be read", read, size)
	}
	return read, err
}

// counter tells how much was read, and reads no more once it is ended.
type counter struct {
	from  io.Reader
	tell  func(int64)
	ended func() error
	read  int64
}

func (c *counter) Read(b []byte) (int, error) {
	if err := c.ended(); err != nil {
		return 0, err
	}
	n, err := c.from.Read(b)
	c.read += int64(n)
	c.tell(c.read)
	return n, err
}
