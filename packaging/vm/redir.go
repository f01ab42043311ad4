//go:build vm

package vm

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Liar is a USB device that QEMU has no model of: what it says that it is was written by the test. It is the far end of
// QEMU's usb-redir device, and does nothing but to describe itself; whatever else it is asked, it stalls.
// https://gitlab.freedesktop.org/spice/usbredir/-/blob/main/docs/usb-redirection-protocol.md
type Liar struct {
	path  string
	lines chan net.Conn
	line  net.Conn

	mu   sync.Mutex // guards what follows
	face face
}

// NewLiar makes one that waits for QEMU to call.
func NewLiar(t testing.TB, f face) *Liar {
	t.Helper()
	dir, err := os.MkdirTemp("", "liar-") // a path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	l := &Liar{path: filepath.Join(dir, "usb"), face: f, lines: make(chan net.Conn, 1)}
	door, err := net.Listen("unix", l.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Close(); _ = os.RemoveAll(dir) })
	go func() {
		if line, err := door.Accept(); err == nil {
			l.lines <- line
		}
	}()
	return l
}

// The packets that this device sends or is sent.
const (
	redirConnect         = 1
	redirDisconnect      = 2
	redirInterfaces      = 4
	redirEndpoints       = 5
	redirSetConfig       = 6
	redirGetConfig       = 7
	redirConfigStatus    = 8
	redirSetAlt          = 9
	redirGetAlt          = 10
	redirAltStatus       = 11
	redirStartInterrupt  = 15
	redirStopInterrupt   = 16
	redirInterruptStatus = 17
	redirControl         = 100
	redirBulk            = 101

	redirStall = 4

	// The capabilities that QEMU wants of a device on an xHCI controller: endpoints tell how much they take at once,
	// packets have numbers of 64 bits, and lengths of 32. All are in force from the greetings on.
	redirPacketSizes = 1 << 4
	redirLongNumbers = 1 << 5
	redirLongLengths = 1 << 6
)

// The sizes of what stands before each packet: kind, length, number.
const (
	headOfHello  = 4 + 4 + 4
	headOfPacket = 4 + 4 + 8
)

// PlugLiar has QEMU call the device and show it to the guest.
func (m *Machine) PlugLiar(l *Liar, id string) {
	m.t.Helper()
	_, err := m.qmp.do("chardev-add", arguments{"id": id + "-line", "backend": arguments{
		"type": "socket", "data": arguments{"server": false, "addr": arguments{
			"type": "unix", "data": arguments{"path": l.path},
		}},
	}})
	m.must(err, "call a device")
	l.line = <-l.lines
	m.Attach("usb-redir", id, arguments{"chardev": id + "-line"})
	m.must(l.greet(), "greet QEMU")
	go func() {
		if err := l.serve(); !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
			fmt.Fprintln(os.Stderr, "the made USB device:", err)
		}
	}()
}

// Become is what a key of an attacker does: it leaves the bus and comes back as something else.
func (l *Liar) Become(f face) error {
	if err := l.send(redirDisconnect, 0, nil); err != nil {
		return err
	}
	l.mu.Lock()
	l.face = f
	l.mu.Unlock()
	return l.appear()
}

func (l *Liar) shown() face {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.face
}

func (l *Liar) greet() error {
	hello := make([]byte, headOfHello+64+4) // a version to read, then the capabilities
	binary.LittleEndian.PutUint32(hello[4:], 64+4)
	copy(hello[headOfHello:], "estran acceptance")
	binary.LittleEndian.PutUint32(hello[headOfHello+64:], redirPacketSizes|redirLongNumbers|redirLongLengths)
	if _, err := l.line.Write(hello); err != nil {
		return err
	}
	return l.appear()
}

