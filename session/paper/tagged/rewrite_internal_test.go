package tagged

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// drawn is a file as fpdf writes it.
func drawn(t *testing.T) []byte {
	t.Helper()
	s := New("fr", "Essai", Style{Size: 11, Leading: 1.3, Margin: 16})
	s.P(T("une phrase"))
	var b bytes.Buffer
	if err := s.pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSplitGivesEveryObject(t *testing.T) {
	objects, err := split(drawn(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(objects) != 20 {
		t.Errorf("there are %d objects", len(objects))
	}
	for i, o := range objects {
		if !bytes.HasPrefix(o, []byte("<<")) || !bytes.HasSuffix(bytes.TrimSpace(o), []byte(">>")) && !bytes.HasSuffix(o, []byte("endstream")) {
			t.Errorf("object %d is not whole: %q", i+1, o[:min(len(o), 40)])
		}
	}
}

// A file that is written in another way is refused, and nothing is made of half of it.
func TestSplitRefusesWhatItDoesNotKnow(t *testing.T) {
	file := drawn(t)
	for _, n := range []int{0, 1, 20, len(file) / 2, len(file) - 1200, len(file) - 10} {
		if objects, err := split(file[:n]); err == nil {
			t.Errorf("the first %d bytes give %d objects", n, len(objects))
		}
	}
	at := bytes.LastIndex(file, []byte("\nxref\n"))
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		broken := slices.Clone(file)
		for range 1 + random.IntN(4) {
			broken[at+random.IntN(len(file)-at)] = "0123456789 n\n"[random.IntN(13)]
		}
		_, _ = split(broken) // it may give an error, and never panics
	}
}

func TestJoinedLetters(t *testing.T) {
	for text, want := range map[string]string{
		"علي": "\ufecb\ufee0\ufef2", "دار": "\ufea9\ufe8d\ufead", "سلام": "\ufeb3\ufefc\ufee1", "لا": "\ufefb",
		"پدر": "\ufb58\ufeaa\ufead", "مَد": "\ufee3\u064e\ufeaa", "ء": "\ufe80", "Jean": "Jean", "שרה": "שרה", "": "",
	} {
		if got := joined(text); got != want {
			t.Errorf("%s is joined as %+q, want %+q", text, got, want)
		}
	}
}

func TestVisualOrder(t *testing.T) {
	for text, want := range map[string]string{
		"Zoé": "Zoé", "שרה": "הרש", "(שרה)": "(הרש)", "Jean שרה, Marc": "Jean הרש, Marc", "שרה 12 כהן": "ןהכ 12 הרש", "שרה - Marc": "הרש - Marc",
	} {
		if got := visual(text); got != want {
			t.Errorf("%q is drawn as %q, want %q", text, got, want)
		}
	}
}
