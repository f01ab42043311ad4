package triage

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"estran/session"
)

// pageLook is what is found in one page.
type pageLook struct {
	scripted, active bool
	disguised        bool            // its name says that it is a document: facture.pdf.html
	code             strings.Builder // all short scripts
	payload          bool            // a script, or the page, has a file written in letters
}

// page looks at a page. Sites have scripts, so pages that were saved have them too: those are not checked, and not suspect.
// A page that makes a file out of itself, unpacks its own scripts, or leads off the web, is.
func (k *look) page(b []byte, disguised bool) {
	p := &pageLook{disguised: disguised}
	t := html.NewTokenizer(bytes.NewReader(b))
	t.SetMaxBuf(mostText)
	inScript := false
	for {
		kind := t.Next()
		switch kind {
		case html.ErrorToken:
			if t.Err() != io.EOF {
				k.raise(session.ReasonTooComplex)
			}
			p.judge(k)
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := t.Token()
			inScript = p.tag(tag) && kind == html.StartTagToken
		case html.TextToken:
			switch text := t.Raw(); {
			case inScript:
				p.script(string(text))
			case !p.payload:
				_, p.payload = withoutRuns(string(text))
			}
		case html.CommentToken:
			// Old browsers and Office look into comments with a condition.
			if text := t.Raw(); bytes.HasPrefix(text, []byte("<!--[if")) && looseScript.Match(text) {
				p.scripted = true
			}
		case html.EndTagToken:
			inScript = false
		}
	}
}

func (p *pageLook) judge(k *look) {
	code := p.code.String()
	switch {
	case p.active, p.scripted && p.disguised, p.payload && makesFile.MatchString(code) && decodes.MatchString(code):
		k.raise(session.ReasonActivePage)
	case p.scripted:
		k.raise(session.ReasonScriptedPage)
	}
}

// tag looks at an element, and says that a script follows.
func (p *pageLook) tag(t html.Token) (script bool) {
	attr := map[string]string{}
	for _, a := range t.Attr {
		if _, twice := attr[a.Key]; !twice {
			attr[a.Key] = a.Val
		}
		if isHandler(a.Key) {
			p.script(a.Val)
		}
	}
	name := t.Data[strings.LastIndexByte(t.Data, ':')+1:]
	switch name {
	case "script":
		if !isData(attr["type"]) {
			script = true
			p.scripted = p.scripted || attr["src"] != ""
			p.active = p.active || strings.Contains(strings.ToLower(attr["language"]+attr["type"]), "vbscript") || offWeb(attr["src"])
		}
	case "application": // hta:application
		p.active = p.active || strings.Contains(t.Data, ":")
	case "meta":
		if strings.EqualFold(attr["http-equiv"], "refresh") {
			_, to, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(attr["content"]), " ", ""), "url=")
			to = strings.Trim(to, `'"`)
			p.active = p.active || offWeb(to) || strings.HasPrefix(to, "file:") || strings.HasPrefix(to, "data:") || runsCode(to)
		}
	case "object", "embed", "iframe", "frame", "applet":
		for _, key := range []string{"data", "src", "code", "codebase"} {
			p.active = p.active || offWeb(attr[key]) || holdsFile(attr[key])
		}
		p.active = p.active || slices.Contains(runners, strings.ToLower(strings.TrimSpace(attr["classid"])))
		p.scripted = p.scripted || name == "applet" || runsCode(attr["src"]) || runsCode(attr["data"])
		if doc := attr["srcdoc"]; looseScript.MatchString(doc) {
			p.script(doc)
		}
	case "a", "area", "form", "base", "link":
		for _, key := range []string{"href", "action"} {
			to := attr[key]
			p.active = p.active || holdsFile(to) || isProtocol(to)
			if runsCode(to) {
				p.script(to)
			}
		}
	}
	return script
}

// isData says that a script element holds no script, but data for one (HTML, 4.12.1).
func isData(kind string) bool {
	kind = strings.ToLower(strings.TrimSpace(kind))
	return strings.HasSuffix(kind, "json") || strings.HasPrefix(kind, "text/x-") || strings.HasPrefix(kind, "text/template") ||
		strings.HasPrefix(kind, "text/html") || kind == "speculationrules"
}

// runners are the objects of old browsers that run programs.
var runners = []string{
	"clsid:adb880a6-d8ff-11cf-9377-00aa003b7a11", "clsid:f935dc22-1cf0-11d0-adb9-00c04fd58a0b",
	"clsid:13709620-c279-11ce-a49e-444553540000", "clsid:72c24dd5-d70a-438b-8a42-98424b88afb8",
	"clsid:06290bd5-48aa-11d2-8432-006008c3fbfc", "clsid:d27cdb6e-ae6d-11cf-96b8-444553540000",
}

