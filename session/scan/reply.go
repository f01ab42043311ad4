package scan

import (
	"regexp"
	"strings"

	"estran/session"
)

// answer is what one reply of clamd means. The zero value is what cannot be understood.
type answer int

const (
	answerRubbish   answer = iota
	answerOK               // looked at, nothing found
	answerFound            // a signature matched
	answerLimit            // not wholly looked at: a limit was reached
	answerEncrypted        // not wholly looked at: closed by a password
)

// The replies of clamd(8): "fd[11]: OK", "stream: Eicar-Test-Signature FOUND". Nothing near them counts.
var (
	okReply    = regexp.MustCompile(`\A(stream|fd\[[0-9]{1,9}\]): OK\z`)
	foundReply = regexp.MustCompile(`\A(?:stream|fd\[[0-9]{1,9}\]): ([!-~]+) FOUND\z`)
)

// parse reads a reply. Only the exact words of a clean reply are answerOK.
//
// The names that are not viruses come from libclamav: Heuristics.Limits.Exceeded.* with AlertExceedsMax,
// Heuristics.Encrypted.* with AlertEncrypted (clamd.conf(5)).
func parse(reply string) answer {
	if okReply.MatchString(reply) {
		return answerOK
	}
	if found := foundReply.FindStringSubmatch(reply); found != nil {
		switch {
		case strings.HasPrefix(found[1], "Heuristics.Limits.Exceeded"):
			return answerLimit
		case strings.HasPrefix(found[1], "Heuristics.Encrypted."):
			return answerEncrypted
		default:
			return answerFound
		}
	}
	if reply == "INSTREAM size limit exceeded. ERROR" {
		return answerLimit
	}
	return answerRubbish
}

func (a answer) understood() bool { return a != answerRubbish }

// reason is why a file with this answer is not clean; none for answerOK.
func (a answer) reason() session.Reason {
	switch a {
	case answerOK:
		return session.ReasonNone
	case answerFound:
		return session.ReasonVirus
	case answerLimit:
		return session.ReasonLimit
	case answerEncrypted:
		return session.ReasonEncrypted
	default:
		return session.ReasonAntivirusRubbish
	}
}
