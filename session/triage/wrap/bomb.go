package wrap

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"hash/crc32"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// What follows is small, and unpacks to much. None is stored: each is made in the memory of a test.

// zeros reads that many.
func zeros(n int64) io.Reader { return io.LimitReader(zero{}, n) }

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// deflated is that many zeros, packed, and their sum.
func deflated(t testing.TB, n int64) ([]byte, uint32) {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	check(t, err)
	sum := crc32.NewIEEE()
	_, err = io.Copy(io.MultiWriter(w, sum), zeros(n))
	check(t, err)
	check(t, w.Close())
	return out.Bytes(), sum.Sum32()
}

// FlatBomb is a zip archive of files of zeros.
func FlatBomb(t testing.TB, files int, each int64) []byte {
	t.Helper()
	packed, sum := deflated(t, each)
	var entries []Entry
	for i := range files {
		entries = append(entries, Entry{Header: zip.FileHeader{
			Name: string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + ".txt", Method: zip.Deflate, CRC32: sum,
			CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(each),
		}, Packed: packed})
	}
	return Raw(t, entries...)
}

// NestedBomb is a zip archive of archives of archives, that many in each and that deep, with files of zeros at last.
func NestedBomb(t testing.TB, depth, width int, each int64) []byte {
	t.Helper()
	archive := FlatBomb(t, 1, each)
	for range depth {
		var files []File
		for i := range width {
			files = append(files, File{Name: "lib " + string(rune('a'+i)) + ".zip", Content: archive})
		}
		archive = Zip(t, files...)
	}
	return archive
}

// OverlapBomb is a zip archive whose entries all unpack the same bytes.
func OverlapBomb(t testing.TB, files int, each int64) []byte {
	t.Helper()
	one := FlatBomb(t, 1, each)
	at := bytes.Index(one, []byte("PK\x01\x02"))
	end := bytes.LastIndex(one, []byte("PK\x05\x06"))
	out := bytes.Clone(one[:at])
	for range files {
		out = append(out, one[at:end]...)
	}
	tail := bytes.Clone(one[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(files))
	binary.LittleEndian.PutUint16(tail[10:], uint16(files))
	binary.LittleEndian.PutUint32(tail[12:], uint32(files*(end-at)))
	return append(out, tail...)
}

// GzipBomb is that many zeros.
func GzipBomb(t testing.TB, n int64) []byte {
	t.Helper()
	return bomb(t, n, func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil })
}

// XzBomb is that many zeros.
func XzBomb(t testing.TB, n int64) []byte {
	t.Helper()
	return bomb(t, n, func(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) })
}

// ZstdBomb is that many zeros.
func ZstdBomb(t testing.TB, n int64) []byte {
	t.Helper()
	return bomb(t, n, func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) })
}

func bomb(t testing.TB, n int64, open func(io.Writer) (io.WriteCloser, error)) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := open(&out)
	check(t, err)
	_, err = io.Copy(w, zeros(n))
	check(t, err)
	check(t, w.Close())
	return out.Bytes()
}

// SparseBomb is a tar archive of a file that is said to be a hole of that many bytes.
func SparseBomb(t testing.TB, n int64) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	check(t, w.WriteHeader(&tar.Header{Name: "a.txt", Typeflag: tar.TypeReg}))
	check(t, w.Close())
	b := out.Bytes()
	b[156] = 'S' // the old sparse files of GNU tar
	copy(b[257:], "ustar  \x00")
	b[386] = 0x80 // one hole, that reaches to the end, in base 256
	binary.BigEndian.PutUint64(b[390:], uint64(n))
	b[483] = 0x80
	binary.BigEndian.PutUint64(b[487:], uint64(n))
	sum := 0
	copy(b[148:156], "        ")
	for _, c := range b[:512] {
		sum += int(c)
	}
	copy(b[148:], octal(sum))
	return b
}

func octal(n int) []byte {
	b := []byte("000000\x00 ")
	for i := 5; i >= 0; i-- {
		b[i] = byte('0' + n&7)
		n >>= 3
	}
	return b
}
