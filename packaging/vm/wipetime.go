//go:build vm

package vm

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// WatchWipe has the guest look at the station again and again, and gives a function that tells, once the wipe is over, how
// long its session part took: from the end of the session until nothing of it is left in the station's directories, each
// step checked. What the screen and the services take to start anew is not in it. The looking takes the guest's time too.
func (m *Machine) WatchWipe() (took func() time.Duration) {
	m.t.Helper()
	m.Shell(`cat >/run/watch-wipe <<'END'
while :; do
	echo "$(date +%s.%N) $(busctl --json=short --auto-start=no get-property org.estran.Station1 /org/estran/Station1 org.estran.Maintenance1 Status)"
done >/run/wipe-times
END
systemd-run --quiet --unit=watch-wipe sh /run/watch-wipe`)
	return func() time.Duration {
		m.t.Helper()
		m.Guest("systemctl", "stop", "watch-wipe.service")
		seen := m.Shell("cat /run/wipe-times; rm /run/wipe-times /run/watch-wipe")
		var began, over float64
		for line := range strings.Lines(seen) {
			at, status, _ := strings.Cut(strings.TrimSpace(line), " ")
			when, err := strconv.ParseFloat(at, 64)
			if err != nil {
				continue
			}
			switch state, remains := wipeSeen(status); {
			case state == "open":
				began = when // the last time that it was seen open
			case began > 0 && over == 0 && remains == "verified":
				over = when
			}
		}
		if began == 0 || over == 0 {
			m.t.Fatal("the wipe was not seen")
		}
		return time.Duration((over - began) * float64(time.Second))
	}
}

// wipeSeen reads, of a status, the state and that of the step "remains".
func wipeSeen(status string) (state, remains string) {
	var property struct {
		Data map[string]struct{ Data json.RawMessage }
	}
	if json.Unmarshal([]byte(status), &property) != nil {
		return "", ""
	}
	_ = json.Unmarshal(property.Data["State"].Data, &state)
	var steps [][2]string
	_ = json.Unmarshal(property.Data["Wipe"].Data, &steps)
	for _, s := range steps {
		if s[0] == "remains" {
			remains = s[1]
		}
	}
	return state, remains
}
