package proof

import (
	"crypto/rand"
	"errors"
	"os"
	"strings"

	"estran/cleanup/hunt"
)

// The kinds of canary, by the names that reports give them.
const (
	PageTitle      = "titre d'une page"
	PageText       = "texte d'une page"
	PageAddress    = "adresse d'une page"
	Cookie         = "cookie"
	LocalStorage   = "localStorage"
	SessionStorage = "sessionStorage"
	IndexedDB      = "IndexedDB"
	Cache          = "cache"
	DownloadName   = "téléchargement, son nom"
	DownloadText   = "téléchargement, son contenu"
	Typed          = "texte tapé"
	Copied         = "presse-papiers"
	Printed        = "document imprimé"
	Pause          = "code de la pause"
)

// Kinds lists them all, in the order of a visit.
func Kinds() []string {
	return []string{
		PageTitle, PageText, PageAddress, Cookie, LocalStorage, SessionStorage, IndexedDB, Cache, DownloadName, DownloadText,
		Typed, Copied, Printed, Pause,
	}
}

// unplantable are the kinds that no program of this computer can leave, and why.
var unplantable = []Missing{
	{"clé USB : nom, contenu, étiquette, numéro de série", "il faut une vraie clé : la machine d'essai de chaque version la branche"},
}

// canaries are the texts of one visit, by their kinds.
type canaries map[string]string

// newCanaries makes texts that were never there before.
func newCanaries() canaries {
	c := canaries{}
	for _, kind := range Kinds() {
		// What a person writes has accents, and those are what the forms differ in.
		c[kind] = strings.ToLower(rand.Text())[:14] + "é" + strings.ToLower(rand.Text())[:12]
	}
	c[Typed] = typable()
	c[Pause] = figures()
	c[witnessKind] = rand.Text()
	return c
}

// typable is a text of letters that all keyboards of western Europe have at the same place.
func typable() string {
	const letters = "bcdefghijklnoprstuvx"
	text := make([]byte, 24)
	_, _ = rand.Read(text) // never fails
	for i, b := range text {
		text[i] = letters[int(b)%len(letters)]
	}
	return string(text)
}

func figures() string {
	code := make([]byte, 4)
	_, _ = rand.Read(code)
	for i, b := range code {
		code[i] = '0' + b%10
	}
	return string(code)
}

// net finds them. Four figures can be told from chance only where a message to the station carries them.
func (c canaries) net() (*hunt.Net, error) {
	var all []hunt.Canary
	for _, kind := range Kinds() {
		planted := hunt.Canary{Kind: kind, Text: c[kind]}
		if kind == Pause {
			planted.Forms = []hunt.Form{hunt.Bus}
		}
		all = append(all, planted)
	}
	all = append(all, hunt.Canary{Kind: witnessKind, Text: c[witnessKind], Forms: []hunt.Form{hunt.UTF8}})
	return hunt.Weave(all)
}

// testify puts the witness on the disk.
func (c canaries) testify(f *os.File) error {
	_, err := f.WriteString(c[witnessKind])
	return errors.Join(err, f.Sync())
}
