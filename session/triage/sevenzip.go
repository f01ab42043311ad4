package triage

import (
	"bufio"
	"compress/bzip2"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"
)

// What is read of 7z archives is read here, because the libraries there are take from the header how much memory to take
// for reading it.

const (
	sevenStart = 32
	// sevenMostHeader bounds the header, unpacked: that of ten thousand files with long names takes 5 MiB.
	sevenMostHeader = 16 << 20
	unixLink        = 0o120000
	unixKind        = 0o170000
)

// sevenZip looks into a 7z archive.
func (k *look) sevenZip(f file) error {
	packed, files, err := k.sevenHeader(f)
	if err != nil {
		return err
	}
	var contents []sevenFile
	for _, e := range files {
		if !e.empty {
			contents = append(contents, e)
			continue
		}
		if e.file {
			k.named(e.name)
		} else {
			k.within(func() { k.nameInside(e.name) })
		}
	}
	for i, folder := range packed.folders {
		n := min(len(folder.sizes), len(contents))
		if n < len(folder.sizes) || i >= len(packed.packed) {
			return errBroken
		}
		if !k.sevenFolder(f, packed, i, contents[:n]) {
			return nil
		}
		contents = contents[n:]
	}
	if len(contents) > 0 {
		return errBroken
	}
	return nil
}

// sevenFolder looks at the files of one folder. One that cannot be unpacked still tells their names.
func (k *look) sevenFolder(f file, p sevenPacked, i int, files []sevenFile) (goOn bool) {
	folder := p.folders[i]
	unnamed := func(from int, err error) bool {
		k.raise(reasonOf(err))
		for _, e := range files[from:] {
			k.named(e.name)
		}
		return k.ctx.Err() == nil && !errors.Is(err, errTotal)
	}
	r, release, err := k.sevenReader(f, p, i)
	if err != nil {
		return unnamed(0, err)
	}
	defer release()
	passing := k.metered(r, &k.passed)
	for j, e := range files {
		size := int64(min(folder.sizes[j], 1<<62)) //nolint:gosec // bounded
		content := &summed{r: io.LimitReader(passing, size), left: size, want: folder.sums[j], sum: crc32.NewIEEE()}
		if e.mode&unixKind == unixLink {
			target, err := io.ReadAll(io.LimitReader(content, 4096))
			if err != nil {
				return unnamed(j, err)
			}
			k.link(e.name, string(target))
		} else if !k.inside(f, entry{name: e.name, size: size, packed: int64(min(p.packed[i], 1<<62))}, content) { //nolint:gosec // bounded
			return false
		}
		if _, err := io.Copy(io.Discard, content); err != nil {
			return unnamed(j, err)
		}
	}
	return true
}

// sevenHeader reads the header, which may be packed itself.
func (k *look) sevenHeader(f file) (p sevenPacked, files []sevenFile, err error) {
	start := make([]byte, sevenStart)
	if _, err := f.content.ReadAt(start, 0); err != nil {
		return p, nil, errBroken
	}
	if crc32.ChecksumIEEE(start[12:]) != binary.LittleEndian.Uint32(start[8:]) {
		return p, nil, errBroken
	}
	offset, size := binary.LittleEndian.Uint64(start[12:]), binary.LittleEndian.Uint64(start[20:])
	if size == 0 && offset == 0 {
		return p, nil, nil // an empty archive
	}
	rest := uint64(max(f.size-sevenStart, 0)) //nolint:gosec // never negative
	if offset > rest || size > rest-offset {
		return p, nil, errBroken
	}
	if size > sevenMostHeader {
		return p, nil, errTooMany
	}
	header := make([]byte, size)
	if _, err := f.content.ReadAt(header, sevenStart+int64(offset)); err != nil && err != io.EOF { //nolint:gosec // within the file
		return p, nil, err
	}
	if crc32.ChecksumIEEE(header) != binary.LittleEndian.Uint32(start[28:]) {
		return p, nil, errBroken
	}
	for range 4 {
		s := &sevenBytes{b: header}
		if s.byte() != sevenEncoded {
			return k.sevenContents(header)
		}
		if header, err = k.sevenEncoded(f, s); err != nil {
			return p, nil, err
		}
	}
	return p, nil, errTooMany
}

