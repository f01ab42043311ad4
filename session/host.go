package session

import (
	"slices"
	"strings"
)

// localTops are the endings that are no site of the web: of this computer, of the network of the place (RFC 6762, appendix
// G), and reserved ones (RFC 6761, RFC 7686).
var localTops = []string{
	"localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "invalid", "onion",
}

// LocalHost says that a name is that of a computer of the place rather than of a site. Like WideHost, it takes a name as
// DNS carries it: in lower case, in ASCII, without a dot at its end.
func LocalHost(name string) bool {
	return slices.Contains(localTops, name[strings.LastIndexByte(name, '.')+1:])
}

// families are the words before a country under which that country gives names to anybody: gouv.fr, co.uk, com.ma.
var families = strings.Fields(`
	ac adm asso avocat biz co com ed edu fed gob gouv gov govt go gv id inf info int k12 ltd mil muni ne net nhs nic nom
	or org plc police prd presse pro sch school tm`)

// WideHost says that a name is a family of sites rather than one: what a mandate names is opened with all that is under
// it. Who makes a mandate and who limits the browser both ask. golang.org/x/net/publicsuffix knows all families of the
// world, but brings net/http along, which nothing of a station may link; a test of session/assist/mandate holds this rule
// to that list.
func WideHost(name string) bool {
	first, country, two := strings.Cut(name, ".")
	return !two || len(country) == 2 && slices.Contains(families, first)
}
