package triage

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/ulikunitz/xz/lzma"
)

// lzmaHeaderSize is that of an LZMA file: a byte of properties, the dictionary, the size.
const lzmaHeaderSize = 13

// fromLzma opens an LZMA file, whose header says how much memory it takes.
func fromLzma(k *look, r io.Reader) (io.Reader, func(), error) {
	header := make([]byte, lzmaHeaderSize)
	if _, err := io.ReadFull(r, header); err != nil {
		return nil, nil, err
	}
	return k.lzma(r, header[:5], binary.LittleEndian.Uint64(header[5:]))
}

// unknownSize is how LZMA says that a mark tells where the end is.
const unknownSize = math.MaxUint64

// lzma opens a stream that is said to unpack to size bytes.
func (k *look) lzma(r io.Reader, properties []byte, size uint64) (io.Reader, func(), error) {
	if len(properties) != 5 {
		return nil, nil, errBroken
	}
	dictionary := max(binary.LittleEndian.Uint32(properties[1:]), lzma.MinDictCap)
	release, err := k.reserve(int64(dictionary))
	if err != nil {
		return nil, nil, err
	}
	header := binary.LittleEndian.AppendUint64(append([]byte(nil), properties...), size)
	unpacked, err := lzma.ReaderConfig{DictCap: int(dictionary)}.NewReader(bufio.NewReader(&prefixed{header, r}))
	if err != nil {
		release()
		if tooLarge := new(lzma.ErrDictSize); errors.As(err, &tooLarge) {
			return nil, nil, errDictionary
		}
		return nil, nil, err
	}
	return unpacked, release, nil
}

// lzma2 opens a stream of chunks; a byte says how much memory it takes (xz file format 5.3.1).
func (k *look) lzma2(r io.Reader, properties []byte) (io.Reader, func(), error) {
	if len(properties) != 1 || properties[0] > 40 {
		return nil, nil, errBroken
	}
	dictionary := int64(math.MaxUint32)
	if p := properties[0]; p < 40 {
		dictionary = int64(2|p&1) << (p/2 + 11)
	}
	release, err := k.reserve(dictionary)
	if err != nil {
		return nil, nil, err
	}
	unpacked, err := lzma.Reader2Config{DictCap: int(dictionary)}.NewReader2(bufio.NewReader(r))
	if err != nil {
		release()
		return nil, nil, err
	}
	return unpacked, release, nil
}

// prefixed reads some bytes, then a reader.
type prefixed struct {
	head []byte
	r    io.Reader
}

func (p *prefixed) Read(b []byte) (int, error) {
	if len(p.head) > 0 {
		n := copy(b, p.head)
		p.head = p.head[n:]
		return n, nil
	}
	return p.r.Read(b)
}
