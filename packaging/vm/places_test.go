//go:build vm

package vm

import (
	"regexp"
	"strings"
	"testing"
)

// mayChange are the files of the disk that a session may change: none tells anything of a visitor. Each has its reason.
var mayChange = []*regexp.Regexp{
	regexp.MustCompile(`^/var/lib/estran(/station\.state)?$`),          // one word: open, or closed
	regexp.MustCompile(`^/var/lib/systemd/timers(/stamp-.*)?$`),        // when a timer ran: no visitor starts one
	regexp.MustCompile(`^/var/lib/systemd/timesync(/clock)?$`),         // the hour, kept for the next boot
	regexp.MustCompile(`^/var/lib/NetworkManager/timestamps$`),         // when a network was last used
	regexp.MustCompile(`^/etc/cups(/subscriptions\.conf(\.O|\.N)?)?$`), // who asked CUPS for news: none of ours
	regexp.MustCompile(`^/etc/cups/printers\.conf(\.O|\.N)?$`),         // the state of the queue, and since when
}

// TestPlaces: a whole visit changes no file on the disk but those few, and leaves nothing in the places where a system
// notes who was there: logins, temporary files, shared memory, queues between programs, caches, states of services.
func TestPlaces(t *testing.T) {
	v := proofVisit(t)
	v.Shell("sync; touch /root/before; sleep 2")
	before := v.notes()
	v.plant()
	v.leave()
	v.Shell("sync")
	changed := v.Shell(`find / -xdev -newer /root/before -fstype ext4 ! -path /root/before \( -type f -o -type d -o -type l \) -print 2>/dev/null`)
	for path := range strings.Lines(changed) {
		path = strings.TrimSpace(path)
		known := false
		for _, may := range mayChange {
			known = known || may.MatchString(path)
		}
		if !known {
			t.Errorf("a visit changes %s", path)
		}
	}
	if after := v.notes(); after != before {
		t.Errorf("the places that note who was there changed.\nbefore:\n%s\nafter:\n%s", before, after)
	}
	v.nothingIsLeft()
}

// notes lists what is in the places where a running system notes things, without what is always there.
func (m *Machine) notes() string {
	m.t.Helper()
	return m.Shell(`for place in /dev/shm /dev/mqueue /run/user /tmp /var/tmp /var/lib/systemd/coredump /var/lib/systemd/linger \
	/var/lib/systemd/pstore /var/crash /sys/fs/pstore /var/lib/udisks2 /run/udisks2 /run/blkid /var/lib/upower \
	/var/lib/AccountsService /var/lib/bluetooth /var/cache/fontconfig /var/lib/plocate /var/log/audit /var/log/usbguard; do
	echo "$place: $(ls -A "$place" 2>/dev/null | grep -v '^systemd-private-' | tr '\n' ' ')"
done
for log in /var/log/wtmp /var/log/btmp /var/log/lastlog /var/lib/wtmpdb/wtmp.db /run/utmp; do
	echo "$log: $(stat -c %s "$log" 2>/dev/null)"
done
echo "ipcs: $(tail -n +2 -q /proc/sysvipc/msg /proc/sysvipc/sem /proc/sysvipc/shm)"
echo "keys: $(grep -c -i estran /proc/keys)"
echo "sessions: $(loginctl list-sessions --no-legend)"
echo "measures of servers: $(ip tcp_metrics show | wc -l)"
echo "connections: $(ss -tanH state established | grep -v 127.0.0.1 | wc -l)"`)
}
