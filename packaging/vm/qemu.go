//go:build vm

package vm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// firmware is Debian's build of UEFI for QEMU (package ovmf).
const firmware = "/usr/share/OVMF/OVMF_CODE_4M.fd"

// qemu is a running QEMU process.
type qemu struct {
	dir    string // its sockets
	ended  chan struct{}
	stderr bytes.Buffer // read it after ended is closed
	cancel context.CancelFunc
}

// hardware is the command line: a PC with two processors, 3 GiB, a screen of 1280 by 720, a loudspeaker and a microphone.
// Nothing of the command line of the guest's kernel is said here: that is the business of the guest's own boot menu.
//
// The processor is what QEMU's "max" is, all of it: without svm, systemd finds none of its mounts (QEMU 7.2).
func hardware(dir, disk string) []string {
	in := func(name string) string { return filepath.Join(dir, name) }
	return []string{
		"-nodefaults", "-no-user-config", "-display", "none", "-name", "estran",
		"-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max", "-M", "q35,smm=off", "-smp", "2", "-m", "3G",
		"-drive", "if=pflash,format=raw,unit=0,readonly=on,file=" + firmware,
		"-blockdev", "qcow2,node-name=disk,discard=unmap,cache.no-flush=on,file.cache.no-flush=on,file.driver=file,file.filename=" + disk,
		"-device", "virtio-blk-pci,drive=disk,serial=disque,bootindex=1",
		"-device", "virtio-vga,xres=1280,yres=720",
		"-device", "qemu-xhci,id=usb,p2=8,p3=8", "-device", "usb-kbd,bus=usb.0,port=1", "-device", "usb-tablet,bus=usb.0,port=2",
		"-audiodev", "wav,id=sound,path=" + in("sound"), "-device", "ich9-intel-hda", "-device", "hda-duplex,audiodev=sound",
		"-device", "virtio-rng-pci",
		"-netdev", "user,id=net,ipv6=off", "-device", "virtio-net-pci,netdev=net,romfile=",
		"-device", "virtio-serial-pci",
		"-chardev", "socket,id=agent,server=on,wait=off,path=" + in("agent"),
		"-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
		"-chardev", "file,id=serial,path=" + in("serial"), "-device", "isa-serial,chardev=serial",
		"-qmp", "unix:" + in("qmp") + ",server=on,wait=off",
	}
}

// startQEMU starts the machine from a disk; snapshot names the state to start from, "" is switched off.
func startQEMU(disk, snapshot string) (*qemu, error) {
	cache, err := cacheDir()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", socketsPrefix(cache))
	if err != nil {
		return nil, err
	}
	args := hardware(dir, disk)
	if snapshot != "" {
		args = append(args, "-loadvm", snapshot)
	}
	ctx, cancel := context.WithCancel(context.Background())
	q := &qemu{dir: dir, ended: make(chan struct{}), cancel: cancel}
	cmd := exec.CommandContext(ctx, "qemu-system-x86_64", args...)
	cmd.Stderr = &q.stderr
	// It dies with the test, even when that is killed. The signal goes with the thread that started the process, so
	// that thread stays until the end (https://go.dev/issue/27505).
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
		}
		close(q.ended)
	}()
	if err := <-started; err != nil {
		cancel()
		return nil, fmt.Errorf("cannot start QEMU (packages qemu-system-x86 and ovmf): %w", err)
	}
	return q, nil
}

// stop ends QEMU at once, as when the plug is pulled.
func (q *qemu) stop() error {
	q.cancel()
	defer func() { _ = os.RemoveAll(q.dir) }()
	select {
	case <-q.ended:
		return nil
	case <-time.After(20 * time.Second):
		return errors.New("QEMU does not end")
	}
}
