package triage

import (
	"archive/tar"
	"bytes"
	"io"
	"strconv"
	"strings"
)

const tarBlock = 512

// isTar says that a block is the header of a tar archive: its sum stands in it (POSIX 1003.1, pax, ustar interchange
// format), and older archives have no other mark.
func isTar(block []byte) bool {
	if len(block) < tarBlock {
		return false
	}
	sum := int64(0)
	for i, b := range block[:tarBlock] {
		if i >= 148 && i < 156 {
			b = ' '
		}
		sum += int64(b)
	}
	said, err := strconv.ParseInt(strings.Trim(string(block[148:156]), " \x00"), 8, 64)
	return err == nil && said == sum && !bytes.HasPrefix(block, []byte{0})
}

// endsWithZip says that the zip archive at the end of a tar is the last file that the tar holds: the header of one stands
// before it.
func endsWithZip(f file) bool {
	e, err := findZipEnd(f.content, f.size)
	if err != nil || e.base < tarBlock {
		return false
	}
	header := make([]byte, tarBlock)
	_, err = f.content.ReadAt(header, e.base-tarBlock)
	return err == nil && isTar(header)
}

func (k *look) tarFile(f file) error { return k.tar(f, k.bytesOf(f)) }

// tar looks into a tar archive of any dialect. The library bounds the memory of its extended headers.
func (k *look) tar(f file, r io.Reader) error {
	archive := tar.NewReader(r)
	for {
		h, err := archive.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		goOn := true
		switch h.Typeflag {
		case tar.TypeReg, tar.TypeGNUSparse, tar.TypeCont, 0:
			goOn = k.inside(f, entry{name: h.Name, size: h.Size}, archive)
		case tar.TypeSymlink:
			k.link(h.Name, h.Linkname)
		case tar.TypeLink:
			k.within(func() { k.nameInside(h.Name); k.nameInside(h.Linkname) })
		default:
			k.within(func() { k.nameInside(h.Name) })
		}
		if !goOn {
			return nil
		}
	}
}
