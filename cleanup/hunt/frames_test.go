package hunt_test

import (
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"estran/cleanup/hunt"
	"estran/session/sessiontest"
)

// TestWhoHoldsAFrame asks for one that this very test holds.
func TestWhoHoldsAFrame(t *testing.T) {
	page, err := unix.Mmap(-1, 0, 4096, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Munmap(page)
	page[0] = 1 // it is given a frame now
	pagemap, err := os.Open("/proc/self/pagemap")
	if err != nil {
		t.Fatal(err)
	}
	defer pagemap.Close()
	var entry [8]byte
	if _, err := pagemap.ReadAt(entry[:], int64(uintptr(unsafe.Pointer(&page[0])))/4096*8); err != nil {
		t.Fatal(err)
	}
	frame := binary.LittleEndian.Uint64(entry[:]) & (1<<55 - 1)
	if frame == 0 {
		sessiontest.Missing(t, "only root of the computer is told where its memory is; the acceptance machine shows it")
	}
	at := int64(frame) * 4096
	if held := hunt.HostFrames().Holders([]int64{at})[at]; !strings.Contains(held, "hunt.test") {
		t.Errorf("it is held by %q", held)
	}
}
