package triagetest

const localTemplate = `file:///C:\Users\Zoe\AppData\Roaming\Microsoft\Templates\Normal.dotm`

// wordDocuments are those of Word and of what writes its format.
func wordDocuments() []Entry {
	google := func() []byte {
		return ooxml{
			main: "word/document.xml", kind: wordKind, app: "Google Docs", rels: rel("rId1", "fontTable", "fontTable.xml"),
			body:  `<w:document ` + wordNS + `><w:body>` + para("Compte rendu") + `</w:body></w:document>`,
			parts: []part{p("word/fontTable.xml", xmlHead+`<w:fonts `+wordNS+`/>`), p("customXml/item1.xml", xmlHead+`<go:gDocsCustomXmlDataStorage xmlns:go="http://customooxmlschemas.google.com/"/>`)},
		}.build()
	}
	return []Entry{
		clean("lettre.docx", "a letter", func() []byte { return docx(para("Madame, Monsieur,"), "") }),
		clean("CV Zoé.DOCX", "links to a site and to a mail address", func() []byte {
			return docx(`<w:hyperlink r:id="rId2"><w:r><w:t>mon site</w:t></w:r></w:hyperlink>`,
				external("rId2", "hyperlink", "https://www.exemple.fr/zoe")+external("rId3", "hyperlink", "mailto:zoe@exemple.fr"))
		}),
		clean("dossier avec photos.docx", "pictures, a header, a footer", func() []byte {
			return docx(para("Photos"), rel("rId2", "image", "media/image1.jpeg")+rel("rId3", "header", "header1.xml")+rel("rId4", "footer", "footer1.xml"),
				file("word/media/image1.jpeg", jpegOf(80, 60)), p("word/header1.xml", xmlHead+`<w:hdr `+wordNS+`/>`), p("word/footer1.xml", xmlHead+`<w:ftr `+wordNS+`/>`))
		}),
		clean("relecture.docx", "comments and tracked changes", func() []byte {
			return docx(`<w:p><w:ins w:id="1" w:author="Zoe"><w:r><w:t>ajout</w:t></w:r></w:ins></w:p>`, rel("rId2", "comments", "comments.xml"),
				p("word/comments.xml", xmlHead+`<w:comments `+wordNS+`><w:comment w:id="0">`+para("A revoir")+`</w:comment></w:comments>`))
		}),
		clean("courrier modèle.docx", "was written on a template of its computer", func() []byte {
			return docx(para("Objet :"), rel("rId2", "settings", "settings.xml"),
				p("word/settings.xml", xmlHead+`<w:settings `+wordNS+`><w:attachedTemplate r:id="rId1"/></w:settings>`),
				p("word/_rels/settings.xml.rels", relations(external("rId1", "attachedTemplate", localTemplate))))
		}),
		clean("rapport avec graphique.docx", "a chart, with the workbook it is made of", func() []byte {
			return docx(para("Graphique"), rel("rId2", "chart", "charts/chart1.xml"),
				p("word/charts/chart1.xml", xmlHead+`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="`+officeNS+`"><c:externalData r:id="rId1"/></c:chartSpace>`),
				p("word/charts/_rels/chart1.xml.rels", relations(`<Relationship Id="rId1" Type="`+officeNS+`/package" Target="../embeddings/Microsoft_Excel_Worksheet.xlsx"/>`)),
				file("word/embeddings/Microsoft_Excel_Worksheet.xlsx", xlsx(bookKind, "", "")))
		}),
		clean("publipostage.docx", "fields: page numbers, dates, merge fields", func() []byte {
			return docx(`<w:p><w:fldSimple w:instr=" PAGE \* MERGEFORMAT "/><w:r><w:fldChar w:fldCharType="begin"/></w:r>`+
				`<w:r><w:instrText xml:space="preserve"> MERGEFIELD Nom </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`+
				`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://www.caf.fr"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "")
		}),
		clean("mémoire.docx", "written with LibreOffice", func() []byte {
			return ooxml{
				main: "word/document.xml", kind: wordKind, app: "LibreOffice/24.8.2.1$Linux_X86_64",
				body: `<w:document ` + wordNS + `><w:body>` + para("Mémoire") + `</w:body></w:document>`,
			}.build()
		}),
		clean("Compte rendu.docx", "written with Google Docs", google),
		clean("modèle.dotx", "a template without macros", func() []byte {
			return ooxml{
				main: "word/document.xml", kind: vndOpen + "wordprocessingml.template.main+xml",
				body: `<w:document ` + wordNS + `><w:body>` + para("Modèle") + `</w:body></w:document>`,
			}.build()
		}),
		clean("lettre.docm", "saved as .docm by mistake: it has no macro", func() []byte { return docm("") }),
		clean("bilan.docx", "a workbook that was dragged into the page", func() []byte {
			return docx(`<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Excel.Sheet.12" r:id="rId2"/></w:object>`,
				rel("rId2", "package", "embeddings/Microsoft_Excel_Sheet1.xlsx"), file("word/embeddings/Microsoft_Excel_Sheet1.xlsx", xlsx(bookKind, "", "")))
		}),
		clean("cours DDE.docx", "speaks of DDEAUTO and of macros in its text", func() []byte {
			return docx(para("Le champ DDEAUTO lance cmd.exe ; une macro AutoOpen aussi."), "")
		}),
	}
}

