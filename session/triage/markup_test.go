package triage_test

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"estran/session"
)

func TestMarkup(t *testing.T) {
	active := []session.Reason{session.ReasonActivePage}
	scripted := []session.Reason{session.ReasonScriptedPage}
	svg := func(inner string) []byte {
		return []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">` + inner + `</svg>`)
	}
	page := func(inner string) []byte {
		return []byte("<!DOCTYPE html><html><head><meta charset=utf-8></head><body>" + inner + "</body></html>")
	}
	load := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("PK\x03\x04 some archive ", 60)))
	lookAtAll(t, map[string]specimen{
		"a picture":                   {"logo.svg", svg(`<title>Logo</title><path d="M0 0"/><style>a{}</style>`), nil},
		"a picture of a drawing tool": {"logo.svg", append([]byte(`<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>`), svg("")[21:]...), nil},
		"a picture with a link":       {"carte.svg", svg(`<a xlink:href="https://www.caf.fr"><text>CAF</text></a>`), nil},
		"a picture with a text":       {"carte.svg", svg(`<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Bonjour</div></foreignObject>`), nil},
		"a picture with a picture":    {"carte.svg", svg(`<image xlink:href="data:image/png;base64,` + load + `"/>`), nil},
		"a picture that moves":        {"carte.svg", svg(`<animate attributeName="x" to="10"/>`), nil},
		"a page":                      {"page.html", page("<h1>Bonjour</h1><a href='https://www.caf.fr'>CAF</a><img src='file:///C:/a.png'>"), nil},
		"a page that leads on":        {"page.html", page("<meta http-equiv=refresh content='0; url=https://www.caf.fr'>"), nil},
		"a page with data":            {"page.html", page(`<script type="application/ld+json">{"a": "b"}</script>`), nil},
		"a page about scripts":        {"cours.html", page("<pre>&lt;script&gt;new ActiveXObject('WScript.Shell')&lt;/script&gt;</pre>"), nil},
		"a page with a film":          {"page.html", page(`<iframe src="https://www.youtube.com/embed/x"></iframe><iframe src="//exemple.fr/x"></iframe>`), nil},
		"a table as a page":           {"relevé.xls", []byte("<html><table><tr><td>1</td></tr></table></html>"), nil},
		"a page of Word":              {"lettre.htm", page(`<object classid="clsid:38481807-CA0E-42D2-BF39-B33AF135CC4D" id=ieooui></object><link rel=File-List href="lettre_fichiers/filelist.xml">`), nil},
		"an invoice":                  {"facture.xml", []byte(`<?xml version="1.0"?><Invoice><script>ceci est un champ</script></Invoice>`), nil},
		"a style":                     {"facture.xml", []byte(`<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a xmlns:h="http://www.w3.org/1999/xhtml"/>`), nil},
		"a letter of Word in one":     {"lettre.xml", []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument w:macrosPresent="no"><w:script/></w:wordDocument>`), nil},
		"a text":                      {"notes.txt", []byte("Bonjour, voici <script> et javascript:"), nil},
		"a list":                      {"liste.csv", []byte("nom;montant\nDupont;=A1+B1\nZoé;-12\n"), nil},
		"a list about commands":       {"liste.csv", []byte("commande;effet\ncmd | more;montre\n"), nil},
		"a table in letters":          {"budget.slk", []byte("ID;PWXL;N;E\r\nC;Y1;X1;K12\r\nE\r\n"), nil},

		"a form of a site":               {"page.html", page(`<form action="https://www.caf.fr/connexion"><input type=password></form>`), nil},
		"a page with an image":           {"page.html", page(`<a href="data:image/png;base64,AAAA">x</a><img src="data:image/png;base64,` + load + `">`), nil},
		"a page in wide letters":         {"page.html", wide(string(page("Bonjour"))), nil},
		"a site that was saved":          {"site.html", page("<script>document.getElementById('a').innerHTML = 'b'</script>"), scripted},
		"a site with files of scripts":   {"site.html", page("<script src='site_fichiers/a.js'></script>"), scripted},
		"a site with the old statistics": {"site.html", page(`<script>document.write(unescape("%3Cscript src='" + host + "ga.js'%3E%3C/script%3E"));</script>`), scripted},
		"a page with a button":           {"page.html", page("<button onclick='print()'>Imprimer</button>"), scripted},
		"a page with a link that runs":   {"page.html", page("<a href='java\nscript:history.back()'>Retour</a>"), scripted},
		"a site that makes files":        {"site.html", page("<script>var u = URL.createObjectURL(new Blob([text]))</script>"), scripted},
		"a site with pictures in it":     {"site.html", page("<script>img.src = 'data:image/png;base64," + load + "'; URL.createObjectURL(new Blob([new Uint8Array(3)]))</script>"), scripted},
		"a picture that runs":            {"logo.svg", svg("<script>alert(1)</script>"), active},
		"a picture that runs, loading":   {"logo.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), active},
		"a script in a title":            {"logo.svg", svg("<title><script>alert(1)</script></title>"), active},
		"a script by its prefix":         {"logo.svg", svg(`<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`), active},
		"a picture with a link to run":   {"logo.svg", svg(`<a xlink:href="jav&#9;ascript:alert(1)"><text/></a>`), active},
		"a picture with a page":          {"logo.svg", svg(`<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://exemple.com"/></foreignObject>`), active},
		"a picture with an entity":       {"logo.svg", append([]byte(`<!DOCTYPE svg [<!ENTITY a "<script>alert(1)</script>">]>`), svg("&a;")[21:]...), active},
		"a picture in wide letters":      {"logo.svg", wide(string(svg("<script>alert(1)</script>"))), active},
		"a page that makes a file":       {"facture.html", page("<script>var d = atob('" + load + "'); var u = URL.createObjectURL(new Blob([d]));</script>"), active},
		"the same in two scripts":        {"facture.html", page("<p hidden>" + load + "</p><script>var d = atob(x)</script><script>a.href = URL.createObjectURL(new Blob([d]));</script>"), active},
		"a page that unpacks itself":     {"facture.html", page("<script>document.write(unescape('" + strings.Repeat("%3C%73", 100) + "'))</script>"), active},
		"a page that writes itself":      {"facture.html", page("<body onload=\"document.write(atob('PHNjcmlwdD4='))\">"), active},
		"a page with an archive":         {"facture.html", page(`<a download="facture.zip" href="data:application/zip;base64,UEsDBA==">Facture</a>`), active},
		"a page that leads off the web":  {"facture.html", page("<META HTTP-EQUIV='Refresh' CONTENT='0; URL=search-ms:query=x'>"), active},
		"a page with a foreign frame":    {"facture.html", page(`<iframe src="\\10.0.0.1\a"></iframe>`), active},
		"a page that runs programs":      {"facture.html", page("<script>new ActiveXObject('WScript.Shell').Run('calc')</script>"), active},
		"a page in an older script":      {"facture.html", page("<script language=VBScript>MsgBox 1</script>"), active},
		"XML with a script":              {"facture.xml", []byte(`<?xml version="1.0"?><a><h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script></a>`), active},
		"a letter of Word with macros":   {"lettre.xml", []byte(`<?xml version="1.0"?><w:wordDocument w:macrosPresent="yes"/>`), []session.Reason{session.ReasonMacros}},
		"a list that runs a command":     {"liste.csv", []byte("nom;montant\nDupont;=cmd|'/c calc'!A1\n"), []session.Reason{session.ReasonRemote}},
		"a query":                        {"taux.iqy", []byte("WEB\r\n1\r\nhttp://exemple.com/a\r\n"), []session.Reason{session.ReasonShortcut, session.ReasonRemote}},
		"a table in letters with macros": {"budget.slk", []byte("ID;P\r\nO;E\r\nNN;NAuto_open;ER101C1\r\nC;X1;Y101;EEXEC(\"calc\")\r\nE\r\n"), []session.Reason{session.ReasonMacros}},
	})
}

func FuzzMarkup(f *testing.F) {
	f.Add("a.svg", []byte(`<svg onload="a"><foreignObject><iframe/></foreignObject><!ENTITY a "script"></svg>`))
	f.Add("a.html", []byte(`<script>atob('x')</script><meta http-equiv=refresh content="0;url=file:a"><object classid="x" data="data:text/html,x">`))
	f.Add("a.slk", []byte("ID;P\nO;E\n"))
	f.Add("a.xml", []byte("\xff\xfe<\x00?\x00x\x00m\x00l\x00"))
	f.Fuzz(func(t *testing.T, name string, b []byte) { lookAt(t, session.Private(name), b) })
}

// wide is text as Windows writes it, in UTF-16 with a mark at its start.
func wide(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}
