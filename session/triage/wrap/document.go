package wrap

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"testing"
)

// Docx is a document of Word with another file put into it as an object.
func Docx(t testing.TB, name string, content []byte) []byte {
	t.Helper()
	const kinds = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	const rels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	return Zip(t,
		File{"[Content_Types].xml", []byte(kinds)}, File{"_rels/.rels", []byte(rels)},
		File{"word/document.xml", []byte(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>`)},
		File{"word/embeddings/oleObject1.bin", Package(name, content)},
	)
}

// Odt is a document of LibreOffice with another file put into it as an object.
func Odt(t testing.TB, content []byte) []byte {
	t.Helper()
	const manifest = `<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">` +
		`<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>`
	return Stored(t, File{"mimetype", []byte("application/vnd.oasis.opendocument.text")},
		File{"content.xml", []byte(`<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>`)},
		File{"META-INF/manifest.xml", []byte(manifest)}, File{"Object 1", content})
}

// PDF is a PDF with another file attached (ISO 32000-1, 7.11.4).
func PDF(name string, content []byte) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(" + name + ")3 0 R]>>>>>>",
		"<</Type/Pages/Kids[]/Count 0>>",
		"<</Type/Filespec/F(" + name + ")/EF<</F 4 0 R>>>>",
		fmt.Sprintf("<</Type/EmbeddedFile/Length %d>>\nstream\n%s\nendstream", len(content), content),
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

// Mail is a message with another file attached.
func Mail(name string, content []byte) []byte {
	return fmt.Appendf(nil, "Return-Path: <a@b.fr>\r\nReceived: from b.fr by c.fr; Wed, 25 Nov 2026 10:00:00 +0100\r\n"+
		"From: a@b.fr\r\nTo: c@d.fr\r\nSubject: document\r\nDate: Wed, 25 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@b.fr>\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n"+
		"--x\r\nContent-Type: application/octet-stream; name=\"%[1]s\"\r\nContent-Disposition: attachment; filename=\"%[1]s\"\r\n"+
		"Content-Transfer-Encoding: base64\r\n\r\n%[2]s\r\n--x--\r\n", name, base64.StdEncoding.EncodeToString(content))
}

// Page is a page that gives another file to whoever clicks.
func Page(name string, content []byte) []byte {
	return fmt.Appendf(nil, `<!DOCTYPE html><html><body><a download=%q href="data:application/octet-stream;base64,%s">x</a></body></html>`,
		name, base64.StdEncoding.EncodeToString(content))
}