// otherOffice are workbooks and slide shows.
func otherOffice() []Entry {
	return []Entry{
		clean("budget.xlsx", "a budget: one sheet, a sum", func() []byte { return xlsx(bookKind, "", "") }),
		clean("suivi.xlsx", "a table, a pivot table and its cache", func() []byte {
			return xlsx(bookKind, "", rel("rId2", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")+rel("rId3", "table", "tables/table1.xml"),
				p("xl/pivotCache/pivotCacheDefinition1.xml", xmlHead+`<pivotCacheDefinition `+sheetNS+`><cacheSource type="worksheet"/></pivotCacheDefinition>`),
				p("xl/tables/table1.xml", xmlHead+`<table `+sheetNS+` id="1" name="Tableau1" ref="A1:B9"/>`))
		}),
		clean("comptes 2026.xlsx", "looks up another workbook of the same folder", func() []byte {
			return xlsx(bookKind, "", rel("rId2", "externalLink", "externalLinks/externalLink1.xml"),
				p("xl/externalLinks/externalLink1.xml", xmlHead+`<externalLink `+sheetNS+`><externalBook r:id="rId1"><sheetNames><sheetName val="2025"/></sheetNames></externalBook></externalLink>`),
				p("xl/externalLinks/_rels/externalLink1.xml.rels", relations(external("rId1", "externalLinkPath", "comptes%202025.xlsx"))))
		}),
		clean("planning.xlsx", "drawings, comments and printer settings", func() []byte {
			return xlsx(bookKind, "", "", p("xl/drawings/drawing1.xml", xmlHead+`<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>`),
				p("xl/drawings/vmlDrawing1.vml", `<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1025"/></xml>`),
				file("xl/printerSettings/printerSettings1.bin", noise(34, 400)))
		}),
		clean("liens.xlsx", "hyperlinks in cells", func() []byte {
			return xlsx(bookKind, "", "", p("xl/worksheets/_rels/sheet1.xml.rels", relations(external("rId1", "hyperlink", "https://www.impots.gouv.fr/"))))
		}),
		clean("gros fichier.xlsb", "a binary workbook without macros", func() []byte {
			return ooxml{main: "xl/workbook.bin", kind: "application/vnd.ms-excel.sheet.binary.macroEnabled.main", app: "Microsoft Excel", body: string(noise(36, 300))}.build()
		}),
		clean("exposé.pptx", "slides with pictures", func() []byte {
			return pptx(vndOpen+"presentationml.presentation.main+xml", rel("rId1", "image", "../media/image1.png"), file("ppt/media/image1.png", pngOf(60, 40)))
		}),
		clean("mariage.pptx", "slides with a film", func() []byte {
			return pptx(vndOpen+"presentationml.presentation.main+xml", rel("rId1", "video", "../media/media1.mp4"), file("ppt/media/media1.mp4", mp4Of("mp42")))
		}),
		clean("résultats.pptx", "slides with a chart, and links to other slides", func() []byte {
			return pptx(vndOpen+"presentationml.presentation.main+xml", rel("rId1", "chart", "../charts/chart1.xml")+rel("rId2", "slide", "slide1.xml"),
				p("ppt/charts/chart1.xml", xmlHead+`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>`),
				p("ppt/charts/_rels/chart1.xml.rels", relations(rel("rId1", "package", "../embeddings/Microsoft_Excel_Sheet.xlsx"))),
				file("ppt/embeddings/Microsoft_Excel_Sheet.xlsx", xlsx(bookKind, "", "")))
		}),
		clean("diaporama.ppsx", "a show that begins by itself", func() []byte {
			return pptx(vndOpen+"presentationml.slideshow.main+xml", "")
		}),
	}
}

// openDocuments are those of LibreOffice and OpenOffice.
func openDocuments() []Entry {
	return []Entry{
		clean("lettre.odt", "a letter", func() []byte { return odf("text", odfText("Madame, Monsieur,")) }),
		clean("lettre avec photo.odt", "a picture in it", func() []byte {
			return odf("text", odfText(`<draw:frame><draw:image xlink:href="Pictures/100000.jpg" xlink:type="simple"/></draw:frame>`), file("Pictures/100000.jpg", jpegOf(80, 60)))
		}),
		clean("association.odt", "links, and a Basic library without a module, as old versions left it", func() []byte {
			return odf("text", odfText(`<text:a xlink:type="simple" xlink:href="https://www.service-public.gouv.fr/">site</text:a>`), basic()...)
		}),
		clean("budget.ods", "a workbook", func() []byte {
			return odf("spreadsheet", `<office:body><office:spreadsheet><table:table table:name="Budget"/></office:spreadsheet></office:body>`)
		}),
		clean("budget avec graphique.ods", "a chart: an object inside, with its replacement picture", func() []byte {
			return odf("spreadsheet", `<office:body><office:spreadsheet><draw:frame><draw:object xlink:href="./Object 1" xlink:type="simple"/>`+
				`<draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame></office:spreadsheet></office:body>`,
				p("Object 1/content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content `+odfNS+`/>`),
				p("Object 1/styles.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-styles `+odfNS+`/>`),
				file("ObjectReplacements/Object 1", noise(37, 700)))
		}),
		clean("exposé.odp", "slides", func() []byte { return odf("presentation", `<office:body><office:presentation/></office:body>`) }),
		clean("dessin.odg", "a drawing", func() []byte { return odf("graphics", `<office:body><office:drawing/></office:body>`) }),
		clean("lettre.fodt", "a letter in one XML file", text(`<?xml version="1.0" encoding="UTF-8"?><office:document `+odfNS+
			` office:mimetype="application/vnd.oasis.opendocument.text"><office:scripts/>`+odfText("Bonjour")+`</office:document>`)),
		clean("ancien.sxw", "OpenOffice.org 1", func() []byte {
			return zipped(p("mimetype", "application/vnd.sun.xml.writer"), p("content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="http://openoffice.org/2000/office"/>`),
				p("META-INF/manifest.xml", `<?xml version="1.0"?><manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest"/>`))
		}),
	}
}
