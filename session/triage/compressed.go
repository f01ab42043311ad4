package triage

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/mikelolasagasti/xz"
)

// unpacker opens what holds one file. What it holds on to is given back by release.
type unpacker func(k *look, r io.Reader) (unpacked io.Reader, release func(), err error)

// unpackerOf knows what holds one file by its first bytes. LZMA has none of its own: there the name tells.
func unpackerOf(name string, head []byte) unpacker {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return fromGzip
	case bytes.HasPrefix(head, []byte("BZh")) && len(head) > 10 && bytes.Equal(head[4:10], []byte("1AY&SY")):
		return fromBzip2
	case bytes.HasPrefix(head, []byte("\xfd7zXZ\x00")):
		return fromXz
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return fromZstd
	case slices.Contains([]string{"lzma", "tlz"}, extension(name)) && len(head) > lzmaHeaderSize:
		return fromLzma
	default:
		return nil
	}
}

func fromGzip(_ *look, r io.Reader) (io.Reader, func(), error) {
	unpacked, err := gzip.NewReader(r)
	return unpacked, func() {}, err
}

func fromBzip2(_ *look, r io.Reader) (io.Reader, func(), error) {
	return bzip2.NewReader(r), func() {}, nil
}

func fromXz(k *look, r io.Reader) (io.Reader, func(), error) {
	release, err := k.reserve(k.Limits.Dictionary)
	if err != nil {
		return nil, nil, err
	}
	// Each block of a file has a dictionary of its own, and none may be larger.
	unpacked, err := xz.NewReader(r, uint32(k.Limits.Dictionary)) //nolint:gosec // below 4 GiB
	if err != nil {
		release()
		return nil, nil, known(err)
	}
	return translated{unpacked}, release, nil
}

func fromZstd(k *look, r io.Reader) (io.Reader, func(), error) {
	release, err := k.reserve(k.Limits.Dictionary)
	if err != nil {
		return nil, nil, err
	}
	unpacked, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(uint64(k.Limits.Dictionary))) //nolint:gosec // never negative
	if err != nil {
		release()
		return nil, nil, known(err)
	}
	return translated{unpacked}, func() { unpacked.Close(); release() }, nil
}

// translated reads with the errors of this package.
type translated struct{ r io.Reader }

func (t translated) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	return n, known(err)
}

func known(err error) error {
	switch {
	case errors.Is(err, xz.ErrMemlimit), errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return errDictionary
	case errors.Is(err, xz.ErrOptions), errors.Is(err, zstd.ErrUnknownDictionary):
		return errMethod
	default:
		return err
	}
}

// packed looks into a file that holds one, which may be a tar archive: that is read in passing, however long.
func (k *look) packed(f file, open unpacker) error {
	counted := &counter{r: k.bytesOf(f)}
	r, release, err := open(k, bufio.NewReader(counted))
	if err != nil {
		return err
	}
	defer release()
	passing := bufio.NewReader(k.metered(r, &k.passed))
	head, err := passing.Peek(tarBlock)
	if isTar(head) {
		return k.tar(f, passing)
	}
	if err != nil && err != io.EOF {
		return err
	}
	k.inside(f, entry{name: unpackedName(f.name), size: -1, read: func() int64 { return counted.n }}, passing)
	return nil
}

// unpackedName is what programs call the file that comes out.
func unpackedName(name string) string {
	bare := strings.TrimSuffix(visible(name), path.Ext(visible(name)))
	switch extension(name) {
	case "gz", "bz2", "xz", "zst", "lzma", "z":
		return bare
	case "tgz", "tbz", "tbz2", "txz", "tlz", "tzst":
		return bare + ".tar"
	case "svgz":
		return bare + ".svg"
	default:
		return "" // its name says nothing of what comes out
	}
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
