package triage

import (
	"bufio"
	"errors"
	"io"
	"io/fs"

	"github.com/nwaples/rardecode/v2"
)

// rar looks into a RAR archive, of version 1.5 to 5.
func (k *look) rar(f file) error {
	release, err := k.reserve(k.Limits.Dictionary)
	if err != nil {
		return err
	}
	defer release()
	archive, err := rardecode.NewReader(bufio.NewReader(k.bytesOf(f)), rardecode.MaxDictionarySize(k.Limits.Dictionary))
	if err != nil {
		return rarError(err)
	}
	for count := 0; ; count++ {
		h, err := archive.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return rarError(err)
		case count >= k.Limits.Entries:
			return errTooMany
		}
		goOn, err := k.rarEntry(f, archive, h)
		if err != nil {
			return err
		}
		if !goOn {
			return nil
		}
	}
}

func (k *look) rarEntry(f file, archive io.Reader, h *rardecode.FileHeader) (goOn bool, err error) {
	switch {
	case h.IsDir:
		k.within(func() { k.nameInside(h.Name) })
		return true, nil
	case h.LinkType != 0:
		k.link(h.Name, h.LinkTarget)
		return true, nil
	case h.Encrypted:
		k.raise(reasonOf(errLocked))
		k.named(h.Name)
		return true, nil
	case h.Mode()&fs.ModeSymlink != 0: // before version 5, the target is the content
		target, err := io.ReadAll(io.LimitReader(archive, 4096))
		if err != nil {
			return false, rarError(err)
		}
		k.link(h.Name, string(target))
		return true, nil
	}
	e := entry{name: h.Name, size: h.UnPackedSize, packed: h.PackedSize}
	if h.UnKnownSize {
		e.size = -1
	}
	before := k.total
	goOn = k.inside(f, e, rarReader{archive})
	if goOn && h.Solid && k.total-before != h.UnPackedSize {
		return false, errTotal // what follows cannot be unpacked without this one
	}
	return goOn, nil
}

// rarReader reads with the errors of this package.
type rarReader struct{ r io.Reader }

func (r rarReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	return n, rarError(err)
}

func rarError(err error) error {
	switch {
	case errors.Is(err, rardecode.ErrArchiveEncrypted), errors.Is(err, rardecode.ErrArchivedFileEncrypted):
		return errLocked
	case errors.Is(err, rardecode.ErrDictionaryTooLarge):
		return errDictionary
	case errors.Is(err, rardecode.ErrMultiVolume), errors.Is(err, rardecode.ErrBadVolumeNumber),
		errors.Is(err, rardecode.ErrUnknownVersion), errors.Is(err, rardecode.ErrUnsupportedDecoder),
		errors.Is(err, rardecode.ErrUnknownDecoder), errors.Is(err, rardecode.ErrMultipleDecoders):
		return errMethod
	default:
		return err
	}
}
