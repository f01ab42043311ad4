package triagetest

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"strings"
)

// pdf is a PDF file of one page (ISO 32000-1). Objects 1 to 6 are made here: catalog, pages, page, its content, a font,
// information.
type pdf struct {
	version  string   // "1.7" by default
	producer string   // who made it
	catalog  string   // added to the catalog
	page     string   // added to the page
	objects  []string // from 7 on
	trailer  string   // added to the trailer
	packed   bool     // in object streams, with a cross-reference stream (7.5.7, 7.5.8)
	plain    bool     // streams are not compressed
	before   string   // ahead of the header
	after    string   // behind the end
}

func (p pdf) build() []byte {
	if p.version == "" {
		p.version = "1.7"
	}
	if p.producer == "" {
		p.producer = "iText 5.5.13"
	}
	content := []byte("BT /F1 11 Tf 72 720 Td (Attestation de paiement) Tj 0 -20 Td (Madame, Monsieur,) Tj ET\n")
	stream := flated("", content)
	if p.plain {
		stream = streamOf("", content)
	}
	objects := append([]string{
		"<</Type/Catalog/Pages 2 0 R" + p.catalog + ">>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>" + p.page + ">>",
		stream,
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		"<</Producer(" + p.producer + ")/CreationDate(D:20261102093000+01'00')/Title(Attestation)>>",
	}, p.objects...)
	var out bytes.Buffer
	out.WriteString(p.before)
	fmt.Fprintf(&out, "%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n", p.version)
	if p.packed {
		p.writePacked(&out, objects)
	} else {
		p.writePlain(&out, objects)
	}
	out.WriteString(p.after)
	return out.Bytes()
}

// writePlain writes objects one after the other, and a cross-reference table (7.5.4).
func (p pdf) writePlain(out *bytes.Buffer, objects []string) {
	start := len(p.before)
	var table strings.Builder
	fmt.Fprintf(&table, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", out.Len()-start)
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := out.Len() - start
	out.WriteString(table.String())
	fmt.Fprintf(out, "trailer\n<</Size %d/Root 1 0 R/Info 6 0 R/ID[<%s><%s>]%s>>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, fileID, fileID, p.trailer, at)
}

const fileID = "5f3c0e2a9b7d4c118e6f00a1b2c3d4e5"

// writePacked writes what is no stream into one object stream, and a cross-reference stream that leads there.
func (p pdf) writePacked(out *bytes.Buffer, objects []string) {
	var index, bodies bytes.Buffer
	packed := map[int]int{} // object: its place in the stream
	for i, o := range objects {
		if !strings.Contains(o, "endstream") {
			fmt.Fprintf(&index, "%d %d ", i+1, bodies.Len())
			bodies.WriteString(o + " ")
			packed[i+1] = len(packed)
		}
	}
	holder := len(objects) + 1
	xref := holder + 1
	rows := bytes.NewBuffer([]byte{0, 0, 0, 0, 255})
	row := func(kind byte, where int, third byte) {
		rows.Write([]byte{kind, byte(where >> 16), byte(where >> 8), byte(where), third})
	}
	for i, o := range objects {
		if place, is := packed[i+1]; is {
			row(2, holder, byte(place))
			continue
		}
		row(1, out.Len(), 0)
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	row(1, out.Len(), 0)
	dict := fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(packed), index.Len())
	fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", holder, flated(dict, append(index.Bytes(), bodies.Bytes()...)))
	at := out.Len()
	row(1, at, 0)
	dict = fmt.Sprintf("/Type/XRef/Size %d/W[1 3 1]/Root 1 0 R/Info 6 0 R/ID[<%s><%s>]%s", xref+1, fileID, fileID, p.trailer)
	fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", xref, flated(dict, rows.Bytes()), at)
}

// flated is a stream that is compressed (7.4.4).
func flated(dict string, data []byte) string {
	return streamOf(dict+"/Filter/FlateDecode", zlibbed(data))
}

func zlibbed(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, err := w.Write(data)
	must(err)
	must(w.Close())
	return b.Bytes()
}

func streamOf(dict string, data []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// hexText is a string in hexadecimal (7.3.4.3).
func hexText(s string) string { return "<" + hex.EncodeToString([]byte(s)) + ">" }

// embedding are two objects, numbers at and at+1, of a file that lies in the PDF (7.11.4).
func embedding(at int, name, kind string, data []byte) []string {
	return []string{
		fmt.Sprintf("<</Type/Filespec/F(%s)/UF(%s)/AFRelationship/Data/EF<</F %d 0 R>>>>", name, name, at+1),
		flated(fmt.Sprintf("/Type/EmbeddedFile/Subtype/%s/Params<</Size %d>>", kind, len(data)), data),
	}
}

// linearized is a PDF that shows its first page before it is whole (annex F): a dictionary at the start, the objects of
// the first page with a table of their own, then the others and the main table.
func linearized() []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
	type object struct {
		number int
		body   string
	}
	front := []object{
		{6, "<</Type/Catalog/Pages 2 0 R>>"},
		{7, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 8 0 R/Resources<</Font<</F1 9 0 R>>>>>>"},
		{8, flated("", []byte("BT /F1 11 Tf 72 720 Td (Avis d'impot) Tj ET"))},
		{9, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"},
		{10, flated("/S 36", make([]byte, 80))}, // hints, all of them zero
	}
	rest := []object{
		{1, "<</Producer(Adobe LiveCycle PDF Generator)>>"},
		{2, "<</Type/Pages/Kids[7 0 R]/Count 1>>"},
		{3, "<</Nums[0<</S/D>>]>>"},
		{4, flated("/Type/Metadata/Subtype/XML", []byte("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"))},
	}
	const dict = "5 0 obj\n<</Linearized 1/L %06d/H[%06d %06d]/O 7/E %06d/N 1/T %06d>>\nendobj\n"
	dictAt := out.Len()
	dictSize := len(fmt.Sprintf(dict, 0, 0, 0, 0, 0))
	// The table of the first page has a fixed size: 6 rows of 20 bytes.
	const table = "xref\n5 6\n%s"
	const trailer = "trailer\n<</Size 11/Root 6 0 R/Info 1 0 R/Prev %06d/ID[<" + fileID + "><" + fileID + ">]>>\nstartxref\n0\n%%%%EOF\n"
	tableAt := dictAt + dictSize
	at := tableAt + len(fmt.Sprintf(table, strings.Repeat(" ", 120))) + len(fmt.Sprintf(trailer, 0))
	write := func(objects []object, at int) (body, rows string, end int) {
		for _, o := range objects {
			s := fmt.Sprintf("%d 0 obj\n%s\nendobj\n", o.number, o.body)
			rows += fmt.Sprintf("%010d 00000 n \n", at)
			body += s
			at += len(s)
		}
		return body, rows, at
	}
	body, rows, end := write(front, at)
	restBody, restRows, mainAt := write(rest, end)
	rows = fmt.Sprintf("%010d 00000 n \n", dictAt) + rows
	main := fmt.Sprintf("xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5>>\nstartxref\n%d\n%%%%EOF\n", restRows, tableAt)
	hints := strings.Index(body, "10 0 obj")
	fmt.Fprintf(&out, dict, mainAt+len(main), at+hints, len(body)-hints, end, mainAt)
	fmt.Fprintf(&out, table, rows)
	fmt.Fprintf(&out, trailer, mainAt)
	out.WriteString(body + restBody + main)
	return out.Bytes()
}
