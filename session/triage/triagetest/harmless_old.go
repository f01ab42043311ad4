package triagetest

// fib begins a stream of Word 97 ([MS-DOC] 2.5.1): the flags say which table there is, and whether it is enciphered.
func fib(flags int) []byte {
	b := make([]byte, 4096)
	copy(b, join(le16(0xa5ec), le16(0xc1), le16(0), le16(0x40c), le16(0), le16(flags)))
	return b
}

const (
	fibTable1    = 0x0200
	fibEncrypted = 0x0100
)

func doc(parts ...part) []byte {
	return cfbFile([]byte("\x06\x09\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"), append([]part{
		file("WordDocument", fib(fibTable1)),
		file("1Table", noise(51, 4200)),
		file("\x05SummaryInformation", summary()),
		file("\x05DocumentSummaryInformation", summary()),
		file("\x01CompObj", noise(52, 106)),
	}, parts...)...)
}

func summary() []byte {
	return join([]byte("\xfe\xff\x00\x00\x06\x01\x02\x00"), make([]byte, 16), le32(1), noise(53, 200))
}

// biff is one record of a workbook of Excel 97 ([MS-XLS] 2.1.4).
func biff(kind int, data ...[]byte) []byte {
	body := join(data...)
	return join(le16(kind), le16(len(body)), body)
}

const (
	sheetVisible, sheetHidden, sheetVeryHidden = 0, 1, 2
	sheetCells, sheetMacros                    = 0, 1
)

// boundSheet names a sheet, and says what it holds ([MS-XLS] 2.4.28).
func boundSheet(name string, state, kind byte) []byte {
	return biff(0x85, le32(0), []byte{state, kind, byte(len(name)), 0}, []byte(name))
}

func xls(records []byte, parts ...part) []byte {
	book := join(biff(0x809, le16(0x600), le16(5), make([]byte, 12)), records, biff(0x0a))
	book = join(book, biff(0x809, le16(0x600), le16(0x10), make([]byte, 12)), biff(0x0a), make([]byte, 4096))
	return cfbFile([]byte("\x20\x08\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"),
		append([]part{file("Workbook", book), file("\x05SummaryInformation", summary())}, parts...)...)
}

func ppt(parts ...part) []byte {
	return cfbFile([]byte("\x10\x8d\x81\x64\x9b\x4f\xcf\x11\x86\xea\x00\xaa\x00\xb9\x29\xe8"), append([]part{
		file("PowerPoint Document", join([]byte("\x0f\x00\xe8\x03\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), noise(54, 5000))),
		file("Current User", join([]byte("\x00\x00\xf6\x0f\x14\x00\x00\x00"), le32(0x14), le32(0xe391c05f), make([]byte, 12))),
		file("Pictures", jpegOf(60, 40)),
		file("\x05SummaryInformation", summary()),
	}, parts...)...)
}

// msg is a message of Outlook ([MS-OXMSG]).
func msg(attachments ...part) []byte {
	parts := []part{
		file("__properties_version1.0", make([]byte, 64)),
		file("__nameid_version1.0/__substg1.0_00020102", make([]byte, 16)),
		file("__substg1.0_0037001F", wide("Votre rendez-vous")),
		file("__substg1.0_1000001F", wide("Bonjour, voici la convocation.")),
		file("__recip_version1.0_#00000000/__substg1.0_3001001F", wide("Zoé")),
	}
	for _, a := range attachments {
		const dir = "__attach_version1.0_#00000000/"
		parts = append(parts, file(dir+"__properties_version1.0", make([]byte, 32)), file(dir+"__substg1.0_37010102", a.data),
			file(dir+"__substg1.0_3707001F", wide(a.name)))
	}
	return cfbFile([]byte("\x0b\x0d\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"), parts...)
}

// oldOffice are documents of before 2007, and what calls itself one.
func oldOffice() []Entry {
	return []Entry{
		clean("vieux.doc", "Word 97", func() []byte { return doc() }),
		clean("courrier avec image.doc", "Word 97 with data and an empty pool of objects", func() []byte { return doc(file("Data", jpegOf(80, 60)), file("ObjectPool/", nil)) }),
		clean("vieux.xls", "Excel 97: two sheets, one hidden", func() []byte {
			return xls(join(boundSheet("Budget", sheetVisible, sheetCells), boundSheet("Liste", sheetHidden, sheetCells)))
		}),
		clean("diapos.pps", "PowerPoint 97", func() []byte { return ppt() }),
		clean("cours.ppt", "PowerPoint 97", func() []byte { return ppt() }),
		clean("convocation.msg", "a message of Outlook with a PDF", func() []byte { return msg(file("convocation.pdf", pdf{}.build())) }),
		clean("courrier.doc", "RTF under the name of a Word document", text(`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}\f0\fs24 Bonjour\par}`)),
		clean("relevé.xls", "a table in HTML, as a web site exports it", text("<html><head><meta charset=\"utf-8\"></head><body><table><tr><td>12,50</td></tr></table></body></html>")),
		clean("export.xls", "tab-separated text, as a web site exports it", text("nom\tmontant\nDupont\t12\n")),
		clean("tableau.xls", "Excel 2003 XML", text(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>`)),
		clean("lettre.rtf", "WordPad, with a picture", func() []byte {
			return []byte(`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss Arial;}}{\*\generator Riched20 10.0.19041}\f0 Bonjour{\pict\pngblip\picw800\pich600 ` + hexOf(pngOf(20, 20)) + `}\par}`)
		}),
		clean("attestation employeur.rtf", "written with Word: styles, a link, a header", text(`{\rtf1\ansi{\stylesheet{\s0 Normal;}}{\header Entreprise}{\field{\*\fldinst HYPERLINK "https://www.exemple.fr"}{\fldrslt site}}\par}`)),
	}
}
