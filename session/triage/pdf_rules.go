package triage

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf16"
)

// dicts are the dictionaries in a value, the outer before the inner.
func dicts(v any) iter.Seq[pdfDict] {
	return func(yield func(pdfDict) bool) { walkDicts(v, yield) }
}

func walkDicts(v any, yield func(pdfDict) bool) bool {
	switch v := v.(type) {
	case pdfDict:
		if !yield(v) {
			return false
		}
		for _, e := range v {
			if !walkDicts(e, yield) {
				return false
			}
		}
	case []any:
		for _, e := range v {
			if !walkDicts(e, yield) {
				return false
			}
		}
	}
	return true
}

// values are all that a dictionary says of a key, which hostile files give twice.
func values(d pdfDict, key pdfName) []any {
	var all []any
	for _, k := range []pdfName{key, key + "\x00"} {
		if v, ok := d[k]; ok {
			all = append(all, v)
		}
	}
	return all
}

// pdfKeys are what a dictionary has that the rules want to see.
var pdfKeys = []pdfName{
	"JS", "AA", "OpenAction", "EF", "JavaScript", "XFA", "AcroForm", "OnInstantiate", "Encrypt",
}

var pdfActions = []pdfName{"Launch", "JavaScript", "GoToR", "GoToE", "ImportData", "SubmitForm", "Rendition", "RichMediaExecute"}

// ofInterest says that the rules want to see an object again. Nearly all of a file is pages, fonts and structure.
func ofInterest(v any, stream bool) bool {
	if d, ok := v.(pdfDict); ok && stream {
		_, named := d["F"].(pdfName)
		if d["Type"] == pdfName("EmbeddedFile") || d["F"] != nil && !named {
			return true
		}
	}
	for d := range dicts(v) {
		for _, k := range pdfKeys {
			if _, ok := d[k]; ok {
				return true
			}
		}
		for _, s := range values(d, "S") {
			name, isName := s.(pdfName)
			_, isRef := s.(pdfRef)
			// Elements of the structure have an S and their parent.
			if isName && slices.Contains(pdfActions, name) || isRef && d["P"] == nil {
				return true
			}
		}
		for _, s := range values(d, "Subtype") {
			if s == pdfName("RichMedia") {
				return true
			}
		}
		for _, uri := range values(d, "URI") {
			if t, ok := uri.(pdfText); !ok || runsAsScript(string(t)) {
				return true
			}
		}
	}
	return false
}

func runsAsScript(uri string) bool {
	uri = strings.ToLower(strings.TrimSpace(pdfString(pdfText(uri))))
	return strings.HasPrefix(uri, "javascript:") || strings.HasPrefix(uri, "vbscript:")
}

// active says that the PDF runs, fetches or sends something without being asked to. What forms and portfolios do does not
// count: reckoning, checking a date, going to a page, printing, sending what was typed when a button is clicked.
func (p *pdfFile) active(locked bool) bool {
	scripts := scriptSet{}
	form := false
	for _, root := range p.roots {
		for d := range dicts(root.value) {
			if p.acts(root, d) {
				return true
			}
			form = form || p.isForm(d)
			if locked {
				continue
			}
			p.collect(root, d, scripts)
			for _, x := range values(d, "XFA") {
				if dangerousXFA(p.packet(root, x)) {
					return true
				}
			}
		}
		if p.work > p.most() || p.ctx.Err() != nil {
			return false
		}
	}
	for text, alone := range scripts {
		if dangerousScript(text, alone, form) {
			return true
		}
	}
	return false
}

// most is how many bytes may be read again and again on behalf of one file.
func (p *pdfFile) most() int64 { return 4*p.size + 64<<20 + 4*mostPDFPacked }

// acts says that a dictionary is an action, or a thing, that no everyday document needs (12.6.4, 13.6; Adobe's extension
// level 3 for RichMedia, whose player is gone since 2020).
func (p *pdfFile) acts(root pdfObject, d pdfDict) bool {
	for _, v := range values(d, "S") {
		name, _ := p.one(v).(pdfName)
		switch name {
		case "Launch":
			if !p.opensDocument(root, d) {
				return true
			}
		case "ImportData":
			return true
		case "GoToR", "GoToE":
			if p.leadsAway(root, d["F"]) {
				return true
			}
		}
	}
	for _, s := range values(d, "Subtype") {
		if s == pdfName("RichMedia") {
			return true
		}
	}
	for _, v := range values(d, "URI") {
		if t, ok := p.one(v).(pdfText); ok && runsAsScript(string(p.key.text(root, t))) {
			return true
		}
	}
	for _, v := range values(d, "OpenAction") {
		if p.sends(root, v, 0) {
			return true
		}
	}
	for _, v := range values(d, "AA") {
		events, _ := p.one(v).(pdfDict)
		for event, action := range events {
			if !byHand(event) && p.sends(root, action, 0) {
				return true
			}
		}
	}
	return root.data > 0 && d["Type"] != pdfName("Filespec") && p.leadsAway(root, d["F"])
}

