package scan

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	cases := map[string]answer{
		"stream: OK":                         answerOK,
		"fd[11]: OK":                         answerOK,
		"fd[11]: Win.Test.EICAR_HDB-1 FOUND": answerFound,
		"fd[11]: Estran.Test.UNOFFICIAL(44d88612fea8a8f3:68) FOUND": answerFound,
		"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND":      answerLimit,
		"stream: Heuristics.Limits.Exceeded FOUND":                  answerLimit,
		"fd[3]: Heuristics.Encrypted.Zip FOUND":                     answerEncrypted,
		"INSTREAM size limit exceeded. ERROR":                       answerLimit,

		"":                          answerRubbish,
		"OK":                        answerRubbish,
		"stream: ok":                answerRubbish,
		"stream: OK ":               answerRubbish,
		" stream: OK":               answerRubbish,
		"stream: OK\n":              answerRubbish,
		"stream:OK":                 answerRubbish,
		"fd[]: OK":                  answerRubbish,
		"fd[x]: OK":                 answerRubbish,
		"fd[1]: fd[1]: OK":          answerRubbish,
		"fd[1]: nothing FOUND here": answerRubbish,
		"fd[1]: FOUND":              answerRubbish,
		"fd[1]:  FOUND":             answerRubbish,
		"stream: a b FOUND":         answerRubbish,
		"/tmp/a: OK":                answerRubbish,
		"UNKNOWN COMMAND":           answerRubbish,
		"fd[1]: No memory ERROR":    answerRubbish,
	}
	for reply, want := range cases {
		if got := parse(reply); got != want {
			t.Errorf("%q is answer %d, want %d", reply, got, want)
		}
	}
}

func TestBaseDay(t *testing.T) {
	cases := map[string]time.Time{
		"ClamAV 1.4.6/27812/Sat Nov 21 09:24:10 2026": time.Date(2026, 11, 21, 9, 24, 10, 0, time.UTC),
		"ClamAV 1.4.6/27812/Sun Nov  1 09:24:10 2026": time.Date(2026, 11, 1, 9, 24, 10, 0, time.UTC),
		"ClamAV 1.4.6":             {},
		"ClamAV 1.4.6/27812/hello": {},
		"":                         {},
	}
	for version, want := range cases {
		if got := baseDay(version); !got.Equal(want) {
			t.Errorf("%q is of %v, want %v", version, got, want)
		}
	}
}

// An OK is exactly an OK, whatever comes.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"stream: OK", "fd[1]: OK", "fd[1]: X FOUND", "", "OK\x00", "stream: OK\nfd[1]: X FOUND"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, reply string) {
		if parse(reply) != answerOK {
			return
		}
		prefix, ok := strings.CutSuffix(reply, ": OK")
		number := strings.TrimSuffix(strings.TrimPrefix(prefix, "fd["), "]")
		if !ok || (prefix != "stream" && strings.Trim(number, "0123456789") != "") {
			t.Errorf("%q counts as clean", reply)
		}
	})
}

func FuzzReadReply(f *testing.F) {
	f.Add("stream: OK\x00", 3)
	f.Fuzz(func(t *testing.T, stream string, _ int) {
		reply, err := readReply(strings.NewReader(stream))
		if err != nil && reply != "" {
			t.Error("an error comes with a reply")
		}
		if err == nil && (len(reply) >= maxReply || !strings.HasPrefix(stream, reply+"\x00")) {
			t.Errorf("the reply is not what was sent up to its NUL")
		}
	})
}
