package conditions

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

var listeners = condition{
	id: "listeners", title: "Portes du réseau",
	why:   "Ce qui écoute sur le réseau peut être attaqué de loin, et le navigateur du visiteur l'atteint aussi.",
	probe: lookAtListeners,
}

func lookAtListeners(_ context.Context, e *exam) finding {
	var ssh, other []string
	for _, table := range []struct {
		file, name string
		// state is that of a socket that waits: LISTEN, or for UDP one that is connected to nobody (net/tcp_states.h).
		state string
	}{{"tcp", "TCP", "0A"}, {"tcp6", "TCP", "0A"}, {"udp", "UDP", "07"}, {"udp6", "UDP", "07"}} {
		// Those of the first process: this one may be in a network of its own.
		data, err := e.ReadFile("/proc/1/net/" + table.file)
		if err != nil {
			return unknown("Regarder : ss -tulpn", "/proc/1/net/%s ne se lit pas.", table.file)
		}
		found, err := waiting(string(data), table.state)
		if err != nil {
			return unknown("Regarder : ss -tulpn", "/proc/1/net/%s ne se comprend pas : %v.", table.file, err)
		}
		for _, at := range found {
			name := fmt.Sprintf("%s %d", table.name, at.Port())
			switch {
			case table.name == "UDP" && harmlessUDP(at.Port()):
			case name == "TCP 22":
				ssh = append(ssh, name)
			case !slices.Contains(other, name):
				other = append(other, name)
			}
		}
	}
	switch {
	case len(other) > 0:
		return fail("Trouver le programme (ss -tulpn), et l'enlever ou le restreindre à 127.0.0.1.", "Écoutent sur le réseau : %s.", list(other))
	case len(ssh) > 0:
		return warn("Réserver SSH à l'informatique : clé, pare-feu, AllowUsers. Sinon : apt purge openssh-server", "SSH (TCP 22) écoute sur le réseau.")
	}
	return fine("Rien n'écoute hors du poste lui-même.")
}

// harmlessUDP says that a port is that of a client: DHCP, or one that the kernel gave to a program that only asks, such
// as a browser that speaks HTTP/3 (ip(7), ip_local_port_range).
func harmlessUDP(port uint16) bool { return port == 68 || port == 546 || port >= 32768 }

// waiting lists the sockets of a table in that state, but those of the loopback (proc(5), /proc/net/tcp).
func waiting(table, state string) ([]netip.AddrPort, error) {
	var found []netip.AddrPort
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) < 4 || f[0] == "sl" || f[3] != state {
			continue
		}
		at, err := address(f[1])
		if err != nil {
			return nil, err
		}
		if !at.Addr().IsLoopback() {
			found = append(found, at)
		}
	}
	return found, nil
}

// address reads an address such as 0100007F:0277: words of four bytes in the order of the processor, which is little
// endian on all that Estran is built for, then the port.
func address(s string) (netip.AddrPort, error) {
	bad := fmt.Errorf("%q is no address", s)
	words, port, found := strings.Cut(s, ":")
	raw, err := hex.DecodeString(words)
	if err != nil || !found || len(raw)%4 != 0 {
		return netip.AddrPort{}, bad
	}
	for word := range slices.Chunk(raw, 4) {
		slices.Reverse(word)
	}
	ip, ok := netip.AddrFromSlice(raw)
	n, err := strconv.ParseUint(port, 16, 16)
	if !ok || err != nil {
		return netip.AddrPort{}, bad
	}
	return netip.AddrPortFrom(ip, uint16(n)), nil
}
