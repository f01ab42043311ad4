package hunt_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"pgregory.net/rapid"

	"estran/cleanup/hunt"
)

const planted = "kestrel grève 7d2f90b1a4c8 falaise"

func weave(t testing.TB, canaries ...hunt.Canary) *hunt.Net {
	t.Helper()
	net, err := hunt.Weave(canaries)
	if err != nil {
		t.Fatal(err)
	}
	return net
}

func search(t testing.TB, net *hunt.Net, r io.Reader) []hunt.Hit {
	t.Helper()
	var hits []hunt.Hit
	if _, err := net.Searcher().Reader(r, func(h hunt.Hit) { hits = append(hits, h) }); err != nil {
		t.Fatal(err)
	}
	return hits
}

func wide(text string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// writing is a text as a program writes it.
type writing struct {
	written []byte
	form    hunt.Form
}

// writings writes a text as programs do, with code that shares nothing with the hunt's.
func writings(text string) map[string]writing {
	encode := base64.RawStdEncoding.EncodeToString
	return map[string]writing{
		"utf-8":              {[]byte(text), hunt.UTF8},
		"utf-16":             {wide(text), hunt.UTF16},
		"latin-1":            {[]byte(strings.ReplaceAll(text, "è", "\xe8")), hunt.Latin1},
		"base64":             {[]byte(encode([]byte(text))), hunt.Base64},
		"base64, one before": {[]byte(encode([]byte("x" + text + "y"))), hunt.Base64},
		"base64, two before": {[]byte(encode([]byte("xx" + text + "yy"))), hunt.Base64},
		"percent-encoding":   {[]byte(url.PathEscape(text)), hunt.Percent},
		"percent, lower":     {[]byte(strings.ReplaceAll(url.PathEscape(text), "%C3%A8", "%c3%a8")), hunt.Percent},
		"d-bus":              {[]byte(string(rune(len(text))) + "\x00\x00\x00" + text + "\x00"), hunt.Bus},
	}
}

func TestEachFormIsFound(t *testing.T) {
	for _, text := range []string{planted, "7319"} {
		for name, w := range writings(text) {
			if text != planted && w.form != hunt.Bus {
				continue // too short to be told from chance
			}
			t.Run(text+" in "+name, func(t *testing.T) {
				net := weave(t, hunt.Canary{Kind: "text", Text: planted}, hunt.Canary{Kind: "code", Text: "7319", Forms: []hunt.Form{hunt.Bus}},
					hunt.Canary{Kind: "message", Text: planted, Forms: []hunt.Form{hunt.Bus}})
				around := append(append([]byte("avant\x00\x00\x00"), w.written...), "après"...)
				hits := search(t, net, bytes.NewReader(around))
				if !slices.ContainsFunc(hits, func(h hunt.Hit) bool { return h.Form == w.form }) {
					t.Errorf("found %v in %q", hits, around)
				}
			})
		}
	}
	net := weave(t, hunt.Canary{Kind: "text", Text: planted})
	if hits := search(t, net, strings.NewReader("Rien de tout cela : kestrel, grève, falaise, 7319.")); len(hits) != 0 {
		t.Errorf("found %v where nothing is", hits)
	}
}

// TestHalfACanaryIsFound: memory that was given away and taken again may have lost the rest. There are zeros where it was: they
// are passed over eight at a time, and the half must not be.
func TestHalfACanaryIsFound(t *testing.T) {
	for _, text := range []string{planted, planted + "s"} { // halves that are even, and odd
		for name, w := range writings(text) {
			net := weave(t, hunt.Canary{Kind: "text", Text: text, Forms: []hunt.Form{w.form}})
			half := len(w.written) / 2
			for which, left := range map[string][]byte{"first": w.written[:half+1], "second": w.written[half:]} {
				for before := 8; before < 16; before++ {
					memory := append(append(make([]byte, before), left...), make([]byte, 32)...)
					if hits := search(t, net, bytes.NewReader(memory)); len(hits) != 1 {
						t.Errorf("%s: the %s half, %q, after %d zeros: %v", name, which, left, before, hits)
					}
				}
			}
		}
	}
}

// TestNoCanaryBeginsWithAZero: it would be passed over with the zeros before it.
func TestNoCanaryBeginsWithAZero(t *testing.T) {
	for _, text := range []string{
		"\x00" + planted,
		"Ā" + planted, // in UTF-16
		strings.Repeat("a", 20) + "\x00" + planted[:19], // where the second half begins
	} {
		if _, err := hunt.Weave([]hunt.Canary{{Kind: "name", Text: text}}); err == nil || !strings.Contains(err.Error(), `"name"`) {
			t.Errorf("%q: error %v", text, err)
		}
	}
}

// TestFoundWhereverItIs puts a canary anywhere in a long text that comes in pieces of any size: it is found once, at its
// place.
func TestFoundWhereverItIs(t *testing.T) {
	const short = "d41c8c9e5b7a"
	net := weave(t, hunt.Canary{Kind: "text", Text: short, Forms: []hunt.Form{hunt.UTF8}})
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SampledFrom([]int{0, 1, 7, 8, 9, 1<<20 - 12, 1<<20 - 1, 1 << 20, 2<<20 - 6}).Draw(t, "before") +
			rapid.IntRange(0, 16).Draw(t, "more")
		after := rapid.IntRange(0, 40).Draw(t, "after")
		filler := rapid.SampledFrom([]byte{0, 'd', 0xff}).Draw(t, "filler")
		data := append(bytes.Repeat([]byte{filler}, before), short...)
		data = append(data, bytes.Repeat([]byte{filler}, after)...)
		var reader io.Reader = bytes.NewReader(data)
		if rapid.Bool().Draw(t, "slow") {
			reader = iotest.HalfReader(reader)
		}
		var hits []hunt.Hit
		read, err := net.Searcher().Reader(reader, func(h hunt.Hit) { hits = append(hits, h) })
		if err != nil || read != int64(len(data)) {
			t.Fatalf("read %d of %d: %v", read, len(data), err)
		}
		if len(hits) != 1 || hits[0].At != int64(before) {
			t.Fatalf("hits %v, planted at %d of %d", hits, before, len(data))
		}
	})
}

