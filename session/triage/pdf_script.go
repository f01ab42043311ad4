package triage

import (
	"bytes"
	"regexp"
	"strings"
)

// scriptSet are the scripts of a PDF, and whether one runs by itself.
type scriptSet map[string]bool

// The most script that is read of one PDF.
const (
	mostScript  = 4 << 20
	mostScripts = 20_000
)

// collect notes the scripts that a dictionary leads to: those of an action, and those that run when the document or a page
// opens (12.6.3, 12.6.4.16).
func (p *pdfFile) collect(root pdfObject, d pdfDict, scripts scriptSet) {
	for _, js := range values(d, "JS") {
		scripts.add(p.script(root, js), false)
	}
	for _, js := range values(d, "OnInstantiate") {
		scripts.add(p.script(root, js), true)
	}
	for _, action := range values(d, "OpenAction") {
		p.runs(root, action, 0, scripts)
	}
	for _, v := range values(d, "AA") {
		for _, o := range p.objects(v) {
			for event, action := range o.dict() {
				if !byHand(event) {
					p.runs(root, action, 0, scripts)
				}
			}
		}
	}
	for _, tree := range values(d, "JavaScript") {
		p.names(root, tree, 0, scripts)
	}
}

// runs notes the scripts of an action and of what comes after it.
func (p *pdfFile) runs(root pdfObject, action any, depth int, scripts scriptSet) {
	if depth > 16 || len(scripts) > mostScripts || p.work > p.most() {
		return
	}
	for _, o := range p.objects(action) {
		o = o.of(root)
		for _, js := range values(o.dict(), "JS") {
			scripts.add(p.script(o, js), true)
		}
		for _, next := range p.list(o.dict()["Next"]) {
			p.runs(o, next, depth+1, scripts)
		}
	}
}

// names notes the scripts of the document, which stand in a tree of names (7.9.6).
func (p *pdfFile) names(root pdfObject, tree any, depth int, scripts scriptSet) {
	if depth > 8 || len(scripts) > mostScripts || p.work > p.most() {
		return
	}
	for _, o := range p.objects(tree) {
		for _, pair := range p.list(o.dict()["Names"]) {
			p.runs(root, pair, 0, scripts)
		}
		for _, kid := range p.list(o.dict()["Kids"]) {
			p.names(root, kid, depth+1, scripts)
		}
	}
}

func (s scriptSet) add(text string, alone bool) {
	if text != "" && len(s) <= mostScripts {
		s[text] = s[text] || alone
	}
}

// script is the text of a script: a string or a stream.
func (p *pdfFile) script(root pdfObject, v any) string {
	var all strings.Builder
	for _, o := range p.objects(v) {
		o = o.of(root)
		switch v := o.value.(type) {
		case pdfText:
			all.WriteString(pdfString(p.key.text(o, v)))
		case pdfDict:
			body, err := p.decoded(o, mostScript)
			if err != nil {
				p.work = p.most() + 1
			}
			all.WriteString(pdfString(pdfText(body)))
		}
		all.WriteByte('\n')
	}
	return strings.TrimSpace(all.String())
}

var (
	// dangerousCalls have no place in any document: what old exploits call (CVE-2007-5659, CVE-2008-2992, CVE-2009-0927,
	// CVE-2009-1493, CVE-2009-4324, CVE-2010-4091), an attachment that is opened, a program that is unpacked.
	dangerousCalls = regexp.MustCompile(`(?i)\bcollectEmailInfo\b|Collab\s*\.\s*getIcon|\bnewPlayer\b|customDictionaryOpen|` +
		`\bprintSeps\b|util\s*\.\s*printf\s*\(\s*["']%\d{4}|exportDataObject[^;]*\bnLaunch\b|` +
		`exportDataObject\s*\([^;)]*,[^;)]*,[^;)]*[12]|(launchURL|getURL)\s*\(\s*["'](file:|\\\\|javascript:)|` +
		`\bADBC\s*\.|(%u[0-9a-f]{4}){8}|(\\x[0-9a-f]{2}){64}|\[\s*("[^"]{0,40}"|'[^']{0,40}')\s*\+\s*["']`)
	unpacks = regexp.MustCompile(`\beval\s*[(\]]|\beval\s*;|=\s*eval\b|\bFunction\s*\(`)
	packed  = regexp.MustCompile(`\bunescape\b|fromCharCode|\bgetAnnots?\b|this\s*\.\s*info\b|%u[0-9a-fA-F]{4}`)
	// lonelyCalls are what a button may do when it is clicked, and nothing when it opens.
	lonelyCalls = regexp.MustCompile(`\b(launchURL|getURL|submitForm|mailMsg|mailForm|mailDoc|mailGetAddrs|importDataObject|` +
		`exportDataObject|openDataObject|openDoc|importAnFDF|importAnXFDF|importTextData|importXFAData|saveAs)\s*\(|` +
		`\b(SOAP|Net)\s*\.|\bunescape\s*\(`)
	scriptWords = regexp.MustCompile(`[A-Za-z_$][\w$]*`)
	comments    = regexp.MustCompile(`(?s)/\*.*?\*/|(?m)^\s*//.*$`)
)

