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

// isHost says that a name is one of a site on the internet, written as DNS carries it (RFC 1123, 2.1; an international
// name is in its ASCII form): neither an address, nor a computer of the place, nor a whole family of sites.
func isHost(name string) bool {
	labels := strings.Split(name, ".")
	if len(name) > longestHost {
		return false
	}
	for _, label := range labels {
		if !isLabel(label) {
			return false
		}
	}
	switch top := labels[len(labels)-1]; {
	case strings.ContainsAny(top[:1], "0123456789"): // 127.0.0.1, 0x7f.1: browsers read these as addresses
		return false
	case session.LocalHost(name), session.WideHost(name):
		return false
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
