package media

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// attach makes a block device of an image (loop(4)). The kernel takes it apart when its last user is gone, so nothing is
// left of it even when this process is killed.
func attach(image *os.File, readOnly bool) (*os.File, error) {
	control, err := os.OpenFile("/dev/loop-control", os.O_RDWR, 0)
	if err != nil {
		return nil, rightless("cannot make a device of the image", err)
	}
	defer control.Close()
	config := unix.LoopConfig{Fd: uint32(image.Fd()), Info: unix.LoopInfo64{Flags: unix.LO_FLAGS_AUTOCLEAR}}
	if readOnly {
		config.Info.Flags |= unix.LO_FLAGS_READ_ONLY
	}
	for try := 0; ; try++ {
		device, err := freeLoop(control)
		if err != nil {
			return nil, err
		}
		err = unix.IoctlLoopConfigure(int(device.Fd()), &config)
		if err == nil {
			return device, nil
		}
		_ = device.Close()
		// Somebody else took that one in between.
		if !errors.Is(err, unix.EBUSY) || try == 20 {
			return nil, rightless("cannot make a device of the image", err)
		}
	}
}

func freeLoop(control *os.File) (*os.File, error) {
	number, err := unix.IoctlRetInt(int(control.Fd()), unix.LOOP_CTL_GET_FREE)
	if err != nil {
		return nil, rightless("cannot find a free device", err)
	}
	device, err := os.OpenFile(fmt.Sprintf("/dev/loop%d", number), os.O_RDWR, 0)
	if err != nil {
		return nil, rightless("cannot open a free device", err)
	}
	return device, nil
}

// rightless tells a lack of rights from every other failure to reach a device.
func rightless(doing string, err error) error {
	kind := ErrUnreadable
	if errors.Is(err, os.ErrPermission) {
		kind = ErrNeedsRoot
	}
	return fmt.Errorf("%s: %w: %w", doing, kind, errno(err))
}
