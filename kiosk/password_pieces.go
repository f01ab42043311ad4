package kiosk

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"estran/assets"
)

// pieces are the kinds of pieces that are easy to guess, together.
type pieces uint8

const (
	pieceCommon   pieces = 1 << iota // a well-known password
	pieceWord                        // a word of a language
	pieceRepeat                      // aaa, or what came before
	pieceSequence                    // 1234, dcba
	pieceKeyboard                    // azerty
	pieceYear                        // 1987, or a date
)

// reasons names them, the most telling first.
func (p pieces) reasons() []reason {
	var r []reason
	for _, k := range []struct {
		kind pieces
		id   string
	}{
		{pieceCommon, "common"},
		{pieceWord, "word"},
		{pieceKeyboard, "keyboard"},
		{pieceSequence, "sequence"},
		{pieceYear, "year"},
		{pieceRepeat, "repeat"},
	} {
		if p&k.kind != 0 {
			r = append(r, reason{id: k.id})
		}
	}
	return r
}

// folded is a password as who guesses would read it: without capitals and accents, a byte for each character, and
// once more with the figures and signs that stand for letters.
type folded struct{ plain, leet []byte }

func fold(typed []rune) folded {
	f := folded{make([]byte, len(typed)), make([]byte, len(typed))}
	for i, r := range typed {
		f.plain[i] = plainByte(r)
		f.leet[i] = f.plain[i]
		if at := strings.IndexRune("013457@$!€", r); at >= 0 {
			f.leet[i] = "oieastasie"[len([]rune("013457@$!€"[:at]))]
		}
	}
	return f
}

// wipe overwrites the copies.
func (f folded) wipe() { clear(f.plain); clear(f.leet) }

func plainByte(r rune) byte {
	r = unicode.ToLower(r)
	for i, letters := range []string{"àâäáã", "ç", "éèêë", "îïíì", "ñ", "ôöóòõ", "ùûüú", "ÿý"} {
		if strings.ContainsRune(letters, r) {
			return "aceinouy"[i]
		}
	}
	if r < 0x80 {
		return byte(r)
	}
	return 0x80 | byte(r%0x7f)
}

// worth is what the characters of a part are worth: one each, less where a piece is easy to guess. Of all ways to cut
// the part into pieces it takes the one that is worth least.
func (f folded) worth(from, to int) (least int, seen pieces) {
	cost := make([]int, to-from+1)
	next := make([]int, to-from)
	kind := make([]pieces, to-from)
	for i := to - 1; i >= from; i-- {
		at := i - from
		cost[at], next[at] = 1+cost[at+1], i+1
		for end := i + 2; end <= to; end++ {
			if k, n := f.piece(i, end); k != 0 && n+cost[end-from] < cost[at] {
				cost[at], next[at], kind[at] = n+cost[end-from], end, k
			}
		}
	}
	for i := from; i < to; i = next[i-from] {
		seen |= kind[i-from]
	}
	return cost[0], seen
}

// piece says whether a part is easy to guess as a whole, and what it is worth then.
func (f folded) piece(from, to int) (kind pieces, worth int) {
	p := f.plain[from:to]
	switch {
	case f.commonWord(from, to):
		return pieceCommon, 1
	case isRun(p, 0):
		return pieceRepeat, 1
	case isRun(p, 1), isRun(p, -1):
		return pieceSequence, 1
	case isKeyboard(p):
		return pieceKeyboard, 1
	case isYear(p):
		return pieceYear, 1
	case isDate(p):
		return pieceYear, 2
	case f.again(from, to):
		return pieceRepeat, 0
	case isWord(p), isWord(f.leet[from:to]) && hasLetter(p):
		return pieceWord, 2
	case isWordLike(p):
		return pieceWord, max(2, len(p)/3)
	}
	return 0, 0
}

// Shorter words turn up by chance in what was drawn at random.
const (
	shortestWord     = 5
	longestListed    = 16
	shortestWordLike = 6
	shortestCommon   = 4
	shortestRun      = 3
	shortestKeyboard = 4
)

// commonWord says that everybody tries this first. Short ones count only when they stand alone: leo in Leo2015.
func (f folded) commonWord(from, to int) bool {
	if to-from < shortestCommon && (from > 0 && isLetter(f.plain[from-1]) || to < len(f.plain) && isLetter(f.plain[to])) {
		return false
	}
	if to-from > longestListed {
		return false
	}
	p := f.plain[from:to]
	return inList(assets.CommonPasswords(), p) || hasLetter(p) && inList(assets.CommonPasswords(), f.leet[from:to])
}

