package triage

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"

	"golang.org/x/sys/unix"

	"estran/session"
)

// entry is a file that an archive says it holds.
type entry struct {
	name   string
	size   int64 // what is said of it, -1 when nothing is
	packed int64 // bytes it takes in the archive, 0 when nothing tells
	// read tells how many bytes of the holder were read so far. May be nil.
	read func() int64
}

// named looks at the name alone of an entry that is not unpacked.
func (k *look) named(name string) {
	k.within(func() {
		k.nameInside(name)
		for _, r := range Triage(session.Private(name), nil) {
			k.raise(r)
		}
	})
}

// inside unpacks a file that another one holds, and looks at it. What is found is raised before session.ReasonInside. It
// says whether to go on with the next one: not beyond a limit.
func (k *look) inside(holder file, e entry, r io.Reader) (goOn bool) {
	k.entries++
	room := k.room()
	if e.packed == 0 {
		e.packed = holder.size
	}
	switch {
	case k.ctx.Err() != nil:
		k.raise(session.ReasonTooComplex)
		return false
	case e.size > room && k.tooDense(e.size, e.packed):
		k.raise(session.ReasonBomb)
		return false
	case k.entries > k.Limits.Entries, holder.depth+1 > k.Limits.Depth:
		k.raise(session.ReasonArchiveLimits)
		return false
	case e.size > room:
		k.raise(session.ReasonArchiveLimits)
		k.named(e.name)
		return k.total < k.most()
	}
	memory, err := inMemory()
	if err != nil {
		k.raise(session.ReasonTooComplex)
		return false
	}
	defer memory.Close()
	n, err := io.Copy(memory, io.LimitReader(k.metered(r, &k.total), room+1))
	defer k.hold(n)()
	if n > room {
		if e.read != nil {
			e.packed = e.read()
		}
		if k.tooDense(n, e.packed) {
			k.raise(session.ReasonBomb)
		} else {
			k.raise(session.ReasonArchiveLimits)
		}
		k.named(e.name)
		return false
	}
	if err != nil {
		k.raise(reasonOf(err))
		k.named(e.name)
		return !errors.Is(err, errTotal) && k.ctx.Err() == nil
	}
	f := file{content: memory, size: n, name: e.name, depth: holder.depth + 1, holder: &holder}
	if k.holdsItself(f) {
		k.raise(session.ReasonBomb)
		return false
	}
	k.within(func() {
		k.nameInside(e.name)
		k.file(f)
		if k.Entry != nil && k.ctx.Err() == nil {
			k.raise(k.Entry(k.ctx, memory, n))
		}
	})
	return true
}

// room is how large the next file may be.
func (k *look) room() int64 {
	return max(0, min(k.Limits.Entry, k.most()-k.total, k.Limits.Memory-k.held))
}

// tooDense tells a bomb from what is merely large, by how much comes out of how little.
func (k *look) tooDense(n, packed int64) bool {
	return n/k.Limits.Ratio > packed || (k.total+n)/k.Limits.Ratio > k.root
}

// within adds session.ReasonInside after what do raises, when that tells of a file.
func (k *look) within(do func()) {
	before := len(k.reasons)
	do()
	for _, r := range k.reasons[before:] {
		if tellsOfAFile(r) {
			k.raise(session.ReasonInside)
			return
		}
	}
}

// tellsOfAFile says that a reason is not that of the antivirus itself, which is the same wherever the file lies.
func tellsOfAFile(r session.Reason) bool {
	switch r {
	case session.ReasonNoAntivirus, session.ReasonAntivirusSilent, session.ReasonAntivirusRubbish,
		session.ReasonNoSignatures, session.ReasonOldSignatures:
		return false
	default:
		return true
	}
}

// nameInside looks at a name as only an archive can have it: one that leads out of the folder it is unpacked into
// (CVE-2018-1002200 and its kin), where programs follow it.
func (k *look) nameInside(name string) {
	if escapes(name) {
		k.raise(session.ReasonHiddenName)
	}
}

// link looks at a link in an archive: one that stays within is how folders of programs are made.
func (k *look) link(name, target string) {
	k.within(func() {
		k.nameInside(name)
		target = slashed(target)
		if isAbsolute(target) || escapes(path.Join(path.Dir(slashed(name)), target)) {
			k.raise(session.ReasonShortcut)
		}
	})
}

// holdsItself says that a file is the same as one of those it lies in: an archive made never to end
// (https://research.swtch.com/zip).
func (k *look) holdsItself(f file) bool {
	var sum [sha256.Size]byte
	for h := f.holder; h != nil; h = h.holder {
		if h.size != f.size || f.size == 0 {
			continue
		}
		if sum == [sha256.Size]byte{} {
			sum = digest(f)
		}
		if digest(*h) == sum {
			return true
		}
	}
	return false
}

func digest(f file) (sum [sha256.Size]byte) {
	h := sha256.New()
	_, _ = io.Copy(h, io.NewSectionReader(f.content, 0, f.size))
	h.Sum(sum[:0])
	return sum
}

// inMemory returns an empty file that is on no disk.
func inMemory() (*os.File, error) {
	fd, err := unix.MemfdCreate("entry", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("cannot make a file in memory: %w", err)
	}
	return os.NewFile(uintptr(fd), "entry"), nil
}
