package triagetest

import (
	"fmt"
	"strings"
)

// ooxml is an Office document as an archive (ECMA-376 part 2): types, relations, parts.
type ooxml struct {
	main  string // path of the main part
	kind  string // its content type
	body  string // its text
	rels  string // its relations
	types string // more overrides
	parts []part
	app   string // the program that wrote it
}

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relsNS   = "http://schemas.openxmlformats.org/package/2006/relationships"
	officeNS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	vndOpen  = "application/vnd.openxmlformats-officedocument."
	wordKind = vndOpen + "wordprocessingml.document.main+xml"
	wordNS   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + officeNS + `"`
)

// rel is a relation to a part, or to what is elsewhere.
func rel(id, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, id, officeNS, kind, target)
}

func external(id, kind, target string) string {
	return strings.Replace(rel(id, kind, target), "/>", ` TargetMode="External"/>`, 1)
}

func relations(inside string) string {
	return xmlHead + `<Relationships xmlns="` + relsNS + `">` + inside + `</Relationships>`
}

func (o ooxml) build() []byte {
	if o.app == "" {
		o.app = "Microsoft Office Word"
	}
	folder, file, _ := strings.Cut(o.main, "/")
	parts := []part{
		p("[Content_Types].xml", xmlHead+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>`+
			`<Default Extension="png" ContentType="image/png"/><Default Extension="bin" ContentType="application/octet-stream"/>`+
			`<Override PartName="/`+o.main+`" ContentType="`+o.kind+`"/>`+
			`<Override PartName="/docProps/app.xml" ContentType="`+vndOpen+`extended-properties+xml"/>`+o.types+`</Types>`),
		p("_rels/.rels", relations(rel("rId1", "officeDocument", o.main)+rel("rId2", "extended-properties", "docProps/app.xml"))),
		p("docProps/app.xml", xmlHead+`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">`+
			`<Application>`+o.app+`</Application></Properties>`),
		p(o.main, xmlHead+o.body),
	}
	if o.rels != "" {
		parts = append(parts, p(folder+"/_rels/"+file+".rels", relations(o.rels)))
	}
	return zipped(append(parts, o.parts...)...)
}

// docx is a Word document with these paragraphs, relations and parts.
func docx(body, rels string, parts ...part) []byte {
	return ooxml{
		main: "word/document.xml", kind: wordKind, rels: rel("rId1", "styles", "styles.xml") + rels,
		body:  `<w:document ` + wordNS + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		parts: append([]part{p("word/styles.xml", xmlHead+`<w:styles `+wordNS+`/>`)}, parts...),
	}.build()
}

func para(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }

// docm is docx with the content type of a document that may have macros.
func docm(rels string, parts ...part) []byte {
	return ooxml{
		main: "word/document.xml", kind: "application/vnd.ms-word.document.macroEnabled.main+xml",
		rels:  rel("rId1", "styles", "styles.xml") + rels,
		body:  `<w:document ` + wordNS + `><w:body>` + para("Activez le contenu") + `</w:body></w:document>`,
		parts: append([]part{p("word/styles.xml", xmlHead+`<w:styles `+wordNS+`/>`)}, parts...),
	}.build()
}

const (
	sheetNS  = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + officeNS + `"`
	bookKind = vndOpen + "spreadsheetml.sheet.main+xml"
)

// xlsx is a workbook of one sheet with these relations and parts. sheets is added to its list of sheets.
func xlsx(kind, sheets, rels string, parts ...part) []byte {
	return ooxml{
		main: "xl/workbook.xml", kind: kind, app: "Microsoft Excel", rels: rel("rId1", "worksheet", "worksheets/sheet1.xml") + rels,
		body:  `<workbook ` + sheetNS + `><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/>` + sheets + `</sheets></workbook>`,
		types: `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + vndOpen + `spreadsheetml.worksheet+xml"/>`,
		parts: append([]part{p("xl/worksheets/sheet1.xml", xmlHead+`<worksheet `+sheetNS+`><sheetData><row r="1"><c r="A1"><v>12</v></c>`+
			`<c r="B1"><f>SUM(A1:A9)</f><v>12</v></c></row></sheetData></worksheet>`)}, parts...),
	}.build()
}

// pptx is a slide show of one slide, with the relations of that slide.
func pptx(kind, slideRels string, parts ...part) []byte {
	const ns = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="` + officeNS + `"`
	return ooxml{
		main: "ppt/presentation.xml", kind: kind, app: "Microsoft Office PowerPoint", rels: rel("rId1", "slide", "slides/slide1.xml"),
		body: `<p:presentation ` + ns + `><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>`,
		parts: append([]part{
			p("ppt/slides/slide1.xml", xmlHead+`<p:sld `+ns+`><p:cSld/></p:sld>`),
			p("ppt/slides/_rels/slide1.xml.rels", relations(slideRels)),
		}, parts...),
	}.build()
}

// vbaProject is a compound file as Office keeps its macros in: a storage VBA with a directory, a project, a module
// ([MS-OVBA] 2.2). The module is not one that does anything.
func vbaProject(prefix string) []part {
	return []part{
		file(prefix+"VBA/dir", noise(31, 300)),
		file(prefix+"VBA/_VBA_PROJECT", noise(32, 500)),
		file(prefix+"VBA/ThisDocument", join([]byte("\x01\x16\x03\x00\x00"), noise(33, 600), []byte("\x01\x2b\xb0\x00Attribut\x00e VB_Nam\x00e = \"Thi\x00sDocumen"))),
		p(prefix+"PROJECT", "ID=\"{8A3F1C5E-0000-0000-0000-000000000000}\"\r\nDocument=ThisDocument/&H00000000\r\nName=\"Project\"\r\n"),
		file(prefix+"PROJECTwm", join([]byte("ThisDocument\x00"), wide("ThisDocument"), make([]byte, 4))),
	}
}

func vbaBin() []byte { return cfbFile(nil, vbaProject("")...) }

// ole10 is a file wrapped as Windows wraps what is dragged into a document ([MS-OLEDS] 2.3.6; its inside is the Packager's).
func ole10(name string, data []byte) []byte {
	inside := join(le16(2), []byte(name), []byte{0}, []byte(`C:\Temp\`+name), []byte{0}, le16(0), le16(3), le32(len(name)+9),
		[]byte(`C:\Temp\`+name), []byte{0}, le32(len(data)), data)
	return join(le32(len(inside)), inside)
}

func packageBin(name string, data []byte) []byte {
	return cfbFile([]byte("\x0c\x00\x03\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"),
		file("\x01Ole10Native", ole10(name, data)), file("\x01CompObj", join(noise(35, 28), []byte("\x0b\x00\x00\x00OLE Package\x00\x08\x00\x00\x00Package\x00"))))
}