func isWord(p []byte) bool {
	if len(p) < shortestWord || len(p) > longestListed {
		return false
	}
	for _, lang := range assets.Languages() {
		if inList(assets.Words(lang), p) {
			return true
		}
	}
	return false
}

// isWordLike says that it can be said aloud, as words can: no list holds them all. What was drawn at random seldom can.
func isWordLike(p []byte) bool {
	if len(p) < shortestWordLike {
		return false
	}
	vowels, apart := 0, 0
	for _, b := range p {
		switch {
		case !isLetter(b):
			return false
		case bytes.IndexByte([]byte("aeiouy"), b) >= 0:
			vowels, apart = vowels+1, 0
		default:
			apart++
		}
		if apart > 3 {
			return false
		}
	}
	return vowels*10 >= len(p)*3
}

// inList looks in a sorted list.
func inList(list []string, p []byte) bool {
	if !isLetter(p[0]) || !isLetter(p[len(p)-1]) {
		return false
	}
	from, to := 0, len(list)
	for from < to {
		switch middle := (from + to) / 2; {
		case list[middle] < string(p):
			from = middle + 1
		case list[middle] > string(p):
			to = middle
		default:
			return true
		}
	}
	return false
}

// isRun says that each character is the one before plus a step: 0 for aaa, 1 for abc and 123, -1 for 321.
func isRun(p []byte, step int) bool {
	if len(p) < shortestRun {
		return false
	}
	for i := 1; i < len(p); i++ {
		if int(p[i])-int(p[i-1]) != step || step != 0 && isLetter(p[i]) != isLetter(p[i-1]) {
			return false
		}
	}
	return step == 0 || isLetter(p[0]) || isDigit(p[0])
}

// keyboardRows are rows of French and English keyboards, and columns that fingers know.
var keyboardRows = []string{
	"azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "&e\"'(-e_ca", "!@#$%^&*()",
	"aqwzsxedcrfv", "qazwsxedcrfv", "1a2z3e4r5t6y", "1q2w3e4r5t6y",
}

func isKeyboard(p []byte) bool {
	if len(p) < shortestKeyboard {
		return false
	}
	for _, row := range keyboardRows {
		at := strings.IndexByte(row, p[0])
		if at >= 0 && (follows(row, at, 1, p) || follows(row, at, -1, p)) {
			return true
		}
	}
	return false
}

// follows says that the characters come one after another in a row, forwards or backwards.
func follows(row string, at, step int, p []byte) bool {
	for i, b := range p {
		j := at + i*step
		if j < 0 || j >= len(row) || row[j] != b {
			return false
		}
	}
	return true
}

// isYear says that it may be a year of birth, or the present one.
func isYear(p []byte) bool {
	n, ok := number(p)
	return ok && len(p) == 4 && n >= 1900 && n < 2040
}

// isDate says that it may be a day: 140787, 14071987, 19870714.
func isDate(p []byte) bool {
	if _, ok := number(p); !ok || len(p) != 6 && len(p) != 8 {
		return false
	}
	day, _ := number(p[:2])
	month, _ := number(p[2:4])
	if day >= 1 && day <= 31 && month >= 1 && month <= 12 {
		return len(p) == 6 || isYear(p[4:])
	}
	if len(p) == 6 {
		return false
	}
	month, _ = number(p[4:6])
	day, _ = number(p[6:])
	return isYear(p[:4]) && day >= 1 && day <= 31 && month >= 1 && month <= 12
}

// again says that the same part came before: just before, or anywhere when it is long.
func (f folded) again(from, to int) bool {
	n := to - from
	if from < n {
		return false
	}
	return bytes.Equal(f.plain[from-n:from], f.plain[from:to]) ||
		n >= 4 && bytes.Contains(f.plain[:from], f.plain[from:to])
}

func number(p []byte) (n int, ok bool) {
	for _, b := range p {
		if !isDigit(b) {
			return 0, false
		}
		n = n*10 + int(b-'0')
	}
	return n, len(p) > 0
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isLetter takes what is not ASCII for a letter.
func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 0x80 }

func hasLetter(p []byte) bool { return slices.ContainsFunc(p, isLetter) }
