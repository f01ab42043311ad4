// Package usb tells what is plugged into the computer and not let in: a keyboard beside the one that is there, a network
// card, a key that is also something else, a phone.
//
// Who lets in is USBGuard (packaging/deb/root/usr/share/estran/usbguard/rules.conf); this package only looks, so that
// somebody can be told why nothing happens. The kernel keeps a device outside with authorized=0: it has an address and its
// descriptors were read, but it has no configuration, no driver and no interface
// (https://docs.kernel.org/usb/authorization.html). What it says that it is stands in those descriptors, the file
// "descriptors" of each device in sysfs (Documentation/ABI/testing/sysfs-bus-usb). They are foreign bytes: read within a
// bound, and nothing is kept of them but one word. Names and serial numbers are in other files, which nobody opens here.
package usb
