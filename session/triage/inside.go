package triage

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"estran/session"
)

// inside unpacks a file that another one holds, and looks at it; size is what is said of it, -1 when nothing is. What is
// found is raised after session.ReasonInside. It says whether to go on with the next one: not beyond a limit.
func (k *look) inside(holder file, name string, size int64, r io.Reader) (goOn bool) {
	k.entries++
	room := min(k.Limits.Entry, k.Limits.Total-k.total)
	switch {
	case k.ctx.Err() != nil:
		k.raise(session.ReasonTooComplex)
		return false
	case k.entries > k.Limits.Entries, holder.depth+1 > k.Limits.Depth, size > room:
		k.raise(session.ReasonArchiveLimits)
		return false
	}
	memory, err := inMemory()
	if err != nil {
		k.raise(session.ReasonTooComplex)
		return false
	}
	defer memory.Close()
	n, err := io.Copy(memory, io.LimitReader(r, room+1))
	k.total += n
	switch {
	case n > room && n > k.Limits.Ratio*holder.size:
		k.raise(session.ReasonBomb)
		return false
	case n > room:
		k.raise(session.ReasonArchiveLimits)
		return false
	case err != nil:
		k.raise(session.ReasonDamaged)
		return true
	}
	before := len(k.reasons)
	k.file(file{content: memory, size: n, name: name, depth: holder.depth + 1})
	if k.Entry != nil {
		k.raise(k.Entry(k.ctx, memory, n))
	}
	if len(k.reasons) > before {
		k.raise(session.ReasonInside)
	}
	return true
}

// inMemory returns an empty file that is on no disk.
func inMemory() (*os.File, error) {
	fd, err := unix.MemfdCreate("entry", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("cannot make a file in memory: %w", err)
	}
	return os.NewFile(uintptr(fd), "entry"), nil
}
