package usb

import (
	"slices"

	"estran/session"
)

// The classes that make a difference (https://www.usb.org/defined-class-codes).
const (
	baseCommunication = 0x02 // modems and most network cards
	baseHID           = 0x03 // keyboards, mice
	baseImage         = 0x06 // cameras and phones: PTP, MTP
	baseStorage       = 0x08
	baseWireless      = 0xE0 // Bluetooth, RNDIS
	baseMiscellaneous = 0xEF
	baseVendor        = 0xFF
)

var (
	bootKeyboard = class{baseHID, 1, 1}
	rndis        = class{baseMiscellaneous, 4, 1} // RNDIS over Ethernet
	oldMTP       = class{baseVendor, 0xFF, 0}     // Android before it took the class of cameras: bulk, bulk, interrupt
	androidDebug = class{baseVendor, 0x42, 1}     // adb
	appleMux     = class{baseVendor, 0xFE, 2}     // an iPhone's own way to a computer
)

// apple is the vendor of iPhones: they have a HID interface in one configuration, and are no keyboard.
const apple = 0x05AC

// refusal is the word for a device that is not let in. It rests on what the device says of itself, and so may be wrong
// about one that lies: it lets nothing in.
func (d descriptors) refusal() session.Refusal {
	switch {
	case d.has(isStorage) && d.has(isOther):
		return session.RefusedDouble
	case d.is(bootKeyboard):
		return session.RefusedKeyboard
	case d.has(func(f function) bool { return d.ofPhone(f) }):
		return session.RefusedPhone
	case d.has(func(f function) bool { return f.base == baseHID }):
		return session.RefusedKeyboard
	case d.has(isNetwork):
		return session.RefusedNetwork
	default:
		return session.RefusedOther
	}
}

func (d descriptors) has(what func(function) bool) bool {
	return slices.ContainsFunc(d.functions, what)
}

func (d descriptors) is(c class) bool { return d.has(func(f function) bool { return f.class == c }) }

func isStorage(f function) bool { return f.base == baseStorage }

func isOther(f function) bool { return f.base != baseStorage }

// isNetwork knows the classes of network cards, modems and radios. A card with a class of its vendor's own says nothing.
func isNetwork(f function) bool {
	return f.base == baseCommunication || f.base == baseWireless || f.class == rndis
}

// ofPhone says that an interface is one of a phone or a camera. A phone that shares its network has others beside.
func (d descriptors) ofPhone(f function) bool {
	switch f.class {
	case androidDebug:
		return true
	case oldMTP:
		return f.endpoints == 3
	case appleMux:
		return d.vendor == apple
	default:
		return f.base == baseImage
	}
}

// bad orders the refusals: what is most likely meant to do harm is told first, and what stays plugged in for an hour to
// be charged hides nothing else.
var bad = []session.Refusal{
	session.RefusedNothing, session.RefusedPhone, session.RefusedOther, session.RefusedNetwork, session.RefusedKeyboard,
	session.RefusedDouble,
}

// worse gives the one to tell of two.
func worse(a, b session.Refusal) session.Refusal {
	if slices.Index(bad, b) > slices.Index(bad, a) {
		return b
	}
	return a
}
