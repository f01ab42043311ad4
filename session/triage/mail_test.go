package triage_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"estran/session"
)

func TestMail(t *testing.T) {
	head := "From: a@b.fr\r\nTo: c@d.fr\r\nSubject: =?utf-8?q?Bonjour?=\r\nMIME-Version: 1.0\r\n"
	with := func(kind, more, body string) []byte {
		return []byte(head + "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--x\r\n" +
			"Content-Type: " + kind + "\r\n" + more + "\r\n" + body + "\r\n--x--\r\n")
	}
	packed := func(content string) string { return base64.StdEncoding.EncodeToString([]byte(content)) }
	const b64 = "Content-Transfer-Encoding: base64\r\n"
	program := []session.Reason{session.ReasonProgram, session.ReasonInside}
	lookAtAll(t, map[string]specimen{
		"a letter":              {"courriel.eml", []byte(head + "\r\nBonjour\r\n"), nil},
		"an old letter":         {"courriel.eml", []byte("From: a@b.fr\r\n\r\nBonjour"), nil},
		"with a document":       {"courriel.eml", with("application/pdf; name=avis.pdf", b64, packed(string(pdfOf("")))), nil},
		"with a page":           {"courriel.eml", with("text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable\r\n", "<html><body style=3D\"x\">Bonjour</body></html>"), nil},
		"with a letter":         {"courriel.eml", with("message/rfc822", "", head+"\r\nBonjour"), nil},
		"that was cut":          {"courriel.eml", with("text/plain", "", strings.Repeat("Bonjour ", 9))[:250], nil},
		"with a signature":      {"courriel.eml", with("application/pkcs7-signature; name=smime.p7s", b64, packed("\x30\x82\x09\x01")), nil},
		"a page that was saved": {"page.mht", with("text/html", "Content-Location: https://www.caf.fr\r\n", "<html><body>Bonjour</body></html>"), nil},

		"with a program":               {"courriel.eml", with("application/octet-stream", b64+"Content-Disposition: attachment; filename=facture.exe\r\n", packed(exeHead)), program},
		"with a name in a word":        {"courriel.eml", with("application/octet-stream; name=\"=?utf-8?b?"+packed("facture.js")+"?=\"", b64, packed("x")), program},
		"with a name in pieces":        {"courriel.eml", with("application/octet-stream", b64+"Content-Disposition: attachment; filename*0=factu; filename*1=re.js\r\n", packed("x")), program},
		"with rubbish in its letters":  {"courriel.eml", with("application/octet-stream; name=a", b64, strings.Join(strings.Split(packed(exeHead), ""), "!\r\n")), program},
		"a page that runs":             {"page.mht", with("text/html", "", "<script language=vbscript>x</script>"), []session.Reason{session.ReasonActivePage, session.ReasonInside}},
		"a letter in a letter":         {"courriel.eml", with("message/rfc822", "", strings.ReplaceAll(strings.ReplaceAll(string(with("application/octet-stream; name=a.exe", b64, packed(exeHead))), "--x", "--y"), `"x"`, `"y"`)), program},
		"a message under another name": {"lettre.doc", with("application/octet-stream; name=a.exe", b64, packed(exeHead)), program},
		"without an end of its parts":  {"courriel.eml", []byte(head + "Content-Type: multipart/mixed\r\n\r\nx"), []session.Reason{session.ReasonDamaged}},
	})
}

func notebook(names, content string) []byte {
	size := make([]byte, 8)
	size[0], size[1] = byte(len(content)), byte(len(content)>>8)
	return []byte(unhexed("e4525c7b8cd8a74daeb15378d02996d3") + strings.Repeat("\x00", 1000) + utf16Of(names) + "\x00\x00" +
		unhexed("e716e3bd65261145a4c48d4d0b7a9eac") + string(size) + strings.Repeat("\x00", 12) + content)
}

func TestNotebooks(t *testing.T) {
	lookAtAll(t, map[string]specimen{
		"a notebook":      {"notes.one", notebook("Bonjour, voir www.caf.fr", ""), nil},
		"with a picture":  {"notes.one", notebook("photo.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), nil},
		"with a document": {"notes.one", notebook("avis.pdf", string(pdfOf(""))), nil},
		"with a text":     {"notes.one", notebook("liste.txt", "Bonjour"), nil},
		"with a program":  {"notes.one", notebook("", exeHead), []session.Reason{session.ReasonEmbedded, session.ReasonProgram, session.ReasonInside}},
		"with a script":   {"notes.one", notebook("facture.hta", "<html>"), []session.Reason{session.ReasonEmbedded}},
	})
}

func FuzzMail(f *testing.F) {
	f.Add([]byte("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n"))
	f.Add([]byte("Content-Type: message/rfc822\r\n\r\nFrom: a\r\n\r\nx"))
	f.Fuzz(func(t *testing.T, b []byte) { lookAt(t, "a.eml", append([]byte("From: a@b.fr\r\n"), b...)) })
}

func FuzzNotebook(f *testing.F) {
	f.Add(notebook("a.hta", "x"))
	f.Fuzz(func(t *testing.T, b []byte) { lookAt(t, "a.one", append(notebook("", "")[:16], b...)) })
}
