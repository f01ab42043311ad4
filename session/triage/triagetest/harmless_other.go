package triagetest

import (
	"archive/zip"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"estran/session"
)

func base64Of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
func hexOf(b []byte) string    { return hex.EncodeToString(b) }

// texts are those and their kin.
func texts() []Entry {
	return []Entry{
		clean("notes.txt", "Notepad", text("Bonjour,\r\nvoici la liste.\r\n")),
		clean("ancien.txt", "an old Windows: not UTF-8", text("d\xe9j\xe0 vu \x80\n")),
		clean("bloc-notes.txt", "UTF-16, as Windows saves « Unicode »", func() []byte { return join([]byte("\xff\xfe"), wide("déjà vu\r\n")) }),
		clean("utf8 avec marque.txt", "UTF-8 with a mark", text("\xef\xbb\xbfBonjour à tous\n")),
		clean("MZ.txt", "begins with the letters of a program", text("MZ est une abréviation de Mark Zbikowski")),
		clean("BM.txt", "begins with the letters of a picture", text("BM est une abréviation, et ce texte est plus long")),
		clean("mots de passe.txt", "speaks of scripts: <script>, #!/bin/sh", text("Exercice : écrire <script>alert(1)</script> et #!/bin/sh dans un texte.\n")),
		clean("vide.pdf", "an empty file", func() []byte { return nil }),
		clean("vide", "an empty file without extension", func() []byte { return nil }),
		clean("liste.csv", "a list", text("nom;prénom;ville\nDupont;Zoé;Lille\n")),
		clean("releve.csv", "a bank statement with minus signs and formulas", text("date;montant\n02/11/2026;-12,50\n03/11/2026;=\"00123\"\n")),
		clean("export excel.csv", "UTF-16, as Excel exports « Texte Unicode »", func() []byte { return join([]byte("\xff\xfe"), wide("nom\tprénom\r\nDupont\tZoé\r\n")) }),
		clean("rendez-vous.ics", "an appointment of Doctolib", text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Doctolib//FR\r\nBEGIN:VEVENT\r\nUID:1@doctolib\r\nDTSTART:20261102T093000Z\r\nURL:https://www.doctolib.fr/\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")),
		clean("données.json", "data of a site (RGPD)", text(`{"nom": "Dupont", "commandes": [1, 2, 3], "note": "<b>merci</b>"}`)),
		clean("facture.xml", "an invoice in XML", text(`<?xml version="1.0" encoding="UTF-8"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>`)),
		clean("devoir.tex", "LaTeX", text(`\documentclass{article}\begin{document}Bonjour\end{document}`)),
		clean("trajet.gpx", "a walk", text(`<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk/></gpx>`)),
		clean("sous-titres.srt", "subtitles", text("1\n00:00:01,000 --> 00:00:02,000\nBonjour\n")),
		clean("clé.p12", "a certificate", func() []byte { return join([]byte("\x30\x82\x09\x01\x02\x01\x03"), noise(61, 2300)) }),
		clean("police.ttf", "a font", func() []byte {
			return join([]byte("\x00\x01\x00\x00\x00\x0c\x00\x80\x00\x03\x00\x40"), noise(62, 3000))
		}),
		clean(".caché", "a hidden file", text("bonjour")),
		clean("cours.md", "notes in Markdown", text("# Cours\n\n```sh\n#!/bin/sh\necho bonjour\n```\n")),
		clean("clé publique.asc", "a public key", text("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n-----END PGP PUBLIC KEY BLOCK-----\n")),
		clean("courriers.mbox", "messages of Thunderbird", text("From - Mon Nov 02 09:30:00 2026\nFrom: a@b.fr\nTo: c@d.fr\nSubject: x\n\nbonjour\n\n")),
		clean("plan.dwg", "AutoCAD", func() []byte { return join([]byte("AC1032\x00\x00\x00\x00"), noise(57, 2000)) }),
		clean("affiche.psd", "Photoshop", func() []byte { return join([]byte("8BPS\x00\x01\x00\x00\x00\x00\x00\x00\x00\x03"), noise(58, 2000)) }),
		clean("README", "a text without extension", text("Lisez-moi\n=========\n")),
	}
}

// pagesAndMails are saved pages and messages.
func pagesAndMails() []Entry {
	multipart := func(name string, data []byte) []byte {
		return []byte("From: caf@exemple.fr\r\nTo: zoe@exemple.fr\r\nSubject: =?UTF-8?Q?Votre_attestation?=\r\nMIME-Version: 1.0\r\n" +
			"Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour,\r\n--b1\r\n" +
			"Content-Type: application/octet-stream; name=\"" + name + "\"\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n" +
			"Content-Transfer-Encoding: base64\r\n\r\n" + wrapped(base64Of(data)) + "--b1--\r\n")
	}
	return []Entry{
		clean("page.html", "a page without scripts", text("<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>x</title><link rel=\"stylesheet\" href=\"a.css\"></head><body><h1>Recette</h1><p>On ne met pas d'onclick = 1 ici.</p><a href=\"https://www.marmiton.org\">site</a><img src=\"a.jpg\"></body></html>")),
		clean("mail imprimé.htm", "a page that Outlook saved", text("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta name=Generator content=\"Microsoft Word 15\"><style>p {margin:0}</style></head><body><p class=MsoNormal>Bonjour</p></body></html>")),
		clean("article.mhtml", "a page that Chrome saved whole", text("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.exemple.fr/\r\nSubject: Article\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://www.exemple.fr/\r\n\r\n<html><body>Bonjour</body></html>\r\n--b--\r\n")),
		clean("favoris.html", "bookmarks of Firefox", text("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n<TITLE>Bookmarks</TITLE>\n<DL><p><DT><A HREF=\"https://www.caf.fr/\" ADD_DATE=\"1730000000\">CAF</A></DL><p>\n")),
		clean("courriel.eml", "a message", text("From: a@b.fr\r\nTo: c@d.fr\r\nSubject: x\r\nDate: Mon, 02 Nov 2026 09:30:00 +0100\r\n\r\nbonjour\r\n")),
		clean("attestation.eml", "a message with a PDF", func() []byte { return multipart("attestation.pdf", pdf{}.build()) }),
		clean("photos.eml", "a message with a photo", func() []byte { return multipart("photo.jpg", jpegOf(80, 60)) }),
		unsure("commande.html", "a page that a site made, with its scripts", text("<!DOCTYPE html><html><head><script src=\"https://www.exemple.fr/app.js\" defer></script><script>window.dataLayer = window.dataLayer || []; dataLayer.push({'event': 'page'});</script></head><body>Commande 123</body></html>"), session.ReasonScriptedPage),
		unsure("menu.htm", "a page with a handler: a menu that opens", text("<html><body><a href=\"#\" onclick=\"document.getElementById('m').style.display='block'; return false\">menu</a><div id=m>x</div></body></html>"), session.ReasonScriptedPage),
	}
}

// wrapped is base64 in lines of 76 characters (RFC 2045, 6.8).
func wrapped(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	return b.String() + s + "\r\n"
}

func sounds() []Entry {
	return []Entry{
		clean("chanson.mp3", "a song with its label", func() []byte {
			return join([]byte("ID3\x04\x00\x00\x00\x00\x00\x00"), []byte{0xff, 0xfb, 0x90, 0x64}, noise(63, 4000))
		}),
		clean("chanson avec pochette.mp3", "a song with a picture of its cover", func() []byte {
			picture := join([]byte("\x00image/jpeg\x00\x03\x00"), jpegOf(40, 40))
			tag := join([]byte("APIC"), []byte{0, 0, byte(len(picture) >> 8), byte(len(picture)), 0, 0}, picture)
			return join([]byte("ID3\x03\x00\x00\x00\x00"), []byte{byte(len(tag) >> 7 & 0x7f), byte(len(tag) & 0x7f)}, tag, []byte{0xff, 0xfb, 0x90, 0x64}, noise(84, 4000))
		}),
		clean("chanson sans étiquette.mp3", "a song without a label", func() []byte { return join([]byte{0xff, 0xfb, 0x90, 0x64}, noise(64, 4000)) }),
		clean("son.wav", "a recorder", func() []byte {
			return riff("WAVE", chunk("fmt ", join(le16(1), le16(1), le32(8000), le32(16000), le16(2), le16(16))), chunk("data", noise(65, 4000)))
		}),
		clean("musique.flac", "a CD", func() []byte { return join([]byte("fLaC\x80\x00\x00\x22"), noise(66, 4000)) }),
		clean("film.avi", "an old camera", func() []byte {
			return riff("AVI ", chunk("LIST", join([]byte("hdrl"), make([]byte, 60))), chunk("movi", noise(67, 4000)))
		}),
		clean("film.mkv", "a film", func() []byte {
			return join([]byte("\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska\x42\x87\x81\x04"), noise(68, 4000))
		}),
	}
}

// bundles are archives of what people bring.
func bundles() []Entry {
	photos := []part{file("photo 1.jpg", jpegOf(80, 60)), file("photo 2.jpg", jpegOf(60, 80)), file("photo 3.png", pngOf(60, 40))}
	papers := []part{file("dossier/attestation.pdf", pdf{}.build()), file("dossier/lettre.docx", docx(para("Bonjour"), "")), p("dossier/notes.txt", "une liste\n")}
	return []Entry{
		clean("photos.zip", "photos from a cloud", func() []byte { return zipped(photos...) }),
		clean("dossier.zip", "a folder that Windows zipped", func() []byte {
			return zippedAs(func(h *zip.FileHeader) { h.CreatorVersion = 20 }, append([]part{p("dossier/", "")}, papers...)...)
		}),
		clean("Archive.zip", "a folder that macOS zipped", func() []byte {
			return zipped(append(papers, file("__MACOSX/dossier/._attestation.pdf", join([]byte("\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "), make([]byte, 60))), file("dossier/.DS_Store", join([]byte("\x00\x00\x00\x01Bud1"), make([]byte, 100))))...)
		}),
		clean("pièces justificatives.zip", "accents in names, as old Windows writes them", func() []byte {
			return zippedAs(func(h *zip.FileHeader) { h.NonUTF8 = true }, file("pi\x8ace d'identit\x82.jpg", jpegOf(60, 40)))
		}),
		clean("vide.zip", "an empty archive", func() []byte { return zipped() }),
		clean("sauvegarde.zip", "an archive in an archive, as backups are", func() []byte { return zipped(file("2025.zip", zipped(photos...)), file("2026.zip", zipped(papers...))) }),
		clean("export RGPD.zip", "data of a site: many small files", func() []byte {
			var many []part
			for i := range 400 {
				many = append(many, p(fmt.Sprintf("messages/%03d.json", i), `{"texte": "bonjour"}`))
			}
			return zipped(many...)
		}),
		clean("documents stockés.zip", "nothing is packed, as Android does it: the documents are seen from outside", func() []byte {
			return zippedAs(func(h *zip.FileHeader) { h.Method = zip.Store }, papers...)
		}),
		clean("sauvegarde stockée.zip", "an archive in an archive that is not packed: its end is seen before the end", func() []byte {
			return zippedAs(func(h *zip.FileHeader) { h.Method = zip.Store }, file("2026.zip", zipped(photos...)))
		}),
		clean("livre.epub", "a book", func() []byte {
			return zipped(p("mimetype", "application/epub+zip"), p("META-INF/container.xml", `<?xml version="1.0"?><container/>`), p("OEBPS/ch1.xhtml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Chapitre 1</p></body></html>`))
		}),
		clean("sauvegarde.tar.gz", "Linux", func() []byte { return gzipped("sauvegarde.tar", tarred(papers...)) }),
		clean("dossier.tar", "Linux", func() []byte { return tarred(papers...) }),
		clean("releve.csv.gz", "one file, packed", func() []byte { return gzipped("releve.csv", []byte("date;montant\n02/11/2026;-12,50\n")) }),
		clean("releve 2.csv.xz", "one file, packed", func() []byte { return xzed([]byte("date;montant\n02/11/2026;-12,50\n")) }),
		clean("dossier.tar.xz", "Linux", func() []byte { return xzed(tarred(papers...)) }),
		clean("scan.pdf.zip", "a document that a mail program zipped", func() []byte { return zipped(file("scan.pdf", pdf{}.build())) }),
		clean("bibliothèque.kmz", "a map of Google Earth", func() []byte {
			return zipped(p("doc.kml", `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>`), file("files/a.png", pngOf(20, 20)))
		}),
		clean("documents.7z", "7-Zip", func() []byte { return sevenZipped(false, papers...) }),
		clean("photos.rar", "WinRAR", func() []byte { return rarred(false, photos...) }),
		clean("vieilles photos.rar", "an old WinRAR", func() []byte { return rarredOld(false, photos...) }),
		clean("bd.cbz", "a comic: pictures in an archive", func() []byte { return zipped(photos...) }),
		unsure("paie 2026.zip", "an employer closes it with a password", func() []byte { return locked(p("bulletin.pdf", "xxxxxxxxxxxxxxxxxxxx")) }, session.ReasonEncrypted),
		unsure("paie.7z", "the same with 7-Zip", func() []byte { return sevenZipped(true, p("bulletin.pdf", "xxxxxxxxxxxxxxxxxxxx")) }, session.ReasonEncrypted),
		unsure("vieux.ace", "an archive of a program that nobody has any more", func() []byte {
			return join([]byte("\x5d\x41\x31\x00\x00\x00\x90**ACE**\x14\x14\x02\x00"), noise(69, 200))
		}, session.ReasonNotOpened),
		unsure("mac.sit", "an archive of an old Mac", func() []byte {
			return join([]byte("StuffIt (c)1997-1998 Aladdin Systems, Inc., http://www.aladdinsys.com/StuffIt/\r\n\x1a\x00"), noise(70, 400))
		}, session.ReasonNotOpened),
	}
}

// names are harmless names that look odd.
func names() []Entry {
	one := func() []byte { return pdf{}.build() }
	photo := func() []byte { return jpegOf(60, 40) }
	hello := text("bonjour\n")
	return []Entry{
		clean("\u200fلقطة الشاشة.png", "Arabic, with the mark that its system writes", func() []byte { return pngOf(40, 40) }),
		clean("صورة عائلية.jpg", "Arabic", photo),
		clean("תמונה.jpg", "Hebrew", photo),
		clean("документ.docx", "Russian", func() []byte { return docx(para("Привет"), "") }),
		clean("照片.jpg", "Chinese", photo),
		clean("👨‍👩‍👧 vacances.jpg", "emoji that are joined", photo),
		clean("r\xe9sum\xe9.txt", "an old name that is not UTF-8", hello),
		clean("facture.2026.01.pdf", "dots in it", one),
		clean("facture.pdf.pdf", "saved twice", one),
		clean("cv.doc.pdf", "a document that was printed", one),
		clean("Documents/impots.gouv.fr/avis.pdf", "a folder with the name of a site", one),
		clean("a.b.c/v1.2.exemple/notes.txt", "folders with dots", hello),
		clean("sans extension", "a PDF without extension", one),
		clean("…", "an ellipsis", hello),
		clean(strings.Repeat("très long ", 20)+".pdf", "as long as a name may be", one),
		clean("  espaces  .pdf", "spaces around", one),
		clean("dossier d'Élise & Noël (copie) [v2] #1.docx", "signs of all kinds", func() []byte { return docx(para("x"), "") }),
	}
}