// byHand says that an event of a field comes from a click or the like, and not from a document that is opened, filled in or
// reckoned (12.6.3, tables 194 and 196).
func byHand(event pdfName) bool {
	switch event {
	case "E", "X", "D", "U", "Fo", "Bl":
		return true
	default:
		return false
	}
}

// sends says that an action, or one after it, sends what was typed, or opens a site: things that a click may do.
func (p *pdfFile) sends(root pdfObject, action any, depth int) bool {
	if depth > 8 || p.work > p.most() {
		return false
	}
	for _, o := range p.objects(action) {
		d := o.dict()
		switch name, _ := p.one(d["S"]).(pdfName); name {
		case "SubmitForm", "URI", "Launch":
			return true
		}
		for _, next := range p.list(d["Next"]) {
			if p.sends(root, next, depth+1) {
				return true
			}
		}
	}
	return false
}

// opensDocument says that a launch only opens a document beside this one: word processors write links to one so.
func (p *pdfFile) opensDocument(root pdfObject, d pdfDict) bool {
	for _, key := range []pdfName{"Win", "Mac", "Unix", "F\x00", "S\x00"} {
		if d[key] != nil {
			return false
		}
	}
	spec, _ := p.one(d["F"]).(pdfDict)
	name := p.fileName(root, spec)
	if t, ok := p.one(d["F"]).(pdfText); ok {
		name = pdfString(p.key.text(root, t))
	}
	ext := extension(name)
	return families[ext] != nil && !slices.Contains(programs, ext) && !p.leadsAway(root, d["F"])
}

// leadsAway says that a file specification names another computer (7.11.2). A folder beside the document is an everyday
// thing.
func (p *pdfFile) leadsAway(root pdfObject, spec any) bool {
	for _, o := range p.objects(spec) {
		o = o.of(root)
		switch v := o.value.(type) {
		case pdfText:
			if isRemote(pdfString(p.key.text(o, v))) {
				return true
			}
		case pdfDict:
			for _, key := range []pdfName{"F", "UF", "DOS", "Unix", "Mac"} {
				if t, ok := p.one(v[key]).(pdfText); ok && isRemote(pdfString(p.key.text(o, t))) {
					return true
				}
			}
		}
	}
	return false
}

// isRemote says that a path leads to another computer.
func isRemote(path string) bool {
	path = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(path), `\`, "/"))
	for _, start := range []string{"//", "http:", "https:", "ftp:", "smb:", "mhtml:", "file://///", "file:////"} {
		if strings.HasPrefix(path, start) {
			return true
		}
	}
	host, isFile := strings.CutPrefix(path, "file://")
	return isFile && host != "" && host[0] != '/' && !strings.HasPrefix(host, "localhost/") && !isDrive(host)
}

// isDrive says that a path begins as file://C:/ does, which many programs write for file:///C:/.
func isDrive(path string) bool { return len(path) > 1 && (path[1] == ':' || path[1] == '|') }

// isForm says that a dictionary has the form of the document.
func (p *pdfFile) isForm(d pdfDict) bool {
	form, _ := p.one(d["AcroForm"]).(pdfDict)
	return form["XFA"] != nil || len(p.list(form["Fields"])) > 0
}

// pdfString reads text as readers do (7.9.2.2): UTF-16 or UTF-8 by their marks, and bytes else.
func pdfString(t pdfText) string {
	switch b := []byte(t); {
	case strings.HasPrefix(string(t), "\xfe\xff"):
		return fromUTF16(b[2:], 1, 0)
	case strings.HasPrefix(string(t), "\xff\xfe"):
		return fromUTF16(b[2:], 0, 1)
	case strings.HasPrefix(string(t), "\xef\xbb\xbf"):
		return string(b[3:])
	default:
		out := make([]rune, len(b))
		for i, c := range b {
			out[i] = rune(c)
		}
		return string(out)
	}
}

// fromUTF16 reads pairs of bytes, of which low says the lower.
func fromUTF16(b []byte, low, high int) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, uint16(b[low])|uint16(b[high])<<8)
	}
	return string(utf16.Decode(units))
}
