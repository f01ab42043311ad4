//go:build vm

package vm

import (
	"strings"
	"testing"
	"time"
)

// TestKeysOpenNothing tries the keys that open a way out of an ordinary PC.
func TestKeysOpenNothing(t *testing.T) {
	m := Station(t)
	boot := m.Guest("cat", "/proc/sys/kernel/random/boot_id")
	for _, keys := range []string{
		"ctrl-alt-f2", "ctrl-alt-f3", "alt-f2", "ctrl-shift-n", "ctrl-shift-o", "ctrl-shift-u", "ctrl-c", "ctrl-z",
		"ctrl-d", "ctrl-backslash", "alt-f4", "alt-sysrq-k", "alt-sysrq-b", "meta_l-ret", "meta_l-d", "meta_l-shift-e",
		"ctrl-alt-delete", "ctrl-alt-backspace", "sleep",
	} {
		m.Press(keys)
		time.Sleep(300 * time.Millisecond)
	}
	for range 9 { // CtrlAltDelBurstAction: more than seven in two seconds
		m.Press("ctrl-alt-delete")
	}
	time.Sleep(5 * time.Second)
	if now := m.Guest("cat", "/proc/sys/kernel/random/boot_id"); now != boot {
		t.Fatal("the computer has restarted")
	}
	if console := m.Guest("cat", "/sys/class/tty/tty0/active"); console != "tty1" {
		t.Errorf("the console is %s", console)
	}
	if n := len(strings.Fields(m.Guest("pgrep", "-x", "foot"))); n != 1 {
		t.Errorf("%d terminals run", n)
	}
	m.AwaitState("ready", 10*time.Second)
	m.Picture("apres-les-touches")
}

// TestOnlyStorageIsLetIn plugs a second keyboard, which may type nothing, and a key, which only the station opens.
func TestOnlyStorageIsLetIn(t *testing.T) {
	m := Station(t)
	before := m.Guest("sh", "-c", "grep -c '^H:.*kbd' /proc/bus/input/devices")
	_, err := m.qmp.do("device_add", arguments{"driver": "usb-kbd", "id": "faux", "bus": "usb.0"})
	m.must(err, "plug a keyboard")
	time.Sleep(5 * time.Second)
	if now := m.Guest("sh", "-c", "grep -c '^H:.*kbd' /proc/bus/input/devices"); now != before {
		t.Errorf("%s keyboards, %s before", now, before)
	}
	if blocked := m.Guest("usbguard", "list-devices", "--blocked"); !strings.Contains(blocked, "03:01:01") {
		t.Errorf("USBGuard blocks %q", blocked)
	}
	device := m.Plug(NewKey(t, "vfat", Files{"lettre.txt": letter}))
	for _, d := range []string{device, device + "1"} {
		if told := m.Guest("udevadm", "info", "--query=property", d); !strings.Contains(told, "UDISKS_AUTO=0") {
			t.Errorf("the desktop would mount %s:\n%s", d, told)
		}
	}
}

// TestTheKeyboardIsLetInAtBoot has the USB controller found while USBGuard starts and is slow, as happens at some boots:
// the kernel has let the keyboard in, or not, by the time that USBGuard hears of it.
func TestTheKeyboardIsLetInAtBoot(t *testing.T) {
	m := Station(t)
	for _, when := range []string{"before", "after"} {
		told := m.Shell(`systemctl stop usbguard.service
cd /sys/bus/pci/drivers/xhci_hcd
controller=$(ls | grep '^0000')
echo "$controller" >unbind
echo -1 >/sys/module/usbcore/parameters/authorized_default # as at boot
if [ ` + when + ` = before ]; then { sleep 1; echo "$controller" >bind; } & fi
systemctl start usbguard.service
if [ ` + when + ` = after ]; then
	systemctl kill --signal=STOP usbguard.service
	echo "$controller" >bind
	sleep 2
	systemctl kill --signal=CONT usbguard.service
fi
wait
udevadm settle; sleep 3
grep --count 'QEMU USB Keyboard' /proc/bus/input/devices || usbguard list-devices`)
		if told != "1" {
			t.Errorf("with a controller found %s USBGuard has started, the keyboard stays outside:\n%s", when, told)
		}
	}
}
