package agents

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"estran/session/ownfile"
)

// Most is how many wrong codes block a login (CNIL délibération 2022-100).
const Most = 10

// delays is how long one waits after each wrong code but the last.
var delays = [Most - 1]time.Duration{
	time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second,
	time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute,
}

// tried counts the wrong codes of one login, and says when the last one was.
type tried struct {
	Count int    `json:"count"`
	Boot  string `json:"boot"`
	// Since is the time since that boot, in milliseconds.
	Since int64 `json:"since_ms"`
}

// moment is a time on the clock that nobody can set.
type moment struct {
	boot  string
	since time.Duration
}

// left is how long it takes until the next try. After a reboot the whole delay counts from the start of the computer, for
// nobody knows how long it was off.
func (t tried) left(now moment) time.Duration {
	if t.Count == 0 || t.blocked() {
		return 0
	}
	passed := now.since
	if t.Boot == now.boot {
		passed -= time.Duration(t.Since) * time.Millisecond
	}
	return max(0, delays[t.Count-1]-passed)
}

func (t tried) blocked() bool { return t.Count >= Most }

// visit says that a login signed in on a day, which the daybook does not tell yet.
type visit struct {
	Day   Day    `json:"day"`
	Login string `json:"login"`
}

// after orders visits by day, then by login: by nothing that tells who came first.
func (v visit) after(w visit) int {
	return cmp.Or(strings.Compare(string(v.Day), string(w.Day)), strings.Compare(v.Login, w.Login))
}

// mostVisits bounds what waits for the daybook: it can then not be written for months.
const mostVisits = 2000

// tries is what stands in the file.
type tries struct {
	Version int `json:"version"`
	// Key keeps others from telling which unknown login is counted where.
	Key string `json:"key"`
	// Known counts for logins of the file, Unknown for all others, by a number.
	Known   map[string]tried `json:"known"`
	Unknown map[string]tried `json:"unknown"`
	Visits  []visit          `json:"visits"`
}

// buckets is how many counts there are for logins that do not exist: enough that two seldom meet, and so few that the number
// tells nothing of what was typed.
const buckets = 1 << 10

func newTries() tries {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails (crypto/rand)
	return tries{
		Version: version, Key: hex.EncodeToString(key), Known: map[string]tried{}, Unknown: map[string]tried{}, Visits: []visit{},
	}
}

// count is where a login is counted.
func (t tries) count(login string, known bool) (in map[string]tried, key string) {
	if known {
		return t.Known, login
	}
	mac := hmac.New(sha256.New, []byte(t.Key))
	mac.Write([]byte(login))
	return t.Unknown, strconv.Itoa(int(binary.BigEndian.Uint32(mac.Sum(nil)) % buckets))
}

// readTries reads the counts. A file that is not there counts nothing yet; one that cannot be trusted is an error, and lets
// nobody in.
func readTries(path string, now moment) (tries, error) {
	data, err := ownfile.Read(path, largest)
	if errors.Is(err, fs.ErrNotExist) {
		return newTries(), nil
	}
	if err != nil {
		return tries{}, err
	}
	t, err := parseTries(data, now)
	if err != nil {
		return tries{}, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

func parseTries(data []byte, now moment) (tries, error) {
	if err := checkVersion(data); err != nil {
		return tries{}, err
	}
	var t tries
	if err := unmarshal(data, &t); err != nil {
		return tries{}, err
	}
	if err := t.check(now); err != nil {
		return tries{}, err
	}
	return t, nil
}

// check says what is wrong with the counts. One from the future of this very boot would never end.
func (t tries) check(now moment) error {
	if key, err := hex.DecodeString(t.Key); err != nil || len(key) != sha256.Size {
		return errors.New("key: it is none of ours")
	}
	if t.Known == nil || t.Unknown == nil || t.Visits == nil {
		return errors.New("known, unknown or visits: it has none")
	}
	for _, counts := range []map[string]tried{t.Known, t.Unknown} {
		for _, c := range counts {
			ahead := c.Boot == now.boot && time.Duration(c.Since)*time.Millisecond > now.since
			if c.Count < 1 || c.Count > Most || !bootForm.MatchString(c.Boot) || c.Since < 0 || c.Since > 1<<40 || ahead {
				return errors.New("a count is none of ours")
			}
		}
	}
	for login := range t.Known {
		if !loginForm.MatchString(login) {
			return errors.New("known: no login is written so")
		}
	}
	for n := range t.Unknown {
		if i, err := strconv.Atoi(n); err != nil || i < 0 || i >= buckets || strconv.Itoa(i) != n {
			return errors.New("unknown: no number is written so")
		}
	}
	for _, v := range t.Visits {
		if !v.Day.Valid() || !loginForm.MatchString(v.Login) {
			return errors.New("visits: one is none of ours")
		}
	}
	return nil
}

func (t tries) write(path string) error {
	data, err := marshal(t)
	if err != nil {
		return err
	}
	return ownfile.Replace(path, data)
}
