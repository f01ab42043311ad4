package agents

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The cost of a code: argon2id with what OWASP asks for at the least, 19 MiB of memory, two passes and one lane
// (cheatsheetseries.owasp.org, Password Storage). Old computers are public computers too.
const (
	memory  = 19 << 10 // KiB
	passes  = 2
	lanes   = 1
	saltLen = 16
	keyLen  = 32
)

// costs is how a hash of ours begins (the PHC string format, github.com/P-H-C/phc-string-format).
const costs = "$argon2id$v=19$m=19456,t=2,p=1$"

// hash is what is kept of a code. It prints as a mark: it is no secret by itself, but no text for a log.
type hash string

func (h hash) String() string   { return "[hash]" }
func (h hash) GoString() string { return "[hash]" }

// hashOf makes one, with a salt of its own.
func hashOf(tidy string) hash {
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	key := argon2.IDKey([]byte(tidy), salt, passes, memory, lanes, keyLen)
	return hash(costs + b64.EncodeToString(salt) + "$" + b64.EncodeToString(key))
}

var b64 = base64.RawStdEncoding.Strict()

// parts reads one. Other costs than ours are refused: who signs in with them would take another time.
func (h hash) parts() (p struct{ salt, key []byte }, err error) {
	rest, ours := strings.CutPrefix(string(h), costs)
	salt, key, two := strings.Cut(rest, "$")
	if !ours || !two {
		return p, errors.New("it is no hash of ours")
	}
	var err1, err2 error
	p.salt, err1 = b64.DecodeString(salt)
	p.key, err2 = b64.DecodeString(key)
	// The decoder passes over line ends, which we never write.
	if err1 != nil || err2 != nil || len(p.salt) != saltLen || len(p.key) != keyLen || strings.ContainsAny(rest, "\r\n") {
		return p, errors.New("its salt or its key is not as we write them")
	}
	return p, nil
}

// nobody is compared with when there is no hash: it costs the same, and nothing is equal to it.
var nobody = hash(costs + b64.EncodeToString(make([]byte, saltLen)) + "$" + b64.EncodeToString(make([]byte, keyLen)))

// matches says that a code has this hash. It always takes the time of one argon2id.
func (h hash) matches(tidy string) bool {
	p, err := h.parts()
	if err != nil {
		p, _ = nobody.parts()
	}
	key := argon2.IDKey([]byte(tidy), p.salt, passes, memory, lanes, keyLen)
	same := subtle.ConstantTimeCompare(key, p.key) == 1
	return same && err == nil
}
