package tagged

import (
	"bytes"
	"fmt"
	"strings"
)

// tree adds the objects of the structure to a file with these pages, and gives the number of its root (ISO 32000-1,
// 14.7.2).
func (s *Sheet) tree(objects [][]byte, pages []int) ([][]byte, int) {
	root := len(objects) + 1
	next := root
	var all []*element
	var number func(e *element)
	number = func(e *element) {
		next++
		e.number = next
		all = append(all, e)
		for _, k := range e.kids {
			if k.element != nil {
				number(k.element)
			}
		}
	}
	number(s.root)
	objects = append(objects, fmt.Appendf(nil, "<</Type /StructTreeRoot /K %d 0 R /ParentTree %s /ParentTreeNextKey %d>>",
		s.root.number, s.parents(), len(pages)))
	for _, e := range all {
		objects = append(objects, e.object(root, pages))
	}
	return objects, root
}

// parents tells of each piece of each page the element that it belongs to.
func (s *Sheet) parents() string {
	var b strings.Builder
	b.WriteString("<</Nums [")
	for page, marks := range s.marks {
		fmt.Fprintf(&b, "%d [", page)
		for _, e := range marks {
			fmt.Fprintf(&b, "%d 0 R ", e.number)
		}
		b.WriteString("]\n")
	}
	b.WriteString("]>>")
	return b.String()
}

func (e *element) object(root int, pages []int) []byte {
	parent := root
	if e.parent != nil {
		parent = e.parent.number
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "<</Type /StructElem /S /%s /P %d 0 R", e.tag, parent)
	if e.attrs != "" {
		fmt.Fprintf(&b, " /A %s", e.attrs)
	}
	if e.actual != "" {
		fmt.Fprintf(&b, " /ActualText %s", utf16(e.actual))
	}
	b.WriteString(" /K [")
	for _, k := range e.kids {
		if k.element != nil {
			fmt.Fprintf(&b, "%d 0 R ", k.element.number)
		} else {
			fmt.Fprintf(&b, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", pages[k.page], k.mcid)
		}
	}
	b.WriteString("]>>")
	return b.Bytes()
}
