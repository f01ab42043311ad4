package triagetest

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
)

// scene is a picture with some of everything, so that its compressed bytes are like those of a photo.
func scene(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	grain := noise(uint32(w*h), w*h)
	for i := range w * h {
		x, y := i%w, i/w
		m.Set(x, y, color.RGBA{R: byte(x * 255 / w), G: byte(y * 255 / h), B: grain[i], A: 255})
	}
	return m
}

func jpegOf(w, h int) []byte {
	var b bytes.Buffer
	must(jpeg.Encode(&b, scene(w, h), &jpeg.Options{Quality: 80}))
	return b.Bytes()
}

func pngOf(w, h int) []byte {
	var b bytes.Buffer
	must(png.Encode(&b, scene(w, h)))
	return b.Bytes()
}

func gifOf(w, h int) []byte {
	var b bytes.Buffer
	must(gif.Encode(&b, scene(w, h), nil))
	return b.Bytes()
}

// withSegments puts segments right after the start of a JPEG, as cameras do.
func withSegments(jpg []byte, segments ...[]byte) []byte {
	return join(jpg[:2], join(segments...), jpg[2:])
}

// segment is an APPn segment of a JPEG (ITU-T T.81, B.2.4.6).
func segment(n byte, data []byte) []byte {
	size := len(data) + 2
	return join([]byte{0xff, 0xe0 + n, byte(size >> 8), byte(size)}, data)
}

// exif is a small block with the make of the camera and the orientation (CIPA DC-008).
func exif(maker string) []byte {
	text := append([]byte(maker), 0)
	ifd := join(le16(2),
		le16(0x010f), le16(2), le32(len(text)), le32(8+2+24+4),
		le16(0x0112), le16(3), le32(1), le32(6),
		le32(0))
	return segment(1, join([]byte("Exif\x00\x00II*\x00"), le32(8), ifd, text))
}

func xmp(inside string) []byte {
	return segment(1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"+inside+"</x:xmpmeta>"))
}

// box is a box of ISO/IEC 14496-12.
func box(kind string, data ...[]byte) []byte {
	body := join(data...)
	size := len(body) + 8
	return join([]byte{byte(size >> 24), byte(size >> 16), byte(size >> 8), byte(size)}, []byte(kind), body)
}

// mp4Of is a film of that brand: what it holds, where, and the data.
func mp4Of(brand string) []byte {
	return join(
		box("ftyp", []byte(brand), []byte{0, 0, 2, 0}, []byte(brand), []byte("isommp42")),
		box("moov", box("mvhd", make([]byte, 100)), box("trak", box("tkhd", make([]byte, 84)))),
		box("mdat", noise(11, 9000)),
	)
}

// heicOf is a picture of a phone: an item in HEVC, its place, a thumbnail (ISO/IEC 23008-12).
func heicOf(brand string) []byte {
	return join(
		box("ftyp", []byte(brand), make([]byte, 4), []byte("mif1"), []byte(brand)),
		box("meta", make([]byte, 4),
			box("hdlr", make([]byte, 8), []byte("pict"), make([]byte, 13)),
			box("pitm", []byte{0, 0, 0, 0, 0, 1}),
			box("iinf", []byte{0, 0, 0, 0, 0, 1}, box("infe", []byte{2, 0, 0, 0, 0, 1, 0, 0}, []byte("hvc1\x00"))),
		),
		box("mdat", noise(12, 6000)),
	)
}

func riff(kind string, chunks ...[]byte) []byte {
	body := join([]byte(kind), join(chunks...))
	return join([]byte("RIFF"), le32(len(body)), body)
}

func chunk(kind string, data []byte) []byte {
	out := join([]byte(kind), le32(len(data)), data)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// tiffOf is a scanner's page: one strip of one bit a dot (TIFF 6.0).
func tiffOf() []byte {
	data := noise(13, 1000)
	entry := func(tag, kind, count, value int) []byte { return join(le16(tag), le16(kind), le32(count), le32(value)) }
	ifd := join(le16(8), entry(256, 3, 1, 80), entry(257, 3, 1, 100), entry(258, 3, 1, 1), entry(259, 3, 1, 1),
		entry(262, 3, 1, 0), entry(273, 4, 1, 8), entry(278, 3, 1, 100), entry(279, 4, 1, len(data)), le32(0))
	return join([]byte("II*\x00"), le32(8+len(data)), data, ifd)
}

func bmpOf() []byte {
	pixels := noise(14, 40*40*4)
	header := join(le32(40), le32(40), le32(40), le16(1), le16(32), le32(0), le32(len(pixels)), make([]byte, 16))
	return join([]byte("BM"), le32(14+40+len(pixels)), le32(0), le32(54), header, pixels)
}
