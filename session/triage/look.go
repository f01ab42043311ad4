package triage

import (
	"archive/zip"
	"context"
	"io"
	"os"
	"slices"

	"estran/session"
)

// Looker looks at whole files. It is safe for concurrent use.
type Looker struct {
	Limits Limits
	// Entry is handed each file that another one holds, once unpacked, and answers why it is not clean: for an
	// antivirus. The file goes when it answers. May be nil.
	Entry func(ctx context.Context, f *os.File, size int64) session.Reason
}

// Look returns what is wrong with a file, whose name may have folders: nothing, mostly. What an archive or a document
// holds is looked at as it would be by itself; what is found there comes after session.ReasonInside.
func (l *Looker) Look(ctx context.Context, content io.ReaderAt, size int64, name session.Private) []session.Reason {
	k := &look{Looker: l, ctx: ctx}
	k.file(file{content: content, size: size, name: name.Reveal()})
	return k.reasons
}

// look is one call of Look.
type look struct {
	*Looker
	ctx     context.Context
	reasons []session.Reason
	entries int   // how many were unpacked
	total   int64 // bytes of them
}

// file is one file, or one that another holds.
type file struct {
	content io.ReaderAt
	size    int64
	name    string
	what    content
	depth   int // how many files it lies in
}

// raise notes a reason once.
func (k *look) raise(r session.Reason) {
	if r != session.ReasonNone && !slices.Contains(k.reasons, r) {
		k.reasons = append(k.reasons, r)
	}
}

// file looks at one file, and then at what it holds.
func (k *look) file(f file) {
	head := make([]byte, HeadSize)
	n, err := f.content.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		k.raise(session.ReasonUnreadable)
	}
	head = head[:n]
	f.what = sniff(head)
	for _, r := range Triage(session.Private(f.name), head) {
		k.raise(r)
	}
	if closed(f.content, f.size, session.Private(f.name), f.what) {
		k.raise(session.ReasonEncrypted)
	}
	switch f.what.family {
	case zipped:
		k.zipped(f)
	case pdf:
		k.pdf(f)
	case ole:
		k.ole(f)
	case text, unknown:
		k.text(f)
	case archive:
		k.raise(session.ReasonLimit)
	}
}

// zipped looks at a zip archive, or at a document that is one.
func (k *look) zipped(f file) {
	switch in := zipContents(f.content, f.size); {
	case in.encrypted:
		k.raise(session.ReasonEncrypted)
		return
	case in.unknown:
		k.raise(session.ReasonLimit)
		return
	}
	archive, err := zip.NewReader(f.content, f.size)
	if err != nil {
		k.raise(session.ReasonDamaged)
		return
	}
	k.document(f, archive)
	for _, e := range archive.File {
		if e.FileInfo().IsDir() {
			continue
		}
		r, err := e.Open()
		if err != nil {
			k.raise(session.ReasonDamaged)
			continue
		}
		goOn := k.inside(f, e.Name, int64(min(e.UncompressedSize64, 1<<62)), r)
		_ = r.Close()
		if !goOn {
			return
		}
	}
}
