package hunt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Disk is a block device that is looked through whole.
type Disk struct {
	Path string // "/dev/sda"
	Size int64
	// Why is why it cannot be looked through; "" when it can.
	Why string
}

// Disks lists the block devices of the computer, from /sys/block and /dev. Partitions are in their disks. What the device mapper shows,
// such as an encrypted disk once it is open, is there too. A drive without a medium is none.
func Disks(sys, dev string) ([]Disk, error) {
	entries, err := os.ReadDir(sys)
	if err != nil {
		return nil, fmt.Errorf("cannot list the disks: %w", err)
	}
	var disks []Disk
	for _, e := range entries {
		size, err := sizeOf(filepath.Join(sys, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("cannot tell how large %s is: %w", e.Name(), err)
		}
		d := Disk{Path: filepath.Join(dev, strings.ReplaceAll(e.Name(), "!", "/")), Size: size}
		switch {
		case size == 0: // a loop device of nothing, a reader without a card
			continue
		case strings.HasPrefix(e.Name(), "zram"):
			d.Why = "compressed memory"
		case mediumless(tryOpen(d.Path), isRemovable(filepath.Join(sys, e.Name()))): // an optical drive has a size without a disc
			continue
		}
		disks = append(disks, d)
	}
	return disks, nil
}

// sizeOf is how many bytes a disk has. The kernel counts sectors of 512, whatever those of the disk are.
func sizeOf(sys string) (int64, error) {
	sectors, err := os.ReadFile(filepath.Join(sys, "size"))
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(sectors)), 10, 64)
	return n * 512, err
}

// mediumless says that an error of opening a disk tells that there is no medium in it. A drive of floppies says what a disk
// says that the kernel gave up.
func mediumless(err error, removable bool) bool {
	return errors.Is(err, unix.ENOMEDIUM) || removable && errors.Is(err, unix.ENXIO)
}

func tryOpen(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return f.Close()
}

// isRemovable says that the medium of a disk can be taken out (Documentation/ABI/stable/sysfs-block). What the kernel does not
// say is not removable: it is then looked through.
func isRemovable(sys string) bool {
	says, err := os.ReadFile(filepath.Join(sys, "removable"))
	return err == nil && strings.TrimSpace(string(says)) == "1"
}

// Search looks through the whole disk until ctx ends, past the page cache: what is on it would otherwise be in memory from then on.
func (d Disk) Search(ctx context.Context, n *Net, progress func(read int64), found func(Hit)) (read int64, err error) {
	f, err := os.OpenFile(d.Path, os.O_RDONLY|unix.O_DIRECT, 0)
	if errors.Is(err, unix.EINVAL) {
		return 0, fmt.Errorf("cannot read %s past the page cache: %w", d.Path, err)
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	r, err := newAligned(f)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return searchWhole(ctx, n, r, d.Size, progress, found)
}

// aligned reads in pieces that are aligned as O_DIRECT wants it (open(2)).
type aligned struct {
	from    io.Reader
	buffer  []byte // a mapping of its own
	pending []byte
}

func newAligned(from io.Reader) (*aligned, error) {
	buffer, err := unix.Mmap(-1, 0, piece, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil, fmt.Errorf("cannot make a buffer: %w", err)
	}
	return &aligned{from: from, buffer: buffer}, nil
}

// Close gives the buffer back to the kernel.
func (a *aligned) Close() {
	a.pending = nil
	_ = unix.Munmap(a.buffer)
}

func (a *aligned) Read(b []byte) (int, error) {
	if len(a.pending) == 0 {
		n, err := a.from.Read(a.buffer)
		if err != nil {
			return 0, err
		}
		a.pending = a.buffer[:n]
	}
	n := copy(b, a.pending)
	a.pending = a.pending[n:]
	return n, nil
}
