package hunt_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/url"
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

// TestEachFormIsFound writes a canary as programs do, with code that shares nothing with the hunt's.
func TestEachFormIsFound(t *testing.T) {
	net := weave(t, hunt.Canary{Kind: "text", Text: planted}, hunt.Canary{Kind: "code", Text: "7319", Forms: []hunt.Form{hunt.Bus}})
	for name, c := range map[string]struct {
		written []byte
		form    hunt.Form
		kind    string
	}{
		"utf-8":              {[]byte(planted), hunt.UTF8, "text"},
		"utf-16":             {wide(planted), hunt.UTF16, "text"},
		"latin-1":            {[]byte(strings.ReplaceAll(planted, "è", "\xe8")), hunt.Latin1, "text"},
		"base64":             {[]byte(base64.StdEncoding.EncodeToString([]byte(planted))), hunt.Base64, "text"},
		"base64, one before": {[]byte(base64.StdEncoding.EncodeToString([]byte("x" + planted + "y"))), hunt.Base64, "text"},
		"base64, two before": {[]byte(base64.StdEncoding.EncodeToString([]byte("xx" + planted + "yy"))), hunt.Base64, "text"},
		"percent-encoding":   {[]byte(url.PathEscape(planted)), hunt.Percent, "text"},
		"percent, lower":     {[]byte(strings.ReplaceAll(url.PathEscape(planted), "%C3%A8", "%c3%a8")), hunt.Percent, "text"},
		"d-bus":              {[]byte("\x04\x00\x00\x007319\x00"), hunt.Bus, "code"},
	} {
		t.Run(name, func(t *testing.T) {
			around := append(append([]byte("avant\x00\x00\x00"), c.written...), "après"...)
			hits := search(t, net, bytes.NewReader(around))
			for _, h := range hits {
				if h.Kind == c.kind && h.Form == c.form {
					return
				}
			}
			t.Errorf("found %v in %q", hits, around)
		})
	}
	if hits := search(t, net, strings.NewReader("Rien de tout cela : kestrel, grève, falaise, 7319.")); len(hits) != 0 {
		t.Errorf("found %v where nothing is", hits)
	}
}

// TestHalfACanaryIsFound: memory that was given away and taken again may have lost the rest.
func TestHalfACanaryIsFound(t *testing.T) {
	net := weave(t, hunt.Canary{Kind: "text", Text: planted})
	for _, half := range []string{planted[:20], planted[15:]} {
		if hits := search(t, net, strings.NewReader("..."+half+"...")); len(hits) == 0 {
			t.Errorf("%q is not found", half)
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
