package triage

import (
	"path"
	"strings"

	"estran/session"
)

// openDocument looks at the parts of a document of LibreOffice (ODF 1.3). Macros are in Basic and Scripts.
func (d *parts) openDocument() {
	for _, e := range d.z.File {
		name := partName(e)
		top, _, _ := strings.Cut(name, "/")
		switch {
		case strings.HasSuffix(name, "/"):
		case top == "scripts":
			d.k.raise(session.ReasonMacros)
		case top == "basic" && path.Ext(name) == ".xml" && !strings.HasPrefix(path.Base(name), "script-l") &&
			!strings.HasPrefix(path.Base(name), "dialog-l"):
			d.k.openText(d.part(e, mostModule), true)
		case path.Base(name) == "content.xml", path.Base(name) == "styles.xml":
			d.k.openText(d.part(e, mostPart), false)
		}
	}
}

// loading are the elements whose address LibreOffice loads with the document; pictures are not among them.
var loading = map[string]bool{
	"object": true, "object-ole": true, "floating-frame": true, "section-source": true, "applet": true,
}

// assistant is the macro of LibreOffice itself that its templates of letters and faxes name. It asks for what the letter lacks,
// and stays named in each letter that is made from one.
const assistant = "application:Template.Correspondence.Main"

// openText looks at a text of a document, or at a module of macros.
func (k *look) openText(b []byte, module bool) {
	code := 0 // how many elements of code it is in
	whole := elements(b, func(e element) {
		href := strings.ToLower(strings.TrimSpace(e.value("href")))
		switch {
		case e.name == "" && (module || code > 0):
			if hasBasic(e.text) {
				k.raise(session.ReasonMacros)
			}
		case e.name == "source-code" || e.name == "module" && !module:
			code++
			if e.end {
				code -= 2
			}
		case e.end:
		case e.name == "event-listener" && e.value("macro-name") != "" && e.value("macro-name") != assistant, isScript(href):
			k.raise(session.ReasonMacros)
		case loading[e.name] && fetches(href):
			k.raise(session.ReasonRemote)
		case e.value("dde-application") != "" && !strings.EqualFold(e.value("dde-application"), "soffice"):
			k.raise(session.ReasonRemote)
		}
	})
	if !whole && len(b) > 0 {
		k.raise(session.ReasonDamaged)
	}
}

func isScript(href string) bool {
	return strings.HasPrefix(href, "vnd.sun.star.script:") || strings.HasPrefix(href, "macro:") ||
		strings.HasPrefix(href, "script:")
}

// hasBasic says that there is more than what LibreOffice puts into a new module.
func hasBasic(source string) bool {
	for line := range strings.Lines(source) {
		line = strings.Join(strings.Fields(strings.ToLower(line)), " ")
		switch {
		case line == "", line == "sub main", line == "end sub", strings.HasPrefix(line, "rem "), line == "rem",
			strings.HasPrefix(line, "'"), strings.HasPrefix(line, "option "):
		default:
			return true
		}
	}
	return false
}
