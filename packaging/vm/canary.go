//go:build vm

package vm

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"estran/cleanup/hunt"
)

// The kinds of canary: what a visitor leaves at the screen, in the browser, at the printer and from a key.
const (
	pageTitle      = "page title"
	pageBody       = "page body"
	pageAddress    = "address"
	cookie         = "cookie"
	localStorage   = "localStorage"
	sessionStorage = "sessionStorage"
	indexedDB      = "IndexedDB"
	cached         = "cache"
	downloadName   = "download, its name"
	downloadText   = "download, its content"
	typedText      = "typed text"
	copiedText     = "clipboard"
	printed        = "printed document"
	keyName        = "file of the key, its name"
	keyText        = "file of the key, its content"
	keyLabel       = "key, its label"
	keySerial      = "key, its serial number"
	pauseCode      = "code of the pause"
)

// canaries are the canaries of one visit, by their kinds.
type canaries map[string]string

// plantable makes canaries, other ones each time.
func plantable() canaries {
	c := canaries{}
	for _, kind := range []string{
		pageTitle, pageBody, pageAddress, cookie, localStorage, sessionStorage, indexedDB, cached, downloadName, downloadText,
		typedText, copiedText, printed, keyName, keyText,
	} {
		// What a person types has accents, and those are what forms differ in.
		c[kind] = strings.ToLower(rand.Text())[:14] + "é" + strings.ToLower(rand.Text())[:12]
	}
	c[keyLabel] = rand.Text()[:11] // all that FAT has room for
	c[keySerial] = rand.Text()[:20]
	c[pauseCode] = strings.Map(func(r rune) rune { return '0' + r%10 }, rand.Text()[:4])
	return c
}

// backwards is one of them as no hunt finds it: the page that has it put somewhere is not what is looked for.
func (c canaries) backwards(kind string) string {
	runes := []rune(c[kind])
	slices.Reverse(runes)
	return string(runes)
}

// net is what finds them. A code of four figures can be told from chance only where a message to the station carries it.
func (c canaries) net(t testing.TB) *hunt.Net {
	t.Helper()
	var all []hunt.Canary
	for kind, text := range c {
		planted := hunt.Canary{Kind: kind, Text: text}
		if kind == pauseCode {
			planted.Forms = []hunt.Form{hunt.Bus}
		}
		all = append(all, planted)
	}
	net, err := hunt.Weave(all)
	if err != nil {
		t.Fatal(err)
	}
	return net
}
