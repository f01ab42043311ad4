package wrap

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

func through(t testing.TB, content []byte, open func(io.Writer) (io.WriteCloser, error)) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := open(&out)
	check(t, err)
	_, err = w.Write(content)
	check(t, err)
	check(t, w.Close())
	return out.Bytes()
}

// Gzip packs one file.
func Gzip(t testing.TB, content []byte) []byte {
	t.Helper()
	return through(t, content, func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil })
}

// Xz packs one file.
func Xz(t testing.TB, content []byte) []byte {
	t.Helper()
	return through(t, content, func(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) })
}

// Zstd packs one file.
func Zstd(t testing.TB, content []byte) []byte {
	t.Helper()
	return through(t, content, func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) })
}

// Lzma packs one file.
func Lzma(t testing.TB, content []byte) []byte {
	t.Helper()
	return through(t, content, func(w io.Writer) (io.WriteCloser, error) { return lzma.NewWriter(w) })
}

// Lzma2 packs one file as it lies in a 7z archive.
func Lzma2(t testing.TB, content []byte) []byte {
	t.Helper()
	return through(t, content, func(w io.Writer) (io.WriteCloser, error) { return lzma.NewWriter2(w) })
}

// Bzip2 packs one file with the program of that name, for which Go has no library that is kept.
func Bzip2(t testing.TB, content []byte) []byte {
	t.Helper()
	program, err := exec.LookPath("bzip2")
	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatal("bzip2 is missing")
	default:
		t.Skip("bzip2 is missing")
	}
	cmd := exec.Command(program, "-c")
	cmd.Stdin = bytes.NewReader(content)
	out, err := cmd.Output()
	check(t, err)
	return out
}
