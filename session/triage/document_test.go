package triage_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"estran/session"
)

// filesIn is an archive of these files, in this order: name, content, name, content.
func filesIn(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		e, err := w.Create(pairs[i])
		check(t, err)
		_, err = e.Write([]byte(pairs[i+1]))
		check(t, err)
	}
	check(t, w.Close())
	return b.Bytes()
}

const officeTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

func relation(kind, target string) string {
	return `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
		`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `" TargetMode="External"/></Relationships>`
}

func wordBody(runs string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>` + runs + `</w:p></w:body></w:document>`
}

func instr(texts ...string) string {
	out := `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`
	for _, s := range texts {
		out += `<w:r><w:instrText xml:space="preserve">` + s + `</w:instrText></w:r>`
	}
	return out + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func TestOffice(t *testing.T) {
	macros := []session.Reason{session.ReasonMacros}
	remote := []session.Reason{session.ReasonRemote}
	embedded := []session.Reason{session.ReasonEmbedded}
	office := func(pairs ...string) []byte {
		return filesIn(t, append([]string{"[Content_Types].xml", officeTypes, "word/document.xml", wordBody("<w:r><w:t>Bonjour</w:t></w:r>")}, pairs...)...)
	}
	word := func(runs string) []byte {
		return filesIn(t, "[Content_Types].xml", officeTypes, "word/document.xml", wordBody(runs))
	}
	project := func(source string) string {
		return string(oleOf(map[string]string{"VBA/dir": "x", "VBA/Module1": moduleOf(source)}))
	}
	control := func(class string) string { return `<ax:ocx ax:classid="{` + class + `}" xmlns:ax="x"/>` }
	table := string(filesIn(t, "[Content_Types].xml", officeTypes, "xl/workbook.xml", "<workbook/>"))
	picture := "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
	packed := string(oleOf(map[string]string{"\x01Ole10Native": packageFor("facture.exe", exeHead)}))

	lookAtAll(t, map[string]specimen{
		"a letter":                       {"lettre.docx", office(), nil},
		"with links":                     {"lettre.docx", office("word/_rels/document.xml.rels", relation("hyperlink", "https://www.caf.fr")), nil},
		"with a picture of a site":       {"lettre.docx", office("word/_rels/document.xml.rels", relation("image", "https://www.caf.fr/logo.png")), nil},
		"with the template of an office": {"lettre.docx", office("word/_rels/settings.xml.rels", relation("attachedTemplate", `file:///\\serveur\modeles\lettre.dotx`)), nil},
		"with a table of the writer":     {"lettre.docx", office("word/_rels/document.xml.rels", relation("oleObject", `file:///C:\Users\zoe\budget.xlsx`)), nil},
		"a table that reads another":     {"budget.xlsx", office("xl/externalLinks/_rels/externalLink1.xml.rels", relation("externalLinkPath", "https://exemple.sharepoint.com/a.xlsx")), nil},
		"a table with a linked object":   {"budget.xlsx", office("xl/externalLinks/externalLink1.xml", `<externalLink><oleLink progId="Word.Document.12"/></externalLink>`), nil},
		"with a table in it":             {"lettre.docx", office("word/embeddings/Feuille1.xlsx", table), nil},
		"with an old table in it":        {"lettre.docx", office("word/embeddings/oleObject1.bin", string(oleOf(map[string]string{"Workbook": record(0x809, "\x00\x06\x05\x00")}))), nil},
		"with a picture":                 {"lettre.docx", office("word/media/image1.png", picture), nil},
		"with fields":                    {"lettre.docx", word(instr(" PAGE ") + instr(` HYPERLINK "https://www.caf.fr" `) + instr(" TOC ", `\o "1-3" `)), nil},
		"about DDE":                      {"cours.docx", word("<w:r><w:t>DDEAUTO c:\\cmd.exe est un champ</w:t></w:r>"), nil},
		"with a box to tick":             {"cerfa.docx", office("word/activeX/activeX1.xml", control("8BD21D40-EC42-11CE-9E0D-00AA006002F3")), nil},
		"with an empty project":          {"budget.xlsm", office("xl/vbaProject.bin", project(emptyModule)), nil},
		"in Latin letters":               {"lettre.docx", filesIn(t, "[Content_Types].xml", officeTypes, "word/document.xml", "<?xml version='1.0' encoding='ISO-8859-1'?><w:document>\xe9<w:instrText>PAGE</w:instrText></w:document>"), nil},
		"a book":                         {"livre.epub", filesIn(t, "mimetype", "application/epub+zip", "OEBPS/a.xhtml", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>"), nil},
		"photos":                         {"photos.zip", filesIn(t, "a.png", picture), nil},

		"macros":                        {"lettre.docm", office("word/vbaProject.bin", project("Sub AutoOpen()\r\nEnd Sub")), macros},
		"macros, broken":                {"lettre.docm", office("word/vbaProject.bin", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxx"), []session.Reason{session.ReasonMacros, session.ReasonDamaged, session.ReasonInside}},
		"macros under another name":     {"lettre.docm", office("word/a.jpg.bin", project("Sub AutoOpen()\r\nEnd Sub")), []session.Reason{session.ReasonMacros, session.ReasonInside}},
		"a macro sheet":                 {"budget.xlsm", office("xl/macrosheets/sheet1.xml", "<xm:macrosheet/>"), macros},
		"a macro sheet elsewhere":       {"budget.xlsm", office("xl/_rels/workbook.xml.rels", strings.Replace(relation("xlMacrosheet", "a.xml"), `TargetMode="External"`, "", 1)), macros},
		"a template of a site":          {"lettre.docx", office("word/_rels/settings.xml.rels", relation("attachedTemplate", "http://exemple.com/a.dotm")), remote},
		"an object of a site":           {"lettre.docx", office("word/_rels/document.xml.rels", relation("oleObject", "mhtml:http://exemple.com/a.html!x-usc:http://exemple.com/a.html")), remote},
		"the same, in another spelling": {"lettre.docx", office(`word\_rels\document.xml.rels`, relation("oleObject", " &#104;TTPS://exemple.com/a.html!")), remote},
		"a frame of a site":             {"lettre.docx", office("word/_rels/webSettings.xml.rels", relation("frame", "https://exemple.com")), remote},
		"a command":                     {"lettre.docx", word(instr(` DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" `)), remote},
		"a command in pieces":           {"lettre.docx", word(instr("DD", "EAU", `TO c:\\cmd.exe`, ` "/k calc"`)), remote},
		"a command in a simple field":   {"lettre.docx", word(`<w:fldSimple w:instr="DDE cmd x"/>`), remote},
		"a command in numbers":          {"lettre.docx", word(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>` + instr(" QUOTE 68 68 69 65 85 84 79 ") + `<w:r><w:instrText> c:\\cmd.exe x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`), remote},
		"a command in a table":          {"budget.xlsx", office("xl/externalLinks/externalLink1.xml", `<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>`), remote},
		"a control of a browser":        {"lettre.docx", office("word/activeX/activeX1.xml", control("EAB22AC3-30C1-11CF-A7EB-0000C05BAE0B")), embedded},
		"a packed program":              {"lettre.docx", office("word/embeddings/oleObject1.bin", packed), []session.Reason{session.ReasonEmbedded, session.ReasonProgram, session.ReasonInside}},
		"a page that runs":              {"lettre.docx", office("word/a.html", "<script>new ActiveXObject('WScript.Shell')</script>"), []session.Reason{session.ReasonActivePage, session.ReasonInside}},
		"a broken part":                 {"lettre.docx", filesIn(t, "[Content_Types].xml", officeTypes, "word/document.xml", "<w:instrText>DD<<"), []session.Reason{session.ReasonDamaged}},
		"a bomb of entities":            {"lettre.docx", word(`<!DOCTYPE a [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><w:instrText>&b;</w:instrText>`), nil},
	})
}

func TestOpenDocument(t *testing.T) {
	macros := []session.Reason{session.ReasonMacros}
	remote := []session.Reason{session.ReasonRemote}
	odt := func(content string, pairs ...string) []byte {
		return filesIn(t, append([]string{"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", content, "META-INF/manifest.xml", "<manifest:manifest/>"}, pairs...)...)
	}
	body := func(inner string) string {
		return `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body>` + inner + `</office:body></office:document-content>`
	}
	flat := func(inner string) []byte {
		return []byte(strings.ReplaceAll(body(inner), "document-content", "document"))
	}
	module := func(code string) string {
		return `<?xml version="1.0"?><!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd"><script:module>` + code + `</script:module>`
	}
	blank := "REM  *****  BASIC  *****\n\nSub Main\n\nEnd Sub\n"
	lookAtAll(t, map[string]specimen{
		"a letter":                  {"lettre.odt", odt(body("<text:p>Bonjour</text:p>")), nil},
		"with links":                {"lettre.odt", odt(body(`<text:a xlink:href="https://www.caf.fr">x</text:a>`)), nil},
		"with pictures":             {"lettre.odt", odt(body(`<draw:image xlink:href="Pictures/1.png"/><draw:image xlink:href="https://www.caf.fr/logo.png"/>`), "Pictures/1.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), nil},
		"with a chart":              {"budget.ods", odt(body(`<draw:object xlink:href="./Object 1"/>`), "Object 1/content.xml", body("")), nil},
		"with an empty library":     {"lettre.odt", odt(body(""), "Basic/script-lc.xml", "<library:libraries/>", "Basic/Standard/script-lb.xml", "<library:library/>"), nil},
		"with an empty macro":       {"lettre.odt", odt(body(""), "Basic/Standard/Module1.xml", module(blank)), nil},
		"with slides that turn":     {"exposé.odp", odt(body(`<office:event-listeners><presentation:event-listener presentation:action="next-page"/></office:event-listeners>`)), nil},
		"flat":                      {"lettre.fodt", flat("<text:p>Bonjour</text:p>"), nil},
		"that reads a table beside": {"budget.ods", odt(body(`<text:section-source xlink:href="../a.odt"/>`)), nil},

		"a macro":                      {"lettre.odt", odt(body(""), "Basic/Standard/Module1.xml", module("Sub Main\nShell(&quot;calc&quot;)\nEnd Sub")), macros},
		"a script":                     {"lettre.odt", odt(body(""), "Scripts/python/a.py.txt", "import os"), macros},
		"a letter of the assistant":    {"lettre.odt", odt(body(`<office:event-listeners><script:event-listener script:language="ooo:StarBasic" script:event-name="office:new" script:macro-name="application:Template.Correspondence.Main"/></office:event-listeners>`)), nil},
		"the assistant, and a macro":   {"lettre.odt", odt(body(`<script:event-listener script:macro-name="application:Template.Correspondence.Main" xlink:href="vnd.sun.star.script:a"/>`)), macros},
		"another macro of the program": {"lettre.odt", odt(body(`<script:event-listener script:language="ooo:StarBasic" script:event-name="office:new" script:macro-name="application:Template.Correspondence.Main2"/>`)), macros},
		"a macro that is called":       {"lettre.odt", odt(body(`<script:event-listener script:language="ooo:script" xlink:href="vnd.sun.star.script:LibreLogo|LibreLogo.py$run?language=Python&amp;location=share"/>`)), macros},
		"a macro in a flat document":   {"lettre.fodt", flat(`<script:module><script:source-code>Shell("calc")</script:source-code></script:module>`), macros},
		"a frame of a site":            {"lettre.odt", odt(body(`<draw:floating-frame xlink:href="https://exemple.com"/>`)), remote},
		"an object of a site":          {"lettre.odt", odt(body(`<draw:object-ole xlink:href="http://exemple.com/a"/>`)), remote},
		"a command":                    {"budget.ods", odt(body(`<office:dde-source office:dde-application="cmd" office:dde-topic="/c calc"/>`)), remote},
		"a password":                   {"lettre.odt", filesIn(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "x", "META-INF/manifest.xml", "<manifest:encryption-data/>"), []session.Reason{session.ReasonEncrypted}},
	})
}

func FuzzOOXML(f *testing.F) {
	f.Add(wordBody(instr("DD", "E cmd x")+instr("QUOTE 68 68")), relation("oleObject", "http://a"), true)
	f.Add("<office:document-content><script:event-listener xlink:href='script:a'/><module>Sub</module></office:document-content>", "", false)
	f.Fuzz(func(t *testing.T, part, relations string, office bool) {
		name, kind := "content.xml", "application/vnd.oasis.opendocument.text"
		if office {
			name, kind = "word/document.xml", ""
		}
		lookAt(t, "a.docx", filesIn(t, "mimetype", kind, "[Content_Types].xml", officeTypes, name, part, "word/_rels/a.rels", relations))
	})
}