// everydayWords are all that the script of a document without a form may say: print, and how to show.
var everydayWords = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(`this print app doc var true false null function if else return pp printParams params
		getPrintParams bUI bSilent bShrinkToFit bPrintAsImage bReverse nStart nEnd interactive constants interactionLevel
		interactionLevels automatic full silent printerName pageHandling handling handlings none fit shrink pageNum zoom
		zoomType fitPage fitP fitV fitW layout viewerVersion viewerType beep fullscreen fs isFullScreen closeDoc numPages
		setFullYear Date new duplexType duplexTypes Simplex DuplexFlipLongEdge NumCopies numCopies firstPage lastPage
		hidden display calculate dirty delay colorOverride printRange flags`) {
		words[w] = true
	}
	return words
}()

// dangerousScript judges a script; alone says that it runs by itself, form that the document has a form, whose scripts
// reckon and check.
func dangerousScript(text string, alone, form bool) bool {
	text = comments.ReplaceAllString(text, " ")
	if dangerousCalls.MatchString(text) || unpacks.MatchString(text) && packed.MatchString(text) {
		return true
	}
	if !form && !everyday(text) {
		return true
	}
	return alone && lonely(text)
}

func everyday(text string) bool {
	for _, w := range scriptWords.FindAllString(text, -1) {
		if !everydayWords[w] {
			return false
		}
	}
	return true
}

var functions = regexp.MustCompile(`\bfunction\s+([A-Za-z_$][\w$]*)\s*\([^)]*\)\s*\{`)

// lonely says that a script that runs by itself makes a call that belongs to a click. A function that a button calls is
// often written down in the script of the document: its body runs only where it is called.
func lonely(text string) bool {
	var rest strings.Builder
	var suspects []string
	for {
		at := functions.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		end := at[1] + closing(text[at[1]:])
		if lonelyCalls.MatchString(text[at[1]:end]) {
			suspects = append(suspects, text[at[2]:at[3]])
		}
		rest.WriteString(text[:at[0]])
		text = text[end:]
	}
	rest.WriteString(text)
	top := rest.String()
	if lonelyCalls.MatchString(top) {
		return true
	}
	for _, name := range suspects {
		if strings.Contains(top, name) {
			return true
		}
	}
	return false
}

// closing says where the brace closes that was opened before the text.
func closing(text string) int {
	open := 1
	for i := range len(text) {
		switch text[i] {
		case '{':
			open++
		case '}':
			if open--; open == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// packet is the text of a form of the XFA kind: a stream, or the streams of its parts (12.7.8).
func (p *pdfFile) packet(root pdfObject, v any) []byte {
	var all bytes.Buffer
	parts := []any{v}
	if list, ok := p.one(v).([]any); ok {
		parts = list
	}
	for _, part := range parts {
		for _, o := range p.objects(part) {
			if o.data <= 0 || all.Len() > mostScript {
				continue
			}
			body, err := p.decoded(o, 8*mostScript)
			if err != nil {
				p.work = p.most() + 1
			}
			all.Write(body)
		}
	}
	return all.Bytes()
}

// xfaAway are what a form of the XFA kind leads to on another computer: CVE-2018-4993 and CVE-2019-7089 send the
// password of who opens it.
var (
	xfaAway   = regexp.MustCompile(`(?i)<\?xml-stylesheet[^>]*href\s*=\s*["'](\\\\|//|https?:|ftp:|file://[^/])`)
	xfaScript = regexp.MustCompile(`(?is)<(?:\w+:)?script\b[^>]*>(.*?)</(?:\w+:)?script`)
)

func dangerousXFA(xml []byte) bool {
	if xfaAway.Match(xml) {
		return true
	}
	for _, m := range xfaScript.FindAllSubmatch(xml, -1) {
		if dangerousScript(unescapeXML(string(m[1])), false, true) {
			return true
		}
	}
	return false
}

var xmlEntities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&", "&#xD;", "\n")

func unescapeXML(text string) string { return xmlEntities.Replace(text) }
