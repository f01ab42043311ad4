package triage_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"estran/session"
	"estran/session/triage/wrap"
)

// segment is one of JPEG's, after its mark (ITU T.81, B.1.1.4).
func segment(mark byte, content string) string {
	return string(binary.BigEndian.AppendUint16([]byte{0xff, mark}, uint16(2+len(content)))) + content
}

// chunk is one of PNG's (RFC 2083, 3.2).
func chunk(kind, content string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	b = append(append(b, kind...), content...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

// with puts something behind the first bytes of a file.
func with(content []byte, head int, more string) []byte {
	return slices.Concat(content[:head], []byte(more), content[head:])
}

const xmp = "http://ns.adobe.com/xap/1.0/\x00<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta " +
	"xmlns:x='adobe:ns:meta/'><dc:description>Ma page &lt;script&gt; expliquée, script de théâtre</dc:description>" +
	"<stEvt:script/></x:xmpmeta><?xpacket end='w'?>"

func TestTwoThingsAtOnce(t *testing.T) {
	files := everyday(t)
	jpg, pngs, gifs, pdf := files["photo.jpg"], files["carte d'identité recto-verso (2).png"], files["anim.gif"], files["attestation CAF.pdf"]
	pdf = append(bytes.Clone(pdf), "\ntrailer<<>>\nstartxref\n9\n%%EOF\n"...)
	program := wrap.File{Name: "a.txt", Content: []byte("bonjour")}
	zipped, seven, rar := wrap.Zip(t, program), wrap.SevenZip(program), wrap.Rar5(program)
	windows := append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"), make([]byte, 100)...)
	old := append(bytes.Clone(files["vieux.doc"]), zipped...)
	isoJPEG := append(bytes.Clone(jpg), make([]byte, 40<<10)...)
	copy(isoJPEG[0x8000:], "\x01CD001\x01")
	for name, c := range map[string]struct {
		file    session.Private
		content []byte
	}{
		"a picture and an archive":             {"a.jpg", slices.Concat(jpg, zipped)},
		"a moving picture and a Java archive":  {"a.gif", slices.Concat(gifs, wrap.Zip(t, wrap.File{Name: "A.class", Content: []byte("\xca\xfe\xba\xbe")}))},
		"a PNG and an archive":                 {"a.png", slices.Concat(pngs, zipped)},
		"a picture, an archive, blanks":        {"a.jpg", slices.Concat(jpg, zipped, []byte("\n\x00\x00"))},
		"a picture and a 7z archive":           {"a.jpg", slices.Concat(jpg, seven)},
		"a picture and a RAR archive":          {"a.jpg", slices.Concat(jpg, rar)},
		"a picture and an old RAR archive":     {"a.jpg", slices.Concat(jpg, wrap.Rar4(program))},
		"a sound and an archive":               {"a.mp3", slices.Concat(files["chanson.mp3"], zipped)},
		"a PDF and an archive":                 {"a.pdf", slices.Concat(pdf, zipped)},
		"a PDF and a page":                     {"a.pdf", slices.Concat(pdf, []byte("<html><SCRIPT>x()</SCRIPT>"))},
		"a PDF and a RAR archive":              {"a.pdf", slices.Concat(pdf, rar)},
		"a text and an archive":                {"a.txt", slices.Concat([]byte(strings.Repeat("bonjour\n", 1000)), zipped)},
		"an old document and an archive":       {"a.doc", old},
		"a RAR and a zip archive":              {"a.rar", slices.Concat(rar, zipped)},
		"a program that is a PDF":              {"a.pdf", slices.Concat(windows, pdf)},
		"a picture that is a PDF":              {"a.jpg", with(jpg, 2, segment(0xfe, string(pdf[:20])))},
		"a page that is a PDF":                 {"a.pdf", slices.Concat([]byte("<html><script>x()</script>"), pdf)},
		"an archive that is a PDF by its name": {"a.zip", wrap.Stored(t, wrap.File{Name: "%PDF-1.7", Content: []byte("x")})},
		"a script in the comment of a picture": {"a.jpg", with(jpg, 2, segment(0xfe, "<script>x()</script>"))},
		"a script in the text of a picture":    {"a.png", with(pngs, 33, chunk("tEXt", "Comment\x00<script src=x>"))},
		"a script behind a picture":            {"a.gif", slices.Concat(gifs, []byte("<ScRiPt>x()</sCrIpT>"))},
		"a script that is a moving picture":    {"a.gif", []byte("GIF89a/*\x00\x00\x00\x00,\x00\x00*/=1;alert(1);" + strings.Repeat(" ", 60))},
		"a script that is a picture, assigned": {"a.gif", []byte("GIF89a=1;alert('bonjour tout le monde, je suis un script en vrai');//")},
		"a script that is a bitmap":            {"a.bmp", []byte("BM/*\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00*/=1;alert(1)")},
		"a script that is a photo":             {"a.jpg", slices.Concat([]byte("\xff\xd8\xff\xe0/*JFIF\x00"), make([]byte, 100), []byte("*/=1"))},
		"PHP in a photo":                       {"a.jpg", with(jpg, 2, segment(0xfe, "<?php system($_GET[0]); "))},
		"a PHP archive in a photo":             {"a.jpg", with(jpg, 2, segment(0xfe, "<?php __HALT_COMPILER(); ?>"))},
		"a disc that is a picture":             {"a.jpg", isoJPEG},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lookAt(t, c.file, c.content); !slices.Contains(got, session.ReasonPolyglot) {
				t.Errorf("it is only %v", got)
			}
		})
	}
}

