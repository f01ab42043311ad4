package agents

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"estran/session"
)

// What is drawn is hard enough to guess, all letters come as often, and no two are alike.
func TestADrawnCodeHasFiftyBits(t *testing.T) {
	if bits := groups * inGroup * math.Log2(float64(len(letters))); bits < LeastBits {
		t.Errorf("a code has %.1f bits", bits)
	}
	const codes = 4000
	seen := map[session.Private]bool{}
	counts := map[rune]int{}
	for range codes {
		c := Draw()
		parts := strings.Split(c.Reveal(), "-")
		if len(parts) != groups || len(parts[0]) != inGroup || seen[c] {
			t.Fatalf("a code is %q", c.Reveal())
		}
		seen[c] = true
		tidy, is := tidyCode(c)
		if !is || len(tidy) != groups*inGroup {
			t.Fatalf("%q is no code", c.Reveal())
		}
		for _, r := range tidy {
			counts[r]++
		}
	}
	// 4000 of each are expected, with a deviation of 61: one in a million runs fails by chance.
	for _, r := range letters {
		if want := codes * groups * inGroup / len(letters); counts[r] < want-400 || counts[r] > want+400 {
			t.Errorf("%c came %d times", r, counts[r])
		}
	}
	if len(counts) != len(letters) || strings.ContainsAny(letters, "aeiouyqzwm0123456789l") {
		t.Errorf("the letters are %v", counts)
	}
}

func TestATypedCodeIsJudged(t *testing.T) {
	for code, want := range map[string]error{
		"k7w2-p9fd-3x": nil, "kxqwhtpbzvn": nil, "8306194072586193": nil, "correct horse battery staple": nil, "k7!w2p#9fd": nil,
		"kxwqhtpbzv":       ErrCodeWeak, // ten letters
		"k7w2p9fdx":        ErrCodeWeak, // nine letters and figures
		"K7W2P9FDX":        ErrCodeWeak, // capitals are nothing
		"k-7-w-2-p-9":      ErrCodeForm, // nor are dashes
		"830619407258619":  ErrCodeWeak,
		"aaaaaaaaaaaaaaaa": ErrCodeWeak, "abcdefghijklmnop": ErrCodeWeak, "1234567890123456": ErrCodeWeak,
		"abracadabraabracadabra": ErrCodeWeak, "motdepassemotdepasse": ErrCodeWeak, "azertyuiop123": ErrCodeWeak,
		"marie-dxkxqwhtpbzvn": ErrCodeWeak, // it holds the login
		"court":               ErrCodeForm, "clé-de-la-boîte-aux-lettres": ErrCodeForm,
		strings.Repeat("kx7w", 33): ErrCodeForm,
	} {
		if err := CheckCode("marie-d", session.Private(code)); err != want { //nolint:errorlint // the very one
			t.Errorf("%q: %v, want %v", code, err, want)
		}
	}
}

func TestAHashIsOfOneCode(t *testing.T) {
	h, again := hashOf("bcdfghjknprstvx"), hashOf("bcdfghjknprstvx")
	if h == again {
		t.Error("two hashes have one salt")
	}
	if !h.matches("bcdfghjknprstvx") || h.matches("bcdfghjknprstvv") || h.matches("") || hash("").matches("bcdfghjknprstvx") || nobody.matches("") {
		t.Error("a code matches another one's hash")
	}
	if !strings.HasPrefix(string(h), fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$", memory, passes, lanes)) {
		t.Errorf("the hash is %s", string(h))
	}
	for _, text := range []string{fmt.Sprint(h), fmt.Sprintf("%+v", Account{Code: h}), fmt.Sprintf("%#v", Account{Code: h})} {
		if strings.Contains(text, "argon2") {
			t.Errorf("it prints: %s", text)
		}
	}
	for _, bad := range []hash{"", "x", h + "\n", h + "=", h[:len(h)-1], hash(strings.Replace(string(h), "t=2", "t=1", 1)), h + "$"} {
		if _, err := bad.parts(); err == nil {
			t.Errorf("%q is a hash", string(bad))
		}
	}
}

// A hash that another program made at the same costs
// (argon2 of Debian: argon2 0123456789abcdef -id -t 2 -k 19456 -p 1 -l 32 -e).
func TestAHashOfAnotherProgram(t *testing.T) {
	const theirs = hash("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$WWhOVmUZxIDSJ1R+IEfHcgpilMRk18wFyIDO7UKVQl8")
	if !theirs.matches("bcdfghjknprstvx") {
		t.Error("it does not match")
	}
}
