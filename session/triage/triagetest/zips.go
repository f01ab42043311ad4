package triagetest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"hash/crc32"
	"sync"
	"time"
)

// part is a file in another one.
type part struct {
	name  string
	data  []byte
	zeros int // MiB of zeros in place of data
}

func file(name string, data []byte) part { return part{name: name, data: data} }

func p(name, data string) part { return part{name: name, data: []byte(data)} }

// zipped is a zip archive (APPNOTE of PKWARE). What is packed already is stored.
func zipped(parts ...part) []byte { return zippedAs(nil, parts...) }

// zippedAs is zipped where change makes the header of each file another one.
func zippedAs(change func(*zip.FileHeader), parts ...part) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC)}
		if p.name == "mimetype" {
			h.Method = zip.Store
		}
		if p.name[len(p.name)-1] == '/' {
			h.Method = zip.Store
		}
		data, size := p.data, len(p.data)
		if change != nil {
			change(h)
		}
		raw := data
		switch h.Method {
		case zip.Deflate:
			raw = deflated(data)
		case zip.Store:
		}
		sum := crc32.ChecksumIEEE(data)
		if p.zeros > 0 {
			raw, sum, size = deflatedZeros(p.zeros), sumOfZeros(p.zeros), p.zeros*mib
		}
		h.CRC32, h.CompressedSize64, h.UncompressedSize64 = sum, uint64(len(raw)), uint64(size)
		e, err := w.CreateRaw(h)
		must(err)
		_, err = e.Write(raw)
		must(err)
	}
	must(w.Close())
	return out.Bytes()
}

// packers are kept: one takes a megabyte, and the catalogue has thousands of files.
var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestCompression)
	must(err)
	return w
}}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&b)
	_, err := w.Write(data)
	must(err)
	must(w.Close())
	return b.Bytes()
}

const mib = 1 << 20

// deflatedZeros is so many MiB of zeros, packed: one MiB that ends at a byte, again and again.
func deflatedZeros(count int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	must(err)
	_, err = w.Write(make([]byte, mib))
	must(err)
	must(w.Flush())
	// A last block without content (RFC 1951, 3.2.4).
	return append(bytes.Repeat(b.Bytes(), count), "\x01\x00\x00\xff\xff"...)
}

func sumOfZeros(count int) uint32 {
	sum, zeros := uint32(0), make([]byte, mib)
	for range count {
		sum = crc32.Update(sum, crc32.IEEETable, zeros)
	}
	return sum
}

// gzippedZeros is so many MiB of zeros in gzip (RFC 1952).
func gzippedZeros(count int) []byte {
	return join([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"), deflatedZeros(count), le32(int(sumOfZeros(count))), le32(count*mib))
}

// locked is a zip archive that is closed by a password: bit 0 of the flags, and 12 bytes ahead of each content (APPNOTE
// 6.1). The content is noise, as it would be.
func locked(parts ...part) []byte {
	for i := range parts {
		parts[i].data = noise(uint32(i)+7, len(parts[i].data)+12)
	}
	return zippedAs(func(h *zip.FileHeader) { h.Method, h.Flags = zip.Store, h.Flags|1 }, parts...)
}

func gzipped(name string, data []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	must(err)
	w.Name = name
	_, err = w.Write(data)
	must(err)
	must(w.Close())
	return out.Bytes()
}

func tarred(parts ...part) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, p := range parts {
		must(w.WriteHeader(&tar.Header{
			Name: p.name, Mode: 0o644, Size: int64(len(p.data)), ModTime: time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC),
		}))
		_, err := w.Write(p.data)
		must(err)
	}
	must(w.Close())
	return out.Bytes()
}

var le = binary.LittleEndian

// le16, le32 and le64 write numbers the low byte first.
func le16(v int) []byte { return le.AppendUint16(nil, uint16(v)) }
func le32(v int) []byte { return le.AppendUint32(nil, uint32(v)) }
func le64(v int) []byte { return le.AppendUint64(nil, uint64(v)) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