// appear says what there is, then that it is plugged in.
func (l *Liar) appear() error {
	shown, interfaces := l.shown(), make([]byte, 4+4*32)
	binary.LittleEndian.PutUint32(interfaces, uint32(len(shown)))
	endpoints := make([]byte, 3*32+2*32)
	for i := range 32 {
		endpoints[i] = 255 // none
	}
	for _, control := range []int{0, 16} {
		endpoints[control], endpoints[96+2*control] = 0, packetSize
	}
	for i, class := range shown {
		interfaces[4+i] = byte(i)
		interfaces[4+32+i], interfaces[4+64+i], interfaces[4+96+i] = class[0], class[1], class[2]
		for _, e := range endpointsOf(i, class) {
			at := int(e.address&0x0F) + int(e.address>>7)*16
			endpoints[at], endpoints[32+at], endpoints[64+at] = e.kind, e.interval, byte(i)
			endpoints[96+2*at] = packetSize
		}
	}
	err := l.send(redirInterfaces, 0, interfaces)
	if err == nil {
		err = l.send(redirEndpoints, 0, endpoints)
	}
	if err == nil {
		const fullSpeed = 1
		err = l.send(redirConnect, 0, []byte{fullSpeed, 0, 0, 0, 0x34, 0x12, 0x78, 0x56})
	}
	return err
}

func (l *Liar) send(kind uint32, id uint64, body []byte) error {
	packet := binary.LittleEndian.AppendUint32(nil, kind)
	packet = binary.LittleEndian.AppendUint32(packet, uint32(len(body)))
	packet = binary.LittleEndian.AppendUint64(packet, id)
	_, err := l.line.Write(append(packet, body...))
	return err
}

func (l *Liar) serve() error {
	for size := headOfHello; ; size = headOfPacket {
		var head [headOfPacket]byte
		if _, err := io.ReadFull(l.line, head[:size]); err != nil {
			return err
		}
		body := make([]byte, binary.LittleEndian.Uint32(head[4:]))
		if _, err := io.ReadFull(l.line, body); err != nil {
			return err
		}
		kind, id := binary.LittleEndian.Uint32(head[:]), binary.LittleEndian.Uint64(head[8:])
		if err := l.answer(kind, id, body); err != nil {
			return err
		}
	}
}

func (l *Liar) answer(kind uint32, id uint64, body []byte) error {
	switch kind {
	case redirSetConfig:
		return l.send(redirConfigStatus, id, []byte{0, body[0]})
	case redirGetConfig:
		return l.send(redirConfigStatus, id, []byte{0, 1})
	case redirSetAlt:
		return l.send(redirAltStatus, id, []byte{0, body[0], body[1]})
	case redirGetAlt:
		return l.send(redirAltStatus, id, []byte{0, body[0], 0})
	case redirStartInterrupt, redirStopInterrupt:
		return l.send(redirInterruptStatus, id, []byte{0, body[0]})
	case redirControl:
		return l.control(id, body)
	case redirBulk:
		// Endpoint, status, the length's lower half, stream, its upper half; the data of an OUT is dropped.
		answer := append([]byte(nil), body[:10]...)
		answer[1], answer[2], answer[3], answer[8], answer[9] = redirStall, 0, 0, 0, 0
		return l.send(redirBulk, id, answer)
	default: // the greeting, the end of a packet that was given up
		return nil
	}
}

// control answers what every device is asked: to describe itself.
func (l *Liar) control(id uint64, body []byte) error {
	const getDescriptor, in = 6, 0x80
	request, toWhom := body[1], body[2]
	value, length := binary.LittleEndian.Uint16(body[4:]), binary.LittleEndian.Uint16(body[8:])
	answer := append([]byte(nil), body[:10]...)
	answer[3] = 0 // done; QEMU leaves there what it likes
	var said []byte
	if request == getDescriptor && toWhom&in != 0 {
		said = l.shown().descriptor(byte(value >> 8))
	}
	if toWhom&in == 0 {
		return l.send(redirControl, id, answer)
	}
	if said == nil {
		answer[3] = redirStall
	}
	said = said[:min(len(said), int(length))]
	binary.LittleEndian.PutUint16(answer[8:], uint16(len(said)))
	return l.send(redirControl, id, append(answer, said...))
}
