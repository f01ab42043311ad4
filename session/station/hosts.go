package station

import (
	"net/netip"
	"slices"
	"strings"

	"estran/session"
)

// hosts gives the names of hosts that a mandate names, in lower case, each once. The kiosk cleans what was typed
// (session/assist/mandate); here nothing is mended: ErrForm for whatever is no plain name of a host on the internet, as
// it becomes a pattern of the browser's, where a star or a slash would open more than was signed.
func hosts(sites []session.Private) ([]session.Private, error) {
	if len(sites) > session.MaxActSites {
		return nil, session.ErrForm
	}
	var out []session.Private
	for _, site := range sites {
		host := strings.ToLower(site.Reveal())
		if !isHost(host) {
			return nil, session.ErrForm
		}
		if !slices.Contains(out, session.Private(host)) {
			out = append(out, session.Private(host))
		}
	}
	return out, nil
}

// Bounds of a name (RFC 1035, 2.3.4).
const (
	longestHost  = 253
	longestLabel = 63
)

// isHost says that a name is one of a host on the internet, written as DNS carries it (RFC 1123, 2.1; an international
// name is in its ASCII form): two labels at least, and neither an address nor this computer.
func isHost(name string) bool {
	labels := strings.Split(name, ".")
	if len(name) > longestHost || len(labels) < 2 {
		return false
	}
	for _, label := range labels {
		if !isLabel(label) {
			return false
		}
	}
	top := labels[len(labels)-1]
	switch {
	case strings.ContainsAny(top[:1], "0123456789"): // 127.0.0.1, 0x7f.1: browsers read these as addresses
		return false
	case top == "localhost", top == "local", top == "internal", top == "onion":
		return false // names of this computer or its network (RFC 6761, RFC 6762), or no host of the DNS
	}
	_, err := netip.ParseAddr(name)
	return err != nil
}

func isLabel(label string) bool {
	if label == "" || len(label) > longestLabel || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	for _, c := range label {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
