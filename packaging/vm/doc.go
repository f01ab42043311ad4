//go:build vm

// Package vm is the acceptance machine: a fresh Debian 13 under QEMU, in which the package is installed with apt, the
// machine reboots, and a test does at the keyboard, the mouse and the USB port what a visitor would.
//
//	sh packaging/test vm [-run NAME]
//
// ESTRAN_VM_DEBIAN=bookworm makes it a Debian 12, with disks of its own.
//
// What is slow is done once and kept in ${XDG_CACHE_HOME:-~/.cache}/estran/vm: the disk of a fresh Debian, the same
// booted (a snapshot), and the same with one very package installed and the kiosk on the screen (another snapshot). Each
// test starts from the last in seconds, in a QEMU of its own. There is never more than one.
//
// QEMU emulates the processor in software, so that the machine runs anywhere; everything in it is about ten times
// slower than on a PC. All else is as on a PC: UEFI, GRUB, the boot menu that update-grub wrote, the kernel's own
// drivers for the keyboard, the mouse and the keys.
package vm
