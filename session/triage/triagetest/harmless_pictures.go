package triagetest

// pictures are what scanners, phones and screens give.
func pictures() []Entry {
	return []Entry{
		clean("photo.jpg", "a camera: JPEG with Exif", func() []byte { return withSegments(jpegOf(160, 120), exif("Canon")) }),
		clean("scan0001.jpeg", "a scanner: JPEG with JFIF", func() []byte {
			return withSegments(jpegOf(160, 220), segment(0, []byte("JFIF\x00\x01\x01\x01\x00\xc8\x00\xc8\x00\x00")))
		}),
		clean("DSC_0001.JPG", "a picture that was worked on: Exif, XMP and Photoshop blocks", func() []byte {
			return withSegments(jpegOf(160, 120), exif("NIKON CORPORATION"), xmp("<rdf:RDF/>"),
				segment(13, []byte("Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x00")), segment(2, []byte("ICC_PROFILE\x00\x01\x01")))
		}),
		clean("IMG-20261101-WA0003.jpg", "WhatsApp: a bare JPEG", func() []byte { return jpegOf(120, 160) }),
		clean("panorama.jpg", "a second picture behind the first: MPF (CIPA DC-007)", func() []byte {
			return join(withSegments(jpegOf(160, 120), exif("Apple"), segment(2, []byte("MPF\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"))), jpegOf(40, 30))
		}),
		clean("PXL_20261101.MP.jpg", "a motion photo of a Pixel: a film behind the picture", func() []byte {
			return join(withSegments(jpegOf(160, 120), exif("Google"), xmp(`<rdf:Description GCamera:MotionPhoto="1"/>`)), mp4Of("isom"))
		}),
		clean("20261101_093000.jpg", "a Samsung: its own trailer behind the picture", samsung),
		clean("envoyée par un téléphone.jpg", "HEIC under the name of a JPEG, as some phones send it", func() []byte { return heicOf("heic") }),
		clean("une copie d'écran en réalité.jpg", "PNG under the name of a JPEG", func() []byte { return pngOf(120, 80) }),
		clean("abîmée.jpg", "a card that was pulled out too early: nothing but zeros", func() []byte { return make([]byte, 4000) }),
		clean("coupée.jpg", "a copy that was cut", func() []byte { b := jpegOf(160, 120); return b[:len(b)/2] }),
		clean("IMG_0042.HEIC", "an iPhone", func() []byte { return heicOf("heic") }),
		clean("photo.avif", "saved from a web page", func() []byte { return heicOf("avif") }),
		clean("image.webp", "saved from a web page", func() []byte { return riff("WEBP", chunk("VP8 ", noise(15, 900))) }),
		clean("Capture d’écran à 10.20\u202f.png", "a screenshot of a Mac, with its narrow space", func() []byte { return pngOf(160, 90) }),
		clean("Screenshot_20261101-093000.png", "a screenshot of a phone, with text chunks", func() []byte {
			return pngOf(90, 160)
		}),
		clean("capture rognée.png", "a screenshot that was cut: what was larger is left behind the end (CVE-2023-28303)", func() []byte {
			return join(pngOf(90, 60), pngOf(160, 120)[3000:])
		}),
		clean("carte d'identité recto-verso (2).png", "copied twice", func() []byte { return pngOf(100, 60) }),
		clean("anim.gif", "an animation", func() []byte { return gifOf(40, 40) }),
		clean("scan.tiff", "a fax server", tiffOf),
		clean("dessin.bmp", "Paint", bmpOf),
		clean("favicon.ico", "an icon that lies beside a saved page", func() []byte {
			return join([]byte("\x00\x00\x01\x00\x01\x00\x10\x10\x00\x00\x01\x00\x20\x00"), le32(len(pngOf(16, 16))), le32(22), pngOf(16, 16))
		}),
		clean("logo.svg", "a logo of Inkscape: shapes, styles, no script", text(`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 width="100" height="100" viewBox="0 0 100 100"><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>
<style>.a { fill: url(#g); }</style><circle class="a" cx="50" cy="50" r="40"/><use xlink:href="#g"/>
<text x="10" y="90">Maison onload = 1</text></svg>`)),
		clean("plan.svg", "a plan with a picture inside and a link", func() []byte {
			return []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="https://www.openstreetmap.org/">` +
				`<image width="16" height="16" xlink:href="data:image/png;base64,` + base64Of(pngOf(16, 16)) + `"/></a></svg>`)
		}),
	}
}

// samsung is a picture with the trailer of Samsung's cameras: blocks, their list, SEFT.
func samsung() []byte {
	block := join([]byte{0, 0}, le16(0x0a01), le32(14), []byte("Image_UTC_Data"), []byte("1730450000000"))
	list := join([]byte("SEFH"), le32(106), le32(1), []byte{0, 0}, le16(0x0a01), le32(len(block)), le32(len(block)))
	return join(withSegments(jpegOf(160, 120), exif("samsung")), block, list, le32(len(list)), []byte("SEFT"))
}

// phoneFiles are films and voices.
func phoneFiles() []Entry {
	return []Entry{
		clean("VID-20261101-WA0001.mp4", "WhatsApp", func() []byte { return mp4Of("mp42") }),
		clean("video.mp4", "a phone", func() []byte { return mp4Of("isom") }),
		clean("IMG_0042.MOV", "an iPhone", func() []byte { return mp4Of("qt  ") }),
		clean("vieux.3gp", "an old phone", func() []byte { return mp4Of("3gp4") }),
		clean("PTT-20261101-WA0002.opus", "a voice message of WhatsApp", func() []byte {
			return join([]byte("OggS\x00\x02"), make([]byte, 20), []byte("\x01\x13OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"), noise(16, 2000))
		}),
		clean("vocal.m4a", "the recorder of a phone", func() []byte { return mp4Of("M4A ") }),
		clean("Contacts.vcf", "all contacts of a phone", text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé Dupont\r\nTEL;TYPE=CELL:+33612345678\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg==\r\nEND:VCARD\r\n")),
		clean("com.whatsapp/Backups/sauvegarde.crypt14.txt", "a note on a backup", text("sauvegarde du 2 novembre\n")),
	}
}
