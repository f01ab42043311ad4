package triage_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
	"unicode/utf16"

	"estran/session"
)

// everyday is what people bring, made here: for each name, what such a file begins with.
func everyday(t testing.TB) map[session.Private][]byte {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 40, 40))
	var jpg, pngs, gifs bytes.Buffer
	check(t, jpeg.Encode(&jpg, picture, nil))
	check(t, png.Encode(&pngs, picture))
	check(t, gif.Encode(&gifs, picture, nil))
	word := archiveOf(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml")
	excel := archiveOf(t, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
	slides := archiveOf(t, "[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")
	plainZip := archiveOf(t, "photo 1.jpg", "photo 2.jpg")
	oldOffice := append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, make([]byte, 2048)...)
	pdf := []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n\x00\x01\x02")

	return map[session.Private][]byte{
		"photo.jpg":                            jpg.Bytes(),
		"photo.jpeg":                           jpg.Bytes(),
		"PHOTO.JPG":                            jpg.Bytes(),
		"IMG-20261101-WA0003.jpg":              jpg.Bytes(),
		"une copie d'écran en réalité.jpg":     pngs.Bytes(),
		"carte d'identité recto-verso (2).png": pngs.Bytes(),
		"anim.gif":                             gifs.Bytes(),
		"IMG_0042.HEIC":                        isoMedia("heic"),
		"envoyée par un téléphone.jpg":         isoMedia("heic"),
		"photo.avif":                           isoMedia("avif"),
		"photo.webp":                           []byte("RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x00\x30\x01\x00\x9d\x01\x2a"),
		"scan.tiff":                            []byte("II*\x00\x08\x00\x00\x00\x00\x00"),
		"dessin.bmp":                           append([]byte("BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00"), make([]byte, 60)...),
		"video.mp4":                            isoMedia("isom"),
		"IMG_0042.MOV":                         isoMedia("qt  "),
		"vocal.m4a":                            isoMedia("M4A "),
		"vocal.opus":                           append([]byte("OggS\x00\x02"), make([]byte, 40)...),
		"vieux.3gp":                            isoMedia("3gp4"),
		"film.avi":                             []byte("RIFF\x24\x00\x00\x00AVI LIST\x00\x00\x00\x00"),
		"film.mkv":                             []byte("\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska"),
		"chanson.mp3":                          append([]byte("ID3\x04\x00\x00\x00\x00\x00\x00"), make([]byte, 100)...),
		"chanson sans étiquette.mp3":           append([]byte{0xff, 0xfb, 0x90, 0x64}, make([]byte, 500)...),
		"son.wav":                              []byte("RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00"),

		"attestation CAF.pdf":               pdf,
		"Avis d'impôt 2026.pdf":             append([]byte("\r\n\r\n"), pdf...),
		"facture.2026.01.pdf":               pdf,
		"facture.pdf.pdf":                   pdf,
		"cv.doc.pdf":                        pdf,
		"lettre.docx":                       word,
		"lettre.docm":                       word,
		"CV Zoé.DOCX":                       word,
		"budget.xlsx":                       excel,
		"exposé.pptx":                       slides,
		"lettre.odt":                        openDocument("text"),
		"budget.ods":                        openDocument("spreadsheet"),
		"exposé.odp":                        openDocument("presentation"),
		"livre.epub":                        storedFirst("mimetypeapplication/epub+zip"),
		"vieux.doc":                         oldOffice,
		"vieux.xls":                         oldOffice,
		"diapos.pps":                        oldOffice,
		"courrier.doc":                      []byte(`{\rtf1\ansi bonjour}`),
		"relevé.xls":                        []byte("<html><table><tr><td>1</td></tr></table></html>"),
		"export.xls":                        []byte("nom\tmontant\nDupont\t12\n"),
		"lettre.rtf":                        []byte(`{\rtf1\ansi bonjour}`),
		"message.msg":                       oldOffice,
		"notes.txt":                         []byte("Bonjour,\r\nvoici la liste.\r\n"),
		"ancien.txt":                        []byte("d\xe9j\xe0 vu \x80\n"),
		"bloc-notes.txt":                    wide("déjà vu"),
		"MZ.txt":                            []byte("MZ est une abréviation"),
		"BM.txt":                            []byte("BM est une abréviation, et ce texte est plus long"),
		"liste.csv":                         []byte("nom;prénom;ville\nDupont;Zoé;Lille\n"),
		"contacts.vcf":                      []byte("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé\r\nEND:VCARD\r\n"),
		"rendez-vous.ics":                   []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
		"courriel.eml":                      []byte("From: a@b.fr\r\nTo: c@d.fr\r\nSubject: x\r\n\r\nbonjour\r\n"),
		"données.json":                      []byte(`{"a": [1, 2, 3]}`),
		"facturx.xml":                       []byte("<?xml version='1.0'?><a/>"),
		"page.html":                         []byte("<!DOCTYPE html><html><body>x</body></html>"),
		"logo.svg":                          []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"),
		"devoir.tex":                        []byte(`\documentclass{article}`),
		"photos.zip":                        plainZip,
		"photos.rar":                        []byte("Rar!\x1a\x07\x01\x00\x33\x92"),
		"photos.7z":                         []byte("7z\xbc\xaf\x27\x1c\x00\x04"),
		"sauvegarde.tar.gz":                 []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"),
		"vide.pdf":                          nil,
		"vide":                              nil,
		"sans extension":                    pdf,
		"abîmée.jpg":                        make([]byte, 500),
		"clé.p12":                           []byte("\x30\x82\x09\x01\x02\x01\x03"),
		"police.ttf":                        []byte("\x00\x01\x00\x00\x00\x0c\x00\x80"),
		"\u200fلقطة الشاشة.png":             pngs.Bytes(),
		"Capture d’écran à 10.20\u202f.png": pngs.Bytes(),
		"👨‍👩‍👧 vacances.jpg":                jpg.Bytes(),
		"r\xe9sum\xe9.txt":                  []byte("bonjour"),
		"Documents/impots.gouv.fr/avis.pdf": pdf,
		"a.b.c/v1.2.exemple/notes.txt":      []byte("bonjour"),
		".caché":                            []byte("bonjour"),
		"…":                                 []byte("bonjour"),
	}
}

// isoMedia begins as MP4, QuickTime and HEIF files do (ISO/IEC 14496-12).
func isoMedia(brand string) []byte {
	return []byte("\x00\x00\x00\x18ftyp" + brand + "\x00\x00\x02\x00" + brand + "mp41\x00\x00\x00\x08free")
}

func openDocument(kind string) []byte {
	return storedFirst("mimetypeapplication/vnd.oasis.opendocument." + kind)
}

// storedFirst begins as an archive whose first entry is stored.
func storedFirst(nameAndContent string) []byte {
	header := make([]byte, 30)
	copy(header, "PK\x03\x04")
	binary.LittleEndian.PutUint16(header[26:], uint16(len("mimetype")))
	return append(header, nameAndContent...)
}

func wide(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// archiveOf is an archive with a few entries.
func archiveOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		e, err := w.Create(name)
		check(t, err)
		_, err = e.Write([]byte("contenu de " + name))
		check(t, err)
	}
	check(t, w.Close())
	return out.Bytes()
}
