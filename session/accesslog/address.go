package accesslog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Addresses are those of this computer on the networks it is on, IPv4 first; none where it is on none.
//
// They are read from the first process's view of the network: a service without a network of its own sees nothing in its
// own (proc_pid_net(5); systemd.exec(5), PrivateNetwork=).
func Addresses() ([]netip.Addr, error) {
	trie, err := os.ReadFile("/proc/1/net/fib_trie")
	if err != nil {
		return nil, fmt.Errorf("cannot find the addresses of this computer: %w", err)
	}
	inet6, err := os.ReadFile("/proc/1/net/if_inet6")
	if err != nil && !errors.Is(err, os.ErrNotExist) { // a kernel without IPv6 has none
		return nil, fmt.Errorf("cannot find the addresses of this computer: %w", err)
	}
	return tidy(append(parseTrie(trie), parseInet6(inet6)...)), nil
}

// parseTrie reads the addresses of this computer out of the kernel's routes: a leaf "|-- 192.0.2.2" with "/32 host LOCAL"
// below it (net/ipv4/fib_trie.c, fib_trie_seq_show).
func parseTrie(data []byte) []netip.Addr {
	var found []netip.Addr
	var leaf netip.Addr
	for text := range lines(data) {
		if address, is := strings.CutPrefix(text, "|-- "); is {
			leaf, _ = netip.ParseAddr(address)
			continue
		}
		if f := strings.Fields(text); len(f) == 3 && f[0] == "/32" && f[1] == "host" && f[2] == "LOCAL" && leaf.Is4() {
			found = append(found, leaf)
		}
	}
	return found
}

// What the kernel says of an address that is not to be used, for it may be somebody else's (linux/if_addr.h).
const (
	duplicate = 0x08 // IFA_F_DADFAILED
	tentative = 0x40 // IFA_F_TENTATIVE
)

// parseInet6 reads lines such as "fd000000000000000000000000000002 04 40 00 82 eth0": the address, the number of the
// interface, the length of the prefix, the scope, the flags (net/ipv6/addrconf.c, if6_seq_show).
func parseInet6(data []byte) []netip.Addr {
	var found []netip.Addr
	for text := range lines(data) {
		f := strings.Fields(text)
		if len(f) != 6 || len(f[0]) != 32 {
			continue
		}
		var groups []string
		for part := range slices.Chunk([]byte(f[0]), 4) {
			groups = append(groups, string(part))
		}
		address, err := netip.ParseAddr(strings.Join(groups, ":"))
		flags, notFlags := strconv.ParseUint(f[4], 16, 32)
		if err == nil && notFlags == nil && flags&(duplicate|tentative) == 0 {
			found = append(found, address)
		}
	}
	return found
}

// lines gives each line without the space around it.
func lines(data []byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan() && yield(strings.TrimSpace(s.Text())); {
		}
	}
}

// usable says that others on the network know the computer by this address.
func usable(a netip.Addr) bool {
	return a.IsValid() && a.Zone() == "" && !a.Is4In6() && a.IsGlobalUnicast()
}

// tidy gives the usable ones, each once and in order, IPv4 first.
func tidy(all []netip.Addr) []netip.Addr {
	kept := []netip.Addr{}
	for _, a := range all {
		if usable(a) {
			kept = append(kept, a)
		}
	}
	slices.SortFunc(kept, netip.Addr.Compare)
	kept = slices.Compact(kept)
	return kept[:min(len(kept), mostAddresses)]
}