// offWeb says that an address leads to another computer by other ways than the web, or to a program of this one.
func offWeb(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	if strings.HasPrefix(address, `\\`) || isProtocol(address) {
		return true
	}
	return strings.HasPrefix(address, "file:") && isRemote(address)
}

// isProtocol says that an address calls a program of Windows that was misused so (CVE-2022-30190 and its kin).
func isProtocol(address string) bool {
	scheme, _, ok := strings.Cut(strings.ToLower(strings.TrimSpace(address)), ":")
	switch scheme {
	case "search-ms", "search", "ms-msdt", "ms-appinstaller", "ms-officecmd", "ms-its", "mhtml", "its", "mk", "vbscript", "shell", "res":
		return ok
	default:
		return false
	}
}

var fileData = regexp.MustCompile(`(?i)^\s*data:\s*application/(zip|x-zip|octet-stream|x-msdownload|x-ms|hta|java|x-java|x-iso|x-rar|vnd\.rar|` +
	`x-7z|x-tar|gzip|x-dosexec|x-sh|vnd\.microsoft\.portable|x-cd-image|vnd\.ms-(excel|word|powerpoint)[^;,]*macro)`)

// holdsFile says that an address is itself an archive or a program.
func holdsFile(address string) bool { return fileData.MatchString(address[:min(len(address), 256)]) }

var (
	image       = regexp.MustCompile(`data:(image|font|audio|video|application/(x-)?font)[\w/+.\-]*[^,]{0,40},[A-Za-z0-9+/=]*`)
	makesFile   = regexp.MustCompile(`createObjectURL|msSaveOrOpenBlob|msSaveBlob|data:application/(octet-stream|zip|x-)`)
	decodes     = regexp.MustCompile(`\batob\b|Uint8Array|fromCharCode|charCodeAt|\bunescape\b|parseInt`)
	unpacksPage = regexp.MustCompile(`(document\s*\.\s*write(ln)?|\beval|\bFunction)\s*\(\s*((window|self)\s*\.\s*)?(atob\s*\(|` +
		`(unescape|decodeURIComponent)\s*\(\s*["'](%u?[0-9a-fA-F]{2,4}[^%"']{0,2}){64})`)
	runsProgram = regexp.MustCompile(`(?i)\bActiveXObject\s*\(\s*["'](wscript|shell\.app|adodb|scripting\.file)|WScript\s*\.\s*Shell|` +
		`GetObject\s*\(\s*["']script:|(location(\s*\.\s*href)?\s*=|location\s*\.\s*(assign|replace)\s*\(|window\s*\.\s*open\s*\()\s*` +
		`["'](file:|data:|search-ms:|ms-msdt:|ms-appinstaller:|\\\\\\\\)`)
)

// longRun is how many letters in one go make a file: base64, or numbers and escapes for bytes.
const longRun = 512

// withoutRuns takes the files out that are written in letters, and says whether there were any.
func withoutRuns(text string) (rest string, found bool) {
	var b strings.Builder
	start, base64, numbers := 0, true, true
	for i := 0; i <= len(text); i++ {
		if i < len(text) {
			c := text[i]
			letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '='
			number := hexDigit(c) >= 0 || strings.IndexByte("xX\\%,u \n\r\t", c) >= 0
			if (base64 && letter) || (numbers && number) {
				base64, numbers = base64 && letter, numbers && number
				continue
			}
		}
		if i-start >= longRun && strings.TrimSpace(text[start:i]) != "" {
			found = true
		} else {
			b.WriteString(text[start:i])
		}
		if i < len(text) {
			b.WriteByte(text[i])
		}
		start, base64, numbers = i+1, true, true
	}
	return b.String(), found
}

// mostCode is how much script is looked at as one: what a page of a site has is longer, and of many hands.
const mostCode = 64 << 10

// script looks at one script. One that unpacks a file and hands it out hides it from whoever looks at the mail or the page
// on its way ("HTML smuggling", ATT&CK T1027.006).
func (p *pageLook) script(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	p.scripted = true
	code := image.ReplaceAllString(text, "")
	rest, long := withoutRuns(code)
	switch {
	case unpacksPage.MatchString(code), runsProgram.MatchString(code),
		long && makesFile.MatchString(code) && decodes.MatchString(code),
		long && strings.Contains(code, "atob") && unpacksCode.MatchString(code):
		p.active = true
	}
	p.payload = p.payload || long
	if p.code.Len()+len(rest) <= mostCode {
		p.code.WriteString(rest)
	}
}

var unpacksCode = regexp.MustCompile(`document\s*\.\s*write|\beval\b|new\s+Function`)
