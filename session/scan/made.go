package scan

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// The archives that clamd is tried with. They are made here, in memory: none is stored, and none is dangerous.

// bigZip is an archive of a given size whose first entry is the EICAR test file: clamd finds it when it looks at files
// of that size. Most of it is a hole that takes no memory.
func bigZip(size int64) (*os.File, error) {
	head, directory := zipWithHole(0)
	hole := max(size-int64(len(head)+len(directory)), 0)
	head, directory = zipWithHole(hole)
	start := int64(len(head)) + hole
	// The last record says where the directory begins: 6 bytes before its end (APPNOTE 4.3.16).
	binary.LittleEndian.PutUint32(directory[len(directory)-6:], uint32(start)) //nolint:gosec // below 2 GiB
	f, err := inMemory(head, start+int64(len(directory)))
	if err != nil {
		return nil, err
	}
	if _, err := f.WriteAt(directory, start); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("cannot make a file in memory: %w", err)
	}
	return f, nil
}

// zipWithHole is an archive of the EICAR test file and of an entry of that many zeros, which are to be left out between
// its two parts.
func zipWithHole(hole int64) (head, directory []byte) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	must(addStored(w, "a.com", eicar()))
	_, err := w.CreateRaw(&zip.FileHeader{Name: "hole", CompressedSize64: uint64(hole), UncompressedSize64: uint64(hole)})
	must(err)
	must(w.Flush())
	start := out.Len()
	must(w.Close())
	return out.Bytes()[:start:start], out.Bytes()[start:]
}

// addStored adds an entry with its sizes in its own header, as clamd reads archives from the start.
func addStored(w *zip.Writer, name string, content []byte) error {
	raw, err := w.CreateRaw(&zip.FileHeader{
		Name: name, CRC32: crc32.ChecksumIEEE(content),
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content)),
	})
	if err != nil {
		return err
	}
	_, err = io.Copy(raw, bytes.NewReader(content))
	return err
}

// must stops on what cannot happen: writing an archive to memory does not fail.
func must(err error) {
	if err != nil {
		panic("scan: cannot make an archive in memory: " + err.Error())
	}
}
