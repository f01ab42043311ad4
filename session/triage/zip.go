package triage

import (
	"archive/zip"
	"bufio"
	"compress/bzip2"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"estran/session"
)

// zipped looks at a zip archive, or at a document that is one.
func (k *look) zipped(f file) error {
	end, err := findZipEnd(f.content, f.size)
	if err != nil {
		return err
	}
	records, err := readZipDirectory(f.content, end, k.Limits.Entries)
	if err != nil {
		return err
	}
	switch err := checkZipLayout(f.content, end, records); {
	case errors.Is(err, errOverlap):
		return err
	case err != nil:
		k.raise(reasonOf(err)) // what can be unpacked is looked at nevertheless
	}
	isDocument := false
	if z, err := zip.NewReader(f.content, f.size); z != nil && (err == nil || errors.Is(err, zip.ErrInsecurePath)) {
		isDocument = k.document(f, z)
	}
	if f.depth == 0 {
		k.isDocument = isDocument || end.base > 0
	}
	for _, r := range records {
		if !k.zipEntry(f, r, isDocument) {
			return nil
		}
	}
	return nil
}

// zipEntry looks at one entry. In a document only what can carry something is: the texts are its own matter.
func (k *look) zipEntry(f file, r zipRecord, isDocument bool) (goOn bool) {
	name := r.name
	switch {
	case strings.HasSuffix(name, "/"), strings.HasSuffix(name, `\`):
		k.within(func() { k.nameInside(name) })
		return true
	case r.flags&(flagEncrypted|flagMasked) != 0:
		k.raise(session.ReasonEncrypted)
		k.named(name)
		return true
	case r.data == 0:
		k.named(name) // its header is broken, which was raised
		return true
	case isDocument && slices.Contains(partsOfText, extension(slashed(name))) && r.size <= k.Limits.Entry:
		return true
	}
	content, release, err := k.zipReader(f, r)
	if err != nil {
		k.raise(reasonOf(err))
		k.named(name)
		return true
	}
	defer release()
	if r.mode&unixKind == unixLink {
		target, err := io.ReadAll(io.LimitReader(content, 4096))
		if err != nil {
			k.raise(reasonOf(err))
			return true
		}
		k.link(name, string(target))
		return true
	}
	return k.inside(f, entry{name: slashed(name), size: r.size, packed: max(r.packed, 1)}, content)
}

// partsOfText are the parts of a document that document reads.
var partsOfText = []string{"xml", "rels", "vml", "rdf"}

// The methods of APPNOTE 4.4.5. Deflate64, PPMd and the old ones have no safe library.
const (
	methodStore   = 0
	methodDeflate = 8
	methodBzip2   = 12
	methodLzma    = 14
	methodOldZstd = 20
	methodZstd    = 93
	methodXz      = 95
)

func (k *look) zipReader(f file, r zipRecord) (io.Reader, func(), error) {
	section := interruptible{k, io.NewSectionReader(f.content, r.data, r.packed)}
	unpacked, release, err := k.zipDecode(bufio.NewReader(section), r)
	if err != nil {
		return nil, nil, err
	}
	// One byte more than is said, so that it is seen that there are more.
	return &summed{r: io.LimitReader(unpacked, r.size+1), left: r.size, want: &r.sum, sum: crc32.NewIEEE()}, release, nil
}

func (k *look) zipDecode(r io.Reader, e zipRecord) (io.Reader, func(), error) {
	switch e.method {
	case methodStore:
		return r, func() {}, nil
	case methodDeflate:
		return flate.NewReader(r), func() {}, nil
	case methodBzip2:
		return bzip2.NewReader(r), func() {}, nil
	case methodZstd, methodOldZstd:
		return fromZstd(k, r)
	case methodXz:
		return fromXz(k, r)
	case methodLzma:
		return k.zipLzma(r, e)
	default:
		return nil, nil, errMethod
	}
}

// zipLzma reads two bytes of version, two of length and the properties before the stream (APPNOTE 5.8.8).
func (k *look) zipLzma(r io.Reader, e zipRecord) (io.Reader, func(), error) {
	head := make([]byte, 9)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, nil, err
	}
	if head[2] != 5 || head[3] != 0 {
		return nil, nil, errBroken
	}
	size := uint64(e.size) //nolint:gosec // never negative
	if e.flags&flagEndMark != 0 {
		size = unknownSize
	}
	return k.lzma(r, head[4:], size)
}
