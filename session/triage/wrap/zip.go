package wrap

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"hash/crc32"
	"testing"
)

// Zip is a zip archive whose files are deflated.
func Zip(t testing.TB, files ...File) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		e, err := w.Create(f.Name)
		check(t, err)
		_, err = e.Write(f.Content)
		check(t, err)
	}
	check(t, w.Close())
	return out.Bytes()
}

// Stored is a zip archive whose files are as they are, with their sizes before them.
func Stored(t testing.TB, files ...File) []byte {
	t.Helper()
	var entries []Entry
	for _, f := range files {
		n := uint64(len(f.Content))
		entries = append(entries, Entry{Header: zip.FileHeader{
			Name: f.Name, CRC32: crc32.ChecksumIEEE(f.Content), CompressedSize64: n, UncompressedSize64: n,
		}, Packed: f.Content})
	}
	return Raw(t, entries...)
}

// Entry is an entry of a zip archive that says of itself what it wants.
type Entry struct {
	Header zip.FileHeader
	Packed []byte
}

// Raw is a zip archive of entries as they are.
func Raw(t testing.TB, entries ...Entry) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		raw, err := w.CreateRaw(&e.Header)
		check(t, err)
		_, err = raw.Write(e.Packed)
		check(t, err)
	}
	check(t, w.Close())
	return out.Bytes()
}

// Locked is a zip archive whose files are closed by a password.
func Locked(t testing.TB, names ...string) []byte {
	t.Helper()
	var entries []Entry
	for _, name := range names {
		entries = append(entries, Entry{
			Header: zip.FileHeader{Name: name, Flags: 1, CRC32: 7, CompressedSize64: 40, UncompressedSize64: 28},
			Packed: make([]byte, 40),
		})
	}
	return Raw(t, entries...)
}

// Tar is a tar archive.
func Tar(t testing.TB, files ...File) []byte {
	t.Helper()
	var headers []tar.Header
	for _, f := range files {
		headers = append(headers, tar.Header{Name: f.Name, Mode: 0o644, Size: int64(len(f.Content))})
	}
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for i, f := range files {
		check(t, w.WriteHeader(&headers[i]))
		_, err := w.Write(f.Content)
		check(t, err)
	}
	check(t, w.Close())
	return out.Bytes()
}
