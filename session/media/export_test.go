package media

import "strings"

// Only makes a key of one disk and its partitions, whatever drive it is on: no loop device is a USB key.
func (u *UDisks) Only(disk string) {
	u.isKey = func(b block, _ drive) bool { return b.device == disk || strings.HasPrefix(b.device, disk+"p") }
}
