package tagged

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// xmp says the title and the language, and that the file is made for readers of every kind (ISO 14289-1, 5). It tells
// neither who made it nor when.
func (s *Sheet) xmp() string {
	var title strings.Builder
	_ = xml.EscapeText(&title, []byte(s.title)) // a strings.Builder takes everything
	return fmt.Sprintf(`<?xpacket begin="%s" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, "\ufeff", title.String(), s.lang)
}

// toUnicode says that each character of a font is the one of its number. A range stays within a byte (ISO 32000-1,
// 9.10.3), which the one of fpdf does not.
func toUnicode() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 64 // of ranges in a row; 100 are allowed
	for high := range 256 {
		if high%most == 0 {
			fmt.Fprintf(&b, "%d beginbfrange\n", most)
		}
		fmt.Fprintf(&b, "<%02X00> <%02XFF> <%02X00>\n", high, high, high)
		if high%most == most-1 {
			b.WriteString("endbfrange\n")
		}
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.String()
}
