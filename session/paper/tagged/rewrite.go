package tagged

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// rewrite takes the file of fpdf apart and writes it anew with the structure, under PDF 1.7. The trailer of fpdf names its
// catalogue last and its information before that; both are written anew, so that nothing of them is kept by chance.
func (s *Sheet) rewrite(w io.Writer, drawn []byte) error {
	objects, err := split(drawn)
	if err != nil {
		return err
	}
	if len(objects) < 4 || !bytes.Contains(objects[len(objects)-1], []byte("/Type /Catalog")) ||
		!bytes.Contains(objects[len(objects)-2], []byte("/CreationDate")) {
		return errors.New("the file ends in another way than it did")
	}
	objects = objects[:len(objects)-2]
	var pages []int
	for i, o := range objects {
		switch {
		case bytes.HasPrefix(o, []byte("<</Type /Page\n")):
			objects[i] = bytes.Replace(o, []byte("<</Type /Page\n"),
				fmt.Appendf(nil, "<</Type /Page\n/StructParents %d /Tabs /S\n", len(pages)), 1)
			pages = append(pages, i+1)
		case bytes.HasPrefix(o, []byte("<</Type /Font")):
			// A subset says so in its name (ISO 32000-1, 9.6.4).
			o = bytes.ReplaceAll(o, []byte("/utf8"+family+"B"), []byte("/ESTRAN+DejaVuSans-Bold"))
			objects[i] = bytes.ReplaceAll(o, []byte("/utf8"+family), []byte("/ESTRAN+DejaVuSans"))
		case bytes.Contains(o, []byte("Adobe-Identity-UCS")):
			objects[i] = stream("", toUnicode())
		}
	}
	if len(pages) != len(s.marks) {
		return fmt.Errorf("there are %d pages, %d were drawn", len(pages), len(s.marks))
	}
	objects, tree := s.tree(objects, pages)
	objects = append(objects, stream("/Type /Metadata /Subtype /XML", s.xmp()))
	metadata := len(objects)
	objects = append(objects, fmt.Appendf(nil, "<</Title %s>>", utf16(s.title)))
	objects = append(objects, fmt.Appendf(nil, "<</Type /Catalog /Pages 1 0 R /Lang (%s) /MarkInfo <</Marked true>>\n"+
		"/StructTreeRoot %d 0 R /Metadata %d 0 R /ViewerPreferences <</DisplayDocTitle true>>>>", s.lang, tree, metadata))
	return write(w, objects)
}

// split gives the objects of a file that fpdf wrote, the first one first, without their frames.
func split(file []byte) ([][]byte, error) {
	_, last, found := bytes.Cut(file[max(0, len(file)-64):], []byte("startxref\n"))
	at, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(string(last)), "%%EOF")))
	if !found || err != nil || at < 0 || at > len(file) {
		return nil, errors.New("the file does not say where its table is")
	}
	lines := strings.Split(string(file[at:]), "\n")
	count := 0
	if len(lines) < 3 {
		return nil, errors.New("the table is empty")
	}
	if _, err := fmt.Sscanf(lines[1], "0 %d", &count); err != nil || lines[0] != "xref" || len(lines) < count+2 {
		return nil, errors.New("the table is not written as it was")
	}
	var objects [][]byte
	for n := 1; n < count; n++ {
		offset, err := strconv.Atoi(lines[2+n][:10])
		if err != nil || offset > at {
			return nil, fmt.Errorf("object %d is nowhere", n)
		}
		body, ok := bytes.CutPrefix(file[offset:at], fmt.Appendf(nil, "%d 0 obj\n", n))
		end := bodyEnd(body)
		if !ok || end < 0 {
			return nil, fmt.Errorf("object %d is not written as it was", n)
		}
		objects = append(objects, body[:end])
	}
	return objects, nil
}

// bodyEnd finds where an object ends. In a stream the word may be there by chance, so its length is believed.
func bodyEnd(body []byte) int {
	end := bytes.Index(body, []byte("\nendobj"))
	from := bytes.Index(body, []byte("\nstream\n"))
	if from < 0 || from > end {
		return end
	}
	_, rest, found := bytes.Cut(body[:from], []byte("/Length "))
	length := 0
	if _, err := fmt.Sscanf(string(rest), "%d", &length); err != nil || !found {
		return -1
	}
	skip := from + len("\nstream\n") + length
	if skip > len(body) {
		return -1
	}
	if end = bytes.Index(body[skip:], []byte("\nendobj")); end < 0 {
		return -1
	}
	return skip + end
}

func stream(entries, data string) []byte {
	return fmt.Appendf(nil, "<<%s /Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// write writes objects, the last one of which is the catalogue and the one before the information.
func write(w io.Writer, objects [][]byte) error {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, len(objects), len(objects)-1, at)
	_, err := w.Write(b.Bytes())
	return err
}
