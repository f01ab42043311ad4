package triage

import (
	"bytes"
	"io"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"estran/session"
)

// markup looks at a page, a picture made of letters, or other XML.
func (k *look) markup(f file, ext string) {
	if !isPage(ext, f.what.kind) || f.what.kind == "text/xml" && ext != "svg" && ext != "xhtml" && ext != "xht" {
		// XML of any other kind can be long, and means nothing to a browser.
		if !k.mayAct(f) {
			return
		}
	}
	b := asUTF8(k.whole(f))
	switch root := rootOf(b); {
	case root == "svg":
		if picture(b) {
			k.raise(session.ReasonActivePage)
		}
	case strings.HasSuffix(root, "package"), root == "worddocument":
		if officeMacros.Match(b) {
			k.raise(session.ReasonMacros)
		}
	case root != "html" && isXML(bytes.TrimLeft(b, " \t\r\n")):
		if foreignScript(b) {
			k.raise(session.ReasonActivePage)
		}
	default:
		k.page(b, hasDecoy(path.Base(f.name)))
	}
}

// mayAct says that XML names what a browser or Office runs.
func (k *look) mayAct(f file) bool {
	for _, mark := range []string{"script", "macrosPresent", "vbaProject"} {
		if find(f.content, f.size, 0, []byte(mark)) >= 0 || find(f.content, f.size, 0, []byte(wideText(mark))) >= 0 {
			return true
		}
	}
	return false
}

func wideText(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

// officeMacros are those of a Word document in one text (WordprocessingML of 2003, flat OPC).
var officeMacros = regexp.MustCompile(`(?i)macrosPresent\s*=\s*["']yes|vbaProject\.bin`)

// rootOf is the name of the first element, in lower case, without prefix.
func rootOf(b []byte) string {
	t := html.NewTokenizer(io.LimitReader(bytes.NewReader(b), 1<<20))
	t.SetMaxBuf(1 << 20)
	for {
		switch t.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := t.TagName()
			return string(name[bytes.LastIndexByte(name, ':')+1:])
		}
	}
}

var (
	// A piece of script that a text declares as an entity. Those of drawing programs are addresses.
	hiddenEntity = regexp.MustCompile(`(?is)<!ENTITY\s[^>]*(javascript:|vbscript:|(&#x?[0-9a-f]+;\s*){3}|<|&lt;|&#60;|&#x3c;)`)
	looseScript  = regexp.MustCompile(`(?i)<(\w+:)?script|[\s"'/]on[a-z]{3,20}\s*=\s*["']|javascript:`)
)

// picture says that an SVG has scripts: pictures need none (SVG 2, 16). They are read as XML, as browsers do, in which
// nothing hides in a title.
func picture(b []byte) bool {
	if hiddenEntity.Match(b) {
		return true
	}
	active, foreign := false, 0
	whole := elements(b, func(e element) {
		name := strings.ToLower(e.name)
		switch {
		case name == "foreignobject" && e.end:
			foreign--
		case name == "foreignobject":
			foreign++
		case name == "script" && !e.end, name == "handler", foreign > 0 && (name == "iframe" || name == "embed" || name == "object"):
			active = true
		}
		for _, a := range e.attr {
			if isHandler(a.Name.Local) || runsCode(a.Value) {
				active = true
			}
		}
	})
	return active || !whole && looseScript.Match(b)
}

// isHandler says that an attribute is a script that runs when something happens: onload, onclick.
func isHandler(name string) bool {
	name = strings.ToLower(name)
	return len(name) > 4 && strings.HasPrefix(name, "on") && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") == ""
}

// runsCode says that an address is a script. Browsers pass over blanks in it.
func runsCode(address string) bool {
	address = strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, address[:min(len(address), 256)]))
	return strings.HasPrefix(address, "javascript:") || strings.HasPrefix(address, "vbscript:") ||
		strings.HasPrefix(address, "data:text/html") || strings.HasPrefix(address, "data:application/xhtml")
}

// foreignScript says that XML has a script that a browser runs, of a page or a picture, or one of a style sheet.
func foreignScript(b []byte) bool {
	browser := bytes.Contains(b, []byte("http://www.w3.org/1999/xhtml")) || bytes.Contains(b, []byte("http://www.w3.org/2000/svg")) ||
		bytes.Contains(b, []byte("urn:schemas-microsoft-com:xslt"))
	if !browser {
		return false
	}
	found := false
	elements(b, func(e element) {
		found = found || strings.EqualFold(e.name, "script") && !e.end
	})
	return found
}
