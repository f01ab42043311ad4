package hunt

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Frames tells who has frames of the physical memory: the kernel's pages of 4 KiB, by their number.
type Frames struct {
	proc string // where procfs is mounted
}

// HostFrames are those of this computer. Only root is told (Documentation/admin-guide/mm/pagemap.rst).
func HostFrames() Frames { return Frames{"/proc"} }

const frameSize = 4096

// Holders names, for each address, who holds the frame that it is in: programs and what of their memory, then what the
// kernel says of the frame. A frame of nobody is "free". What cannot be told is "unknown".
func (f Frames) Holders(addresses []int64) map[int64]string {
	wanted := map[uint64][]string{}
	for _, at := range addresses {
		wanted[uint64(at)/frameSize] = nil
	}
	f.programs(wanted)
	holders := map[int64]string{}
	for _, at := range addresses {
		frame := uint64(at) / frameSize
		names := append(slices.Clone(wanted[frame]), f.kind(frame))
		holders[at] = strings.Join(slices.Compact(names), ", ")
	}
	return holders
}

// programs notes, for each wanted frame, the processes that map it. A process that ends meanwhile holds nothing.
func (f Frames) programs(wanted map[uint64][]string) {
	dirs, _ := filepath.Glob(filepath.Join(f.proc, "[0-9]*")) // the pattern is good
	for _, dir := range dirs {
		name, err := os.ReadFile(filepath.Join(dir, "comm"))
		if err != nil {
			continue
		}
		_ = mapped(dir, func(frame uint64, region string) {
			if names, there := wanted[frame]; there {
				what := fmt.Sprintf("%s (%s) %s", strings.TrimSpace(string(name)), filepath.Base(dir), region)
				if !slices.Contains(names, what) {
					wanted[frame] = append(names, what)
				}
			}
		})
	}
}

// mapped tells each frame that a process has in its memory, and what region that is in.
func mapped(dir string, tell func(frame uint64, region string)) error {
	maps, err := os.ReadFile(filepath.Join(dir, "maps"))
	if err != nil {
		return err
	}
	pagemap, err := os.Open(filepath.Join(dir, "pagemap"))
	if err != nil {
		return err
	}
	defer pagemap.Close()
	for line := range strings.Lines(string(maps)) {
		from, to, region, err := parseMap(line)
		if err != nil || to-from > mostMapped {
			continue
		}
		entries := io.NewSectionReader(pagemap, int64(from/frameSize*8), int64((to-from)/frameSize*8))
		if err := eachFrame(bufio.NewReaderSize(entries, 64<<10), func(frame uint64) { tell(frame, region) }); err != nil {
			return err
		}
	}
	return nil
}

// mostMapped passes over regions that a program reserved and cannot have filled.
const mostMapped = 64 << 30

// parseMap reads a line of /proc/PID/maps (proc_pid_maps(5)).
func parseMap(line string) (from, to uint64, region string, err error) {
	fields := strings.Fields(line)
	if len(fields) < 5 {
		return 0, 0, "", errors.New("not a line of maps")
	}
	first, last, _ := strings.Cut(fields[0], "-")
	if from, err = strconv.ParseUint(first, 16, 64); err != nil {
		return 0, 0, "", err
	}
	if to, err = strconv.ParseUint(last, 16, 64); err != nil || to < from {
		return 0, 0, "", errors.New("not a region")
	}
	region = "anonymous"
	if len(fields) > 5 {
		region = fields[5]
	}
	return from, to, region, nil
}

// eachFrame reads entries of a pagemap: bit 63 says that the page is in memory, and the lower 55 bits in which frame.
func eachFrame(r io.Reader, tell func(frame uint64)) error {
	var entry [8]byte
	for {
		if _, err := io.ReadFull(r, entry[:]); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if e := binary.LittleEndian.Uint64(entry[:]); e>>63 == 1 {
			tell(e & (1<<55 - 1))
		}
	}
}

// Bits of /proc/kpageflags (include/uapi/linux/kernel-page-flags.h).
const (
	pageLRU        = 1 << 5
	pageSlab       = 1 << 7
	pageFree       = 1 << 10
	pageAnonymous  = 1 << 12
	pageSwapBacked = 1 << 14
	pageTable      = 1 << 26
)

// kind is what the kernel says of a frame.
func (f Frames) kind(frame uint64) string {
	flags, err := os.Open(filepath.Join(f.proc, "kpageflags"))
	if err != nil {
		return "unknown"
	}
	defer flags.Close()
	var entry [8]byte
	if _, err := flags.ReadAt(entry[:], int64(frame*8)); err != nil {
		return "unknown"
	}
	bits := binary.LittleEndian.Uint64(entry[:])
	switch {
	case bits&pageFree != 0:
		return "free"
	case bits&pageSlab != 0:
		return "kernel object"
	case bits&pageTable != 0:
		return "page table"
	case bits&pageAnonymous != 0:
		return "memory of a program"
	case bits&pageLRU != 0 && bits&pageSwapBacked != 0:
		return "tmpfs"
	case bits&pageLRU != 0:
		return "page cache"
	default:
		return "kernel"
	}
}
