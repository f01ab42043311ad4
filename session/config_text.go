package session

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxStationName = 60
	maxURL         = 2000
	maxWatch       = 16
	// maxQueue is lpadmin(8)'s limit.
	maxQueue = 127
)

// lineRule allows a short text that fits on one line of the screen.
func lineRule(to *string, most int) configRule {
	return configRule{fmt.Sprintf("write at most %d characters, on one line", most), func(value any) string {
		text, isText := value.(string)
		if !isText {
			return shown(value) + " is not a text"
		}
		if problem := lineProblem(text, most); problem != "" {
			return problem
		}
		*to = text
		return ""
	}}
}

// lineProblem refuses what would move the cursor or turn the text around on the screen.
func lineProblem(text string, most int) string {
	if n := utf8.RuneCountInString(text); n > most {
		return fmt.Sprintf("%s has %d characters", shown(text), n)
	}
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return shown(text) + " has a character that cannot be shown"
	}
	return ""
}

// pathRule allows an absolute path, or none.
func pathRule(to *Path, allowed string) configRule {
	return configRule{allowed, func(value any) string {
		text, isText := value.(string)
		if !isText || (text != "" && !isPath(text)) {
			return shown(value) + " is not an absolute path"
		}
		*to = Path(text)
		return ""
	}}
}

// pathsRule allows a list of absolute paths.
func pathsRule(to *[]Path) configRule {
	return configRule{fmt.Sprintf(`write at most %d of them, as in ["/media", "/run/media"]`, maxWatch), func(value any) string {
		list, isList := value.([]any)
		if !isList {
			return shown(value) + " is not a list of absolute paths"
		}
		if len(list) > maxWatch {
			return fmt.Sprintf("there are %d paths", len(list))
		}
		var found []Path
		for _, item := range list {
			text, isText := item.(string)
			if !isText || !isPath(text) {
				return shown(item) + " is not an absolute path"
			}
			if slices.Contains(found, Path(text)) {
				return shown(item) + " is there twice"
			}
			found = append(found, Path(text))
		}
		*to = found
		return ""
	}}
}

// isPath wants a path that says where it leads: no "..", no doubled slash, no control character.
func isPath(text string) bool {
	return filepath.IsAbs(text) && filepath.Clean(text) == text && !strings.ContainsFunc(text, unicode.IsControl)
}

// pageRule allows the address of a web page, or none.
func pageRule(to *string) configRule {
	return configRule{`write https://…, or "" for the local page with the official sites`, func(value any) string {
		text, isText := value.(string)
		if !isText {
			return shown(value) + " is not an address"
		}
		if text != "" {
			if problem := addressProblem(text); problem != "" {
				return problem
			}
		}
		*to = text
		return ""
	}}
}

// addressProblem refuses an address that would show what a visitor does to others on the way (http), or that carries
// somebody's password. A page of this computer may be http: nothing of it goes out.
func addressProblem(text string) string {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || len(text) > maxURL || strings.ContainsFunc(text, unicode.IsSpace):
		return shown(text) + " is not a web address"
	case u.User != nil:
		return "the address holds a user name"
	case u.Scheme == "https", u.Scheme == "http" && isLoopback(u.Hostname()):
		return ""
	default:
		return shown(text) + " does not begin with https://"
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// queueRule allows the name of a CUPS queue, with the characters that lpadmin(8) allows; a leading hyphen would be read by
// lp(1) as an option.
func queueRule(to *string) configRule {
	allowed := `write the name that "lpstat -e" shows, "default" for the default one, or "" to print nothing`
	return configRule{allowed, func(value any) string {
		text, isText := value.(string)
		bad := strings.HasPrefix(text, "-") || len(text) > maxQueue ||
			strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) || strings.ContainsRune(" /#\\'\"?", r) })
		if !isText || bad {
			return shown(value) + " is not the name of a print queue"
		}
		*to = text
		return ""
	}}
}
