package triage

import (
	"bytes"
	"io"
)

// find says where a mark stands in a file, from a place on, in bounded memory; -1 without one.
func find(f io.ReaderAt, size, from int64, mark []byte) int64 {
	const piece = 64 << 10
	buf := make([]byte, min(size, piece+int64(len(mark))))
	for at := from; at < size; at += piece {
		n, err := f.ReadAt(buf, at)
		if i := bytes.Index(buf[:n], mark); i >= 0 {
			return at + int64(i)
		}
		if err != nil && err != io.EOF {
			return -1
		}
	}
	return -1
}
