package triage

import (
	"context"
	"io"

	"estran/session"
)

// LookMeasured is Look, with how many bytes were unpacked, and how many of them were held at once.
func LookMeasured(l *Looker, ctx context.Context, f io.ReaderAt, size int64, name session.Private) (
	reasons []session.Reason, unpacked, most int64,
) {
	k := &look{Looker: l, ctx: ctx, root: size}
	k.file(file{content: f, size: size, name: name.Reveal()})
	return k.reasons, max(k.total, k.passed), k.mostHeld
}