// sevenEncoded unpacks a header.
func (k *look) sevenEncoded(f file, s *sevenBytes) ([]byte, error) {
	p := s.streams(k.Limits.Entries)
	if s.err != nil {
		return nil, s.err
	}
	if len(p.folders) != 1 || len(p.packed) == 0 {
		return nil, errBroken
	}
	if p.folders[0].size > sevenMostHeader {
		return nil, errTooMany
	}
	r, release, err := k.sevenReader(f, p, 0)
	if err != nil {
		return nil, err
	}
	defer release()
	header := make([]byte, p.folders[0].size)
	_, err = io.ReadFull(k.metered(r, &k.passed), header)
	return header, err
}

func (k *look) sevenContents(header []byte) (p sevenPacked, files []sevenFile, err error) {
	s := &sevenBytes{b: header}
	if s.byte() != sevenHeader {
		return p, nil, errBroken
	}
	for s.err == nil {
		switch s.byte() {
		case sevenEnd:
			return p, files, s.err
		case sevenProperties:
			for s.err == nil && s.byte() != sevenEnd {
				s.bytes(s.number())
			}
		case sevenAdditional:
			s.streams(k.Limits.Entries)
		case sevenStreams:
			p = s.streams(k.Limits.Entries)
		case sevenFiles:
			files = s.files(k.Limits.Entries)
		default:
			s.fail()
		}
	}
	return p, nil, s.err
}

// sevenReader unpacks one folder.
func (k *look) sevenReader(f file, p sevenPacked, i int) (io.Reader, func(), error) {
	folder := p.folders[i]
	if slices.ContainsFunc(folder.chain, func(c sevenCoder) bool { return c.id == sevenAES }) {
		return nil, nil, errLocked
	}
	if !folder.simple {
		return nil, nil, errMethod
	}
	rest := uint64(max(f.size-sevenStart, 0)) //nolint:gosec // never negative
	at := p.start
	for _, size := range p.packed[:i] {
		at = min(at, rest) + min(size, rest)
	}
	if at > rest || p.packed[i] > rest-at {
		return nil, nil, errBroken
	}
	section := io.NewSectionReader(f.content, sevenStart+int64(at), int64(p.packed[i])) //nolint:gosec // within the file
	var r io.Reader = interruptible{k, section}
	var held []func()
	release := func() {
		for _, give := range held {
			give()
		}
	}
	for _, c := range folder.chain {
		next, give, err := k.sevenDecode(r, c)
		if err != nil {
			release()
			return nil, nil, err
		}
		r = next
		held = append(held, give)
	}
	return r, release, nil
}

const sevenAES = "\x06\xf1\x07\x01"

// sevenDecode goes through one coder (Methods.txt of the LZMA SDK). The filters for programs are not here: what they are
// used for is found by its name.
func (k *look) sevenDecode(r io.Reader, c sevenCoder) (io.Reader, func(), error) {
	switch c.id {
	case "\x00":
		return r, func() {}, nil
	case "\x21":
		return k.lzma2(r, c.properties)
	case "\x03\x01\x01":
		return k.lzma(r, c.properties, c.size)
	case "\x04\x01\x08":
		return flate.NewReader(bufio.NewReader(r)), func() {}, nil
	case "\x04\x02\x02":
		return bzip2.NewReader(bufio.NewReader(r)), func() {}, nil
	case "\x04\xf7\x11\x01":
		return fromZstd(k, r)
	default:
		return nil, nil, errMethod
	}
}

// summed fails at the end of what is not what it was, and when it ends too soon.
type summed struct {
	r    io.Reader
	left int64
	want *uint32
	sum  interface {
		io.Writer
		Sum32() uint32
	}
}

func (s *summed) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	s.left -= int64(n)
	_, _ = s.sum.Write(b[:n])
	if err == io.EOF {
		if s.left < 0 {
			return n, errBroken
		}
		if s.left > 0 {
			return n, io.ErrUnexpectedEOF
		}
		if s.want != nil && s.sum.Sum32() != *s.want {
			return n, errBroken
		}
	}
	return n, err
}
