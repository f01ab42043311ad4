package triage

import (
	"errors"
	"io"
	"slices"

	"estran/session"
)

// pdf looks for what a PDF does by itself, and at the files that it holds.
func (k *look) pdf(f file) {
	p := &pdfFile{ctx: k.ctx, content: f.content, size: f.size, places: map[int][]pdfPlace{}}
	if err := p.scan(); err != nil {
		k.raise(pdfReason(err))
		return
	}
	locked := p.encrypted()
	if !locked {
		if err := p.unpack(); err != nil {
			k.raise(pdfReason(err))
			return
		}
	} else {
		k.raise(session.ReasonEncrypted)
	}
	switch {
	case p.active(locked):
		k.raise(session.ReasonActivePDF)
	case p.work > p.most():
		k.raise(session.ReasonTooComplex)
		return
	case !locked && (!p.catalog || len(p.trailers) == 0): // its end is missing: what was there was not looked at
		k.raise(session.ReasonDamaged)
	}
	if !locked {
		k.attachments(f, p)
	}
}

func pdfReason(err error) session.Reason {
	if errors.Is(err, errTooMuch) {
		return session.ReasonTooComplex
	}
	return session.ReasonUnreadable
}

// encrypted says that a trailer, or the dictionary of a table in a stream, names an encryption (7.6.1) that no key is
// known for.
func (p *pdfFile) encrypted() bool {
	closed := slices.ContainsFunc(p.trailers, func(d pdfDict) bool { return d["Encrypt"] != nil })
	if closed && p.key == nil {
		p.key = p.emptyPassword()
	}
	return closed && p.key == nil
}

// attachments looks at each file that the PDF holds (7.11.4), by the name that it is given there.
func (k *look) attachments(f file, p *pdfFile) {
	seen := map[int64]bool{}
	hold := func(o pdfObject, name string) (goOn bool) {
		if o.data <= 0 || seen[o.data] {
			return true
		}
		seen[o.data] = true
		r := p.reader(o)
		if r == nil {
			k.raise(session.ReasonTooComplex)
			return true
		}
		return k.inside(f, entry{name: name, size: -1}, forgiving{r})
	}
	for _, root := range p.roots {
		for d := range dicts(root.value) {
			name := p.fileName(root, d)
			for _, held := range p.objects(d["EF"]) {
				for _, ref := range held.dict() {
					for _, o := range p.objects(ref) {
						if !hold(o, name) {
							return
						}
					}
				}
			}
		}
	}
	for _, root := range p.roots {
		if root.dict()["Type"] == pdfName("EmbeddedFile") && !hold(root, "") {
			return
		}
	}
}

func (p *pdfFile) fileName(o pdfObject, d pdfDict) string {
	for _, key := range []pdfName{"UF", "F", "DOS", "Unix", "Mac"} {
		if t, ok := p.one(d[key]).(pdfText); ok && t != "" {
			return pdfString(p.key.text(o, t))
		}
	}
	return ""
}

// forgiving takes a stream that breaks for one that ends there, as readers of PDF do.
type forgiving struct{ r io.Reader }

func (f forgiving) Read(b []byte) (int, error) {
	n, err := f.r.Read(b)
	if err != nil {
		err = io.EOF
	}
	return n, err
}
