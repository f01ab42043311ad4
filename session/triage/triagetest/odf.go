package triagetest

import "strings"

const odfNS = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ` +
	`xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" ` +
	`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"`

// odf is an OpenDocument (ODF 1.3): its kind ("text", "spreadsheet"), what its content says, and more parts.
func odf(kind, content string, parts ...part) []byte {
	media := "application/vnd.oasis.opendocument." + kind
	manifest := `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="` + media + `"/>` +
		`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>`
	for _, q := range parts {
		manifest += `<manifest:file-entry manifest:full-path="` + q.name + `" manifest:media-type="` + odfMedia(q.name) + `"/>`
	}
	all := []part{
		p("mimetype", media),
		p("content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content `+odfNS+`>`+content+`</office:document-content>`),
		p("styles.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-styles `+odfNS+`/>`),
		p("meta.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-meta `+odfNS+`/>`),
		file("Thumbnails/thumbnail.png", pngOf(32, 32)),
	}
	all = append(all, parts...)
	return zipped(append(all, p("META-INF/manifest.xml", `<?xml version="1.0" encoding="UTF-8"?>`+
		`<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">`+
		manifest+`</manifest:manifest>`))...)
}

func odfMedia(name string) string {
	switch {
	case strings.HasSuffix(name, ".jpg"):
		return "image/jpeg"
	case strings.HasSuffix(name, ".xml"):
		return "text/xml"
	default:
		return ""
	}
}

func odfText(s string) string {
	return `<office:body><office:text><text:p>` + s + `</text:p></office:text></office:body>`
}

// basic is a Basic library as LibreOffice keeps it: a list of libraries, a list of modules, the modules.
func basic(modules ...part) []part {
	list := ""
	var files []part
	for _, m := range modules {
		list += `<library:element library:name="` + m.name + `"/>`
		files = append(files, p("Basic/Standard/"+m.name+".xml", `<?xml version="1.0" encoding="UTF-8"?>`+
			`<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">`+
			`<script:module xmlns:script="http://openoffice.org/2000/script" script:name="`+m.name+`" script:language="StarBasic">`+
			string(m.data)+`</script:module>`))
	}
	const ns = `xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"`
	return append([]part{
		p("Basic/script-lc.xml", `<?xml version="1.0" encoding="UTF-8"?><library:libraries `+ns+`>`+
			`<library:library library:name="Standard" library:link="false"/></library:libraries>`),
		p("Basic/Standard/script-lb.xml", `<?xml version="1.0" encoding="UTF-8"?><library:library `+ns+
			` library:name="Standard" library:readonly="false" library:passwordprotected="false">`+list+`</library:library>`),
	}, files...)
}

// odfLocked is an OpenDocument that is closed by a password (ODF 1.3 part 2, 3.4).
func odfLocked() []byte {
	const media = "application/vnd.oasis.opendocument.text"
	return zipped(p("mimetype", media), file("content.xml", noise(41, 900)), p("META-INF/manifest.xml",
		`<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">`+
			`<manifest:file-entry manifest:full-path="/" manifest:media-type="`+media+`"/>`+
			`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="900">`+
			`<manifest:encryption-data manifest:checksum-type="SHA256/1K" manifest:checksum="aaaa">`+
			`<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="aaaa"/>`+
			`</manifest:encryption-data></manifest:file-entry></manifest:manifest>`))
}
