package triage

import (
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
// holds is looked at as it would be by itself. What is found there is followed by session.ReasonInside, which never comes
// first nor alone, and comes once. The order of the others says nothing: scan.Judge puts the gravest first.
func (l *Looker) Look(ctx context.Context, content io.ReaderAt, size int64, name session.Private) []session.Reason {
	reasons, _ := l.LookInto(ctx, content, size, name)
	return reasons
}

// LookInto is Look, and says whether the file is nothing but an archive of which each file was handed to Entry, or has a
// reason among those that are returned: then an antivirus that does not look at the whole of it has missed nothing.
func (l *Looker) LookInto(ctx context.Context, content io.ReaderAt, size int64, name session.Private) (
	reasons []session.Reason, each bool,
) {
	k := &look{Looker: l, ctx: ctx, root: size}
	k.file(file{content: content, size: size, name: name.Reveal()})
	return k.reasons, k.each
}

// look is one call of Look.
type look struct {
	*Looker
	ctx        context.Context
	reasons    []session.Reason
	root       int64 // bytes of the file itself
	entries    int   // how many were unpacked
	total      int64 // bytes of them
	passed     int64 // bytes of the archives that were unpacked in passing, without being held
	held       int64 // bytes of memory in use
	mostHeld   int64
	isDocument bool // the last zip archive that was opened is one
	each       bool // the file is an archive that was opened to its end
}

// file is one file, or one that another holds.
type file struct {
	content io.ReaderAt
	size    int64
	name    string
	what    content
	closed  bool  // by a password
	depth   int   // how many files it lies in
	holder  *file // the file it lies in
}

// raise notes a reason once.
func (k *look) raise(r session.Reason) {
	if r != session.ReasonNone && !slices.Contains(k.reasons, r) {
		k.reasons = append(k.reasons, r)
	}
}

// file looks at one file, and then at what it holds.
func (k *look) file(f file) {
	defer k.survive()
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
		f.closed = true
	}
	if isDiskImage(f.content, f.size, head, f.what) {
		k.raise(session.ReasonDiskImage)
	}
	two := k.polyglot(f, head)
	if two {
		k.raise(session.ReasonPolyglot)
	}
	k.opened(f, head)
	switch f.what.family {
	case pdf:
		k.pdf(f)
	case ole:
		k.ole(f)
	case text, unknown:
		k.text(f)
	}
}
