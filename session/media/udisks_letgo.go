package media

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"
)

// letGoPatience is how long a drive may take to stop: a disk that turns takes a few seconds.
const letGoPatience = 8 * time.Second

// LetGo asks UDisks2 to stop the drive that a key is on, after Eject, so that a light goes out and a disk stops turning.
// The device may vanish by it, as if it had been pulled out: stopped says that it was asked to. It takes a few seconds at
// most. An error is for the log alone: the key is safe to pull out without it.
func (u *UDisks) LetGo(ctx context.Context, src Source) (stopped bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, letGoPatience)
	defer cancel()
	b, err := dial(ctx)
	if err != nil {
		return false, err
	}
	defer b.close()
	all, err := b.objects(ctx)
	if err != nil {
		return false, err
	}
	path, method := all.stop(src.Path, u.isKey)
	if method == "" {
		return false, nil
	}
	options := map[string]dbus.Variant{"auth.no_user_interaction": dbus.MakeVariant(true)}
	call := b.conn.Object(udisksName, path).CallWithContext(ctx, driveInterface+"."+method, dbus.FlagNoAutoStart, options)
	if call.Err != nil {
		return false, busFault("cannot stop the drive", call.Err)
	}
	return true, nil
}

// stop is the drive of a device, and how to stop it; "" when that cannot be done, or is better not.
//
// A drive whose medium changes is only ejected: it may be the computer's own reader of cards, which has no power any more
// once it was taken, until the computer starts again. So is one that shares its device with others.
func (o objects) stop(device string, isKey func(block, drive) bool) (path dbus.ObjectPath, method string) {
	for _, b := range o.blocks {
		d, known := o.drive[b.drive]
		if b.device != device || !known || !isKey(b, d) {
			continue
		}
		switch {
		case d.canPowerOff && !d.changeable && d.sibling != "" && o.siblings(d.sibling) == 1:
			return b.drive, "PowerOff"
		case d.ejectable:
			return b.drive, "Eject"
		}
	}
	return "", ""
}

func (o objects) siblings(name string) int {
	n := 0
	for _, d := range o.drive {
		if d.sibling == name {
			n++
		}
	}
	return n
}
