package media

import (
	"os"
	"path/filepath"
	"strings"
)

// kernel is what sysfs says of block devices (Documentation/ABI/stable/sysfs-block). UDisks2 hears of a device through
// two others, and may be away; the kernel is where it is.
type kernel struct {
	blocks string // /sys/class/block
}

// disk is the folder of the disk that a device is, or is a partition of; "" when it is not there.
func (k kernel) disk(device string) string {
	at, err := filepath.EvalSymlinks(filepath.Join(k.blocks, filepath.Base(device)))
	if err != nil {
		return ""
	}
	if _, err := os.Stat(filepath.Join(at, "partition")); err == nil {
		return filepath.Dir(at)
	}
	return at
}

// which tells a device from the next one to have its name: by the number that each disk, and each card in a reader, gets
// once (diskseq, kernel 5.15 and later). false when it is gone, or its card is.
func (k kernel) which(device string) (id string, there bool) {
	size, number := k.read(device, "size"), k.read(device, "dev")
	if number == "" || size == "" || size == "0" {
		return "", false
	}
	sequence, _ := os.ReadFile(filepath.Join(k.disk(device), "diskseq"))
	return number + " " + strings.TrimSpace(string(sequence)), true
}

func (k kernel) read(device, file string) string {
	b, _ := os.ReadFile(filepath.Join(k.blocks, filepath.Base(device), file))
	return strings.TrimSpace(string(b))
}

// partitions is how many the kernel has found on the disk of a device.
func (k kernel) partitions(device string) int {
	found, _ := filepath.Glob(filepath.Join(k.disk(device), "*", "partition"))
	return len(found)
}

// held says that the disk of a device is part of another: an unlocked, a mapped or an assembled one. Keys are not.
func (k kernel) held(device string) bool {
	disk := k.disk(device)
	if disk == "" {
		return false
	}
	own, _ := os.ReadDir(filepath.Join(disk, "holders"))
	ofPartitions, _ := filepath.Glob(filepath.Join(disk, "*", "holders", "*"))
	return len(own)+len(ofPartitions) > 0
}
