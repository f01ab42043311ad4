package proof

import (
	"encoding/binary"
	"fmt"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What the kernel takes for a keyboard (include/uapi/linux/uinput.h, input-event-codes.h).
const (
	uinputDevice = "/dev/uinput"

	uiSetEvBit   = 0x40045564
	uiSetKeyBit  = 0x40045565
	uiDevSetup   = 0x405c5503
	uiDevCreate  = 0x5501
	setupLength  = 92 // struct uinput_setup
	eventLength  = 24 // struct input_event, on 64 bits
	evSyn, evKey = 0, 1
	highestKey   = 127

	keyEscape, keyOne, keyEnter, keyControl, keyShift, keyL, keyC = 1, 2, 28, 29, 42, 38, 46
)

// layout is how a keyboard types figures and the dot, which an address has: those of western Europe differ in that.
type layout struct {
	figures bool // with Shift
	dot     []uint16
}

// The layouts that are tried, the French one first.
var layouts = []layout{
	{true, []uint16{keyShift, 51}}, // French, Belgian
	{false, []uint16{52}},          // the others
}

// places are where the letters are that canaries have.
var places = map[byte]uint16{
	'b': 48, 'c': 46, 'd': 32, 'e': 18, 'f': 33, 'g': 34, 'h': 35, 'i': 23, 'j': 36, 'k': 37, 'l': 38, 'n': 49, 'o': 24,
	'p': 25, 'r': 19, 's': 31, 't': 20, 'u': 22, 'v': 47, 'x': 45,
}

// newKeyboard plugs a keyboard in that is this program; closing the file takes it out. Only root may.
func newKeyboard() (*os.File, error) {
	f, err := os.OpenFile(uinputDevice, os.O_WRONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot make a keyboard: %w", err)
	}
	setup := make([]byte, setupLength)
	binary.LittleEndian.PutUint16(setup, 0x06) // BUS_VIRTUAL
	copy(setup[8:], "Estran proof")
	err = unix.IoctlSetInt(int(f.Fd()), uiSetEvBit, evKey)
	for key := 1; key <= highestKey && err == nil; key++ {
		err = unix.IoctlSetInt(int(f.Fd()), uiSetKeyBit, key)
	}
	if err == nil {
		err = ioctlBytes(f, uiDevSetup, setup)
	}
	if err == nil {
		err = unix.IoctlSetInt(int(f.Fd()), uiDevCreate, 0)
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("cannot make a keyboard: %w", err)
	}
	return f, nil
}

func ioctlBytes(f *os.File, request uintptr, data []byte) error {
	_, _, errno := unix.Syscall(unix.SYS_IOCTL, f.Fd(), request, uintptr(unsafe.Pointer(&data[0])))
	if errno != 0 {
		return errno
	}
	return nil
}

// keyboard types on what newKeyboard gave.
type keyboard struct {
	file *os.File
}

// pause is how long a key is down, and then up.
const pause = 20 * time.Millisecond

// press presses keys at once.
func (k *keyboard) press(keys ...uint16) error {
	for _, key := range keys {
		if err := k.send(key, 1); err != nil {
			return err
		}
	}
	time.Sleep(pause)
	for i := range keys {
		if err := k.send(keys[len(keys)-1-i], 0); err != nil {
			return err
		}
	}
	time.Sleep(pause)
	return nil
}

// typeText types letters.
func (k *keyboard) typeText(text string) error {
	for _, letter := range []byte(text) {
		key, known := places[letter]
		if !known {
			return fmt.Errorf("no key is known for %q", letter)
		}
		if err := k.press(key); err != nil {
			return err
		}
	}
	return nil
}

// typeAddress types an address of figures and dots.
func (k *keyboard) typeAddress(address string, l layout) error {
	for _, c := range []byte(address) {
		keys := l.dot
		if c != '.' {
			figure := keyOne + (uint16(c-'0')+9)%10 // the zero is after the nine
			keys = []uint16{figure}
			if l.figures {
				keys = []uint16{keyShift, figure}
			}
		}
		if err := k.press(keys...); err != nil {
			return err
		}
	}
	return nil
}

// send tells the kernel of a key, and that this was all for now.
func (k *keyboard) send(key uint16, down uint32) error {
	events := make([]byte, 2*eventLength)
	binary.LittleEndian.PutUint16(events[16:], evKey)
	binary.LittleEndian.PutUint16(events[18:], key)
	binary.LittleEndian.PutUint32(events[20:], down)
	binary.LittleEndian.PutUint16(events[eventLength+16:], evSyn)
	_, err := k.file.Write(events)
	clear(events)
	return err
}
