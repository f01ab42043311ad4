package hunt_test

import (
	"bytes"
	"context"
	"debug/elf"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"estran/cleanup/hunt"
)

// segment is one of a core file, as /proc/kcore has them.
type segment struct {
	physical uint64
	content  []byte
}

// core writes a core file.
func core(t *testing.T, segments ...segment) string {
	t.Helper()
	const headerSize, programSize = 64, 56
	at := uint64(headerSize + programSize*len(segments))
	header := elf.Header64{
		Ident: [16]byte{0x7f, 'E', 'L', 'F', byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT)},
		Type:  uint16(elf.ET_CORE), Machine: uint16(elf.EM_X86_64), Version: uint32(elf.EV_CURRENT), Phoff: headerSize,
		Ehsize: headerSize, Phentsize: programSize, Phnum: uint16(len(segments)),
	}
	var file, contents bytes.Buffer
	write := func(v any) {
		if err := binary.Write(&file, binary.LittleEndian, v); err != nil {
			t.Fatal(err)
		}
	}
	write(header)
	for _, s := range segments {
		size := uint64(len(s.content))
		write(elf.Prog64{Type: uint32(elf.PT_LOAD), Off: at, Vaddr: 0xffff888000000000 + s.physical, Paddr: s.physical, Filesz: size, Memsz: size})
		at += size
		contents.Write(s.content)
	}
	path := filepath.Join(t.TempDir(), "kcore")
	if err := os.WriteFile(path, append(file.Bytes(), contents.Bytes()...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMemoryIsLookedThroughOnce: all that is memory, at its physical address; what is a view of some is passed over, or
// each canary would be counted twice.
func TestMemoryIsLookedThroughOnce(t *testing.T) {
	low, high := make([]byte, 8192), make([]byte, 5000)
	copy(low[4090:], planted)
	copy(high[100:], wide(planted))
	path := core(
		t,
		segment{0x1000, low},
		segment{0x2000, low[0x1000:]},        // the kernel's text is a view of the first
		segment{^uint64(0), []byte(planted)}, // so is all that vmalloc gives
		segment{0x100000000, high},
	)
	m, err := hunt.OpenMemory(path)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	found := map[int64][]hunt.Form{}
	var progress int64
	read, err := m.Search(t.Context(), weave(t, hunt.Canary{Kind: "text", Text: planted}), func(now int64) { progress = now }, func(h hunt.Hit) {
		found[h.At] = append(found[h.At], h.Form)
	})
	if err != nil || read != int64(len(low)+len(high)) || progress != read {
		t.Errorf("read %d, told %d: %v", read, progress, err)
	}
	if !slices.Equal(found[0x1000+4090], []hunt.Form{hunt.UTF8}) || !slices.Equal(found[0x100000000+100], []hunt.Form{hunt.UTF16}) {
		t.Errorf("found %v", found)
	}
}

// TestMemoryThatEndsEarlyIsAnError: half of it is not all of it.
func TestMemoryThatEndsEarlyIsAnError(t *testing.T) {
	path := core(t, segment{0x1000, make([]byte, 8192)}, segment{0x10000, make([]byte, 5000)})
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, info.Size()-1); err != nil {
		t.Fatal(err)
	}
	m, err := hunt.OpenMemory(path)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	net := weave(t, hunt.Canary{Kind: "text", Text: planted})
	if read, err := m.Search(t.Context(), net, func(int64) {}, func(hunt.Hit) {}); err == nil || read != 8192+4999 {
		t.Errorf("read %d: %v", read, err)
	}
}

// TestALookEndsWithItsContext: soon, and it is no clean one.
func TestALookEndsWithItsContext(t *testing.T) {
	const large = 8 << 20
	m, err := hunt.OpenMemory(core(t, segment{0x1000, make([]byte, large)}, segment{0x100000000, make([]byte, large)}))
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	disk := hunt.Disk{Path: filepath.Join(t.TempDir(), "sda"), Size: large}
	put(t, disk.Path, string(make([]byte, large)))
	net := weave(t, hunt.Canary{Kind: "text", Text: planted})
	for name, search := range map[string]func(context.Context, *hunt.Net, func(int64), func(hunt.Hit)) (int64, error){
		"memory": m.Search, "disk": disk.Search,
	} {
		ctx, end := context.WithCancel(t.Context())
		read, err := search(ctx, net, func(int64) { end() }, func(hunt.Hit) {})
		if !errors.Is(err, context.Canceled) || read == 0 || read > 1<<20 {
			t.Errorf("%s: read %d: %v", name, read, err)
		}
	}
}

func TestMemoryThatCannotBeReadIsAnError(t *testing.T) {
	if _, err := hunt.OpenMemory(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("there is a memory where there is none")
	}
	path := filepath.Join(t.TempDir(), "kcore")
	if err := os.WriteFile(path, []byte("no core"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := hunt.OpenMemory(path); err == nil {
		t.Error("a text is taken for a memory")
	}
}
