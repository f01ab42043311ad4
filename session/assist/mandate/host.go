package mandate

import (
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"estran/session"
)

// HostError says why a text is no host that a mandate may name. It is a code of ProblemCodes, and holds nothing of the
// text.
type HostError string

// The reasons.
const (
	ErrHostForm   HostError = "host_form"   // it is not written as the name of a site
	ErrHostNumber HostError = "host_number" // it is an address in figures
	ErrHostLocal  HostError = "host_local"  // it is a computer of the place, not a site
	ErrHostWide   HostError = "host_wide"   // it is not one site but a whole family of them: "fr", "gouv.fr"
)

// Error says it in English, for a log.
func (e HostError) Error() string { return "not the name of a site: " + string(e) }

// Host gives the name of a host from what somebody typed or pasted: "https://www.caf.fr/mon-compte" and "CAF.fr." are
// both "caf.fr". It is in lower case and ASCII (IDNA), without a leading "www.": the browser opens it and all that is
// under it. The error is a HostError.
func Host(text string) (string, error) {
	name, err := host(text)
	if err != "" {
		return "", err
	}
	return name, nil
}

// Hosts gives the sites of the mandate as clean names, each once, in their order: what session.ActOptions takes.
func (m Mandate) Hosts() ([]session.Private, error) {
	var clean []session.Private
	for _, s := range m.Sites {
		name, err := Host(s.Reveal())
		if err != nil {
			return nil, err
		}
		if !slices.Contains(clean, session.Private(name)) {
			clean = append(clean, session.Private(name))
		}
	}
	if len(clean) > session.MaxActSites {
		return nil, errors.New("the mandate names too many sites")
	}
	return clean, nil
}

func host(text string) (string, HostError) {
	name, ok := hostPart(text)
	if !ok || !utf8.ValidString(name) {
		return "", ErrHostForm
	}
	if isNumber(name) {
		return "", ErrHostNumber
	}
	name, err := idna.Lookup.ToASCII(name)
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	switch {
	case err != nil || name == "" || len(name) > 253 || slices.ContainsFunc(strings.Split(name, "."), badLabel):
		return "", ErrHostForm
	case isNumber(name): // figures in another script, or full-width ones
		return "", ErrHostNumber
	case session.LocalHost(name):
		return "", ErrHostLocal
	}
	if rest, www := strings.CutPrefix(name, "www."); www && !session.WideHost(rest) {
		name = rest
	}
	if session.WideHost(name) || strings.HasPrefix(name, "www.") {
		return "", ErrHostWide
	}
	return name, ""
}

// hostPart takes the host out of an address. Whoever is written before an @ is refused: it is an e-mail address, or an
// address that is made to look like another one (https://caf.fr@example.net).
func hostPart(text string) (string, bool) {
	text = strings.Trim(strings.TrimSpace(text), "«»“”\"'<>()[]\u00a0 \u200e\u200f")
	if !strings.Contains(text, "://") {
		text = "https://" + strings.TrimPrefix(text, "//")
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil || (u.Scheme != "https" && u.Scheme != "http") {
		return "", false
	}
	return u.Hostname(), u.Hostname() != ""
}

// badLabel bounds what is between two dots (RFC 1035, 2.3.4).
func badLabel(label string) bool { return label == "" || len(label) > 63 }

// isNumber recognises addresses in figures, also in the forms that browsers complete: 127.1, 0x7f000001, 2130706433 (URL
// standard, "ends in a number").
func isNumber(name string) bool {
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return true
	}
	last := name[strings.LastIndexByte(strings.TrimSuffix(name, "."), '.')+1:]
	last = strings.TrimSuffix(last, ".")
	hex, isHex := strings.CutPrefix(strings.ToLower(last), "0x")
	return last != "" && (strings.Trim(last, "0123456789") == "" || isHex && strings.Trim(hex, "0123456789abcdef") == "")
}
