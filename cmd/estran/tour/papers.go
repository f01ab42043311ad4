package tour

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
)

// paper is a small PDF of one page that says a sentence.
func paper(sentence string) []byte {
	stream := fmt.Sprintf("BT /F1 24 Tf 72 760 Td (%s) Tj ET", sentence)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	places := make([]int, len(objects))
	for i, o := range objects {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}

// photo is a picture of a sky.
func photo() ([]byte, error) {
	sky := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for y := range 200 {
		for x := range 320 {
			sky.Set(x, y, color.RGBA{uint8(90 + y/2), uint8(140 + y/3), 220, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, sky, nil); err != nil {
		return nil, fmt.Errorf("cannot draw a photo: %w", err)
	}
	return b.Bytes(), nil
}