func TestAReaderThatFailsIsNotClean(t *testing.T) {
	broken := errors.New("broken")
	net := weave(t, hunt.Canary{Kind: "text", Text: planted})
	hits := 0
	_, err := net.Searcher().Reader(io.MultiReader(strings.NewReader(planted), iotest.ErrReader(broken)), func(hunt.Hit) { hits++ })
	if !errors.Is(err, broken) || hits == 0 {
		t.Errorf("%d hits, error %v", hits, err)
	}
}

// TestTheHunterDoesNotFindItself: neither the net, as it is handed on, nor a searcher that has found, holds a canary.
func TestTheHunterDoesNotFindItself(t *testing.T) {
	net := weave(t, hunt.Canary{Kind: "text", Text: planted})
	handed, err := json.Marshal(net)
	if err != nil {
		t.Fatal(err)
	}
	if hits := search(t, net, bytes.NewReader(handed)); len(hits) != 0 {
		t.Errorf("the net holds %v", hits)
	}
	var other hunt.Net
	if err := json.Unmarshal(handed, &other); err != nil {
		t.Fatal(err)
	}
	s := other.Searcher()
	hits := 0
	if _, err := s.Reader(strings.NewReader(planted), func(hunt.Hit) { hits++ }); err != nil || hits == 0 {
		t.Fatalf("the net that was handed on finds %d: %v", hits, err)
	}
	if left := hunt.Held(s); len(search(t, net, bytes.NewReader(left))) != 0 {
		t.Error("the searcher holds what it found")
	}
}

func TestACanaryThatIsTooShortIsRefused(t *testing.T) {
	_, err := hunt.Weave([]hunt.Canary{{Kind: "code", Text: "1234"}})
	if err == nil || !strings.Contains(err.Error(), `"code"`) {
		t.Errorf("error %v", err)
	}
}

func BenchmarkSearch(b *testing.B) {
	var canaries []hunt.Canary
	for _, kind := range strings.Fields("a b c d e f g h i j k l m n o p q r s t") {
		canaries = append(canaries, hunt.Canary{Kind: kind, Text: kind + planted})
	}
	s := weave(b, canaries...).Searcher()
	for name, fill := range map[string]string{"zeros": "\x00", "text": "Le marnage est l'écart entre la haute mer et la basse mer. "} {
		b.Run(name, func(b *testing.B) {
			data := bytes.Repeat([]byte(fill), 16<<20/len(fill))
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				s.Bytes(data, 0, func(hunt.Hit) { b.Fatal("found") })
			}
		})
	}
}