// What telephones, cameras and programs put into and behind files is as they mean it.
func TestWhatIsBehindAFileByRightRaisesNothing(t *testing.T) {
	files := everyday(t)
	jpg, pngs, pdf := files["photo.jpg"], files["carte d'identité recto-verso (2).png"], files["attestation CAF.pdf"]
	film := append(bytes.Clone(files["video.mp4"]), make([]byte, 5000)...)
	zipped := wrap.Stored(t, wrap.File{Name: "a.txt", Content: []byte("bonjour")})
	attached := slices.Concat(pdf, []byte("\n7 0 obj\n<</Type/EmbeddedFile/Length 200>>stream\n"), zipped,
		[]byte("\nendstream\nendobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"))
	for name, c := range map[string]struct {
		file    session.Private
		content []byte
	}{
		"a photo that moves, of Google":   {"a.jpg", slices.Concat(with(jpg, 2, segment(0xe1, xmp)), film)},
		"a photo that moves, of Samsung":  {"a.jpg", slices.Concat(jpg, []byte("\x00\x00\x30\x0a\x10\x00\x00\x00MotionPhoto_Data"), film, []byte("SEFHk\x00\x00\x00\x01\x00\x00\x00\x18\x00\x00\x00SEFT"))},
		"a photo with a second one":       {"a.jpg", slices.Concat(with(jpg, 2, segment(0xe2, "MPF\x00MM\x00*")), jpg)},
		"a photo with a small one in it":  {"a.jpg", with(jpg, 2, segment(0xe1, "Exif\x00\x00MM\x00*"+string(jpg)))},
		"a photo with words about it":     {"a.jpg", with(jpg, 2, segment(0xe1, xmp))},
		"a photo with a comment":          {"a.jpg", with(jpg, 2, segment(0xfe, "Le script de la pièce <b>2026</b>"))},
		"a photo with zeros behind it":    {"a.jpg", append(bytes.Clone(jpg), make([]byte, 5000)...)},
		"a picture with zeros behind it":  {"a.png", append(bytes.Clone(pngs), make([]byte, 5000)...)},
		"a picture with words about it":   {"a.png", with(pngs, 33, chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp))},
		"a PDF with lines behind it":      {"a.pdf", slices.Concat(pdf, []byte("\n%%EOF\r\n\r\n\n"), make([]byte, 600))},
		"a PDF with an archive in it":     {"a.pdf", attached},
		"a PDF that was sent by post":     {"a.pdf", slices.Concat([]byte("Content-Type: application/pdf\r\n\r\n"), pdf)},
		"a PDF that was signed":           {"a.pdf", slices.Concat(pdf, []byte("\n%%EOF\n8 0 obj<</Type/Sig/Contents<3082>>>\nendobj\n%%EOF\n"))},
		"an archive that begins with PDF": {"a.zip", wrap.Stored(t, wrap.File{Name: "a.pdf", Content: pdf})},
		"a tar that begins with PDF":      {"a.tar", wrap.Tar(t, wrap.File{Name: "a.pdf", Content: pdf})},
		"a song with a picture in it":     {"a.mp3", slices.Concat([]byte("ID3\x03\x00\x00\x00\x00\x0f\x7fAPIC\x00\x00\x07\x00\x00\x00\x00image/jpeg\x00\x03\x00"), jpg, make([]byte, 3000))},
		"a book":                          {"a.epub", wrap.Stored(t, wrap.File{Name: "mimetype", Content: []byte("application/epub+zip")}, wrap.File{Name: "a.xhtml", Content: []byte("<html xmlns='http://www.w3.org/1999/xhtml'/>")})},
		"a document":                      {"a.docx", wrap.Zip(t, wrap.File{Name: "[Content_Types].xml", Content: []byte("<x/>")}, wrap.File{Name: "word/media/image1.jpeg", Content: jpg})},
		"a text about archives":           {"a.txt", []byte(strings.Repeat("un texte qui parle de PK\x05\x06 et Rar!\n", 30))},
		"a photo of a telephone":          {"a.heic", append(bytes.Clone(files["IMG_0042.HEIC"]), make([]byte, 4000)...)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lookAt(t, c.file, c.content); len(got) > 0 {
				t.Errorf("it is a false alarm: %v", got)
			}
		})
	}
}
