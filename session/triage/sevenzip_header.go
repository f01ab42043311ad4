package triage

import (
	"encoding/binary"
	"io/fs"
	"unicode/utf16"
)

// The marks of a 7z header.
const (
	sevenEnd          = 0x00
	sevenHeader       = 0x01
	sevenProperties   = 0x02
	sevenAdditional   = 0x03
	sevenStreams      = 0x04
	sevenFiles        = 0x05
	sevenPackInfo     = 0x06
	sevenUnpackInfo   = 0x07
	sevenSubStreams   = 0x08
	sevenSize         = 0x09
	sevenSum          = 0x0a
	sevenFolderMark   = 0x0b
	sevenUnpackSize   = 0x0c
	sevenStreamCount  = 0x0d
	sevenEmptyStream  = 0x0e
	sevenEmptyFile    = 0x0f
	sevenNames        = 0x11
	sevenAttributes   = 0x15
	sevenEncoded      = 0x17
	sevenMostCoders   = 8
	sevenMostProperty = 1 << 10
)

// sevenPacked is what the streams section of a header says.
type sevenPacked struct {
	start   uint64
	packed  []uint64
	folders []sevenFolder
}

// sevenFolder is a stream of files, unpacked by a chain of coders.
type sevenFolder struct {
	chain  []sevenCoder // from the packed bytes to the files
	simple bool         // each coder reads one stream
	size   uint64       // bytes that come out
	sum    *uint32
	sizes  []uint64 // of each file
	sums   []*uint32
}

type sevenCoder struct {
	id         string
	properties []byte
	size       uint64
}

// sevenFile is one file or folder of an archive.
type sevenFile struct {
	name  string
	empty bool        // nothing is packed for it
	file  bool        // an empty one is a file, not a folder
	mode  fs.FileMode // what Unix has of it
}

// streams reads a streams section; most bounds how many there may be of each.
func (s *sevenBytes) streams(most int) sevenPacked {
	var p sevenPacked
	for s.err == nil {
		switch s.byte() {
		case sevenEnd:
			return p
		case sevenPackInfo:
			s.packInfo(&p, most)
		case sevenUnpackInfo:
			s.unpackInfo(&p, most)
		case sevenSubStreams:
			s.subStreams(&p, most)
		default:
			s.fail()
		}
	}
	return p
}

func (s *sevenBytes) packInfo(p *sevenPacked, most int) {
	p.start = s.number()
	n := s.count(most)
	for s.err == nil {
		switch s.byte() {
		case sevenEnd:
			return
		case sevenSize:
			p.packed = make([]uint64, n)
			for i := range p.packed {
				p.packed[i] = s.number()
			}
		case sevenSum:
			s.sums(n)
		default:
			s.fail()
		}
	}
}

func (s *sevenBytes) unpackInfo(p *sevenPacked, most int) {
	if s.byte() != sevenFolderMark {
		s.fail()
		return
	}
	p.folders = make([]sevenFolder, s.count(most))
	if s.byte() != 0 {
		s.fail() // the folders lie elsewhere: nobody writes this
		return
	}
	outputs := make([][]int, len(p.folders))
	for i := range p.folders {
		p.folders[i], outputs[i] = s.folder()
	}
	for s.err == nil {
		switch s.byte() {
		case sevenEnd:
			return
		case sevenUnpackSize:
			for i := range p.folders {
				s.unpackSizes(&p.folders[i], outputs[i])
			}
		case sevenSum:
			for i, sum := range s.sums(len(p.folders)) {
				p.folders[i].sum = sum
			}
		default:
			s.fail()
		}
	}
}

// unpackSizes reads how much comes out of each coder; order tells where the coder stands in the chain.
func (s *sevenBytes) unpackSizes(f *sevenFolder, order []int) {
	for _, at := range order {
		size := s.number()
		if at < 0 || at >= len(f.chain) {
			continue
		}
		f.chain[at].size = size
		if at == len(f.chain)-1 {
			f.size = size
		}
	}
	f.sizes = []uint64{f.size}
}

func (s *sevenBytes) subStreams(p *sevenPacked, most int) {
	id := s.byte()
	if id == sevenStreamCount {
		for i := range p.folders {
			n := s.count(most)
			if most -= n; s.err != nil {
				return
			}
			p.folders[i].sizes = make([]uint64, n)
		}
		id = s.byte()
	}
	for i := range p.folders {
		f := &p.folders[i]
		rest := f.size
		for j := range f.sizes {
			if j < len(f.sizes)-1 {
				if id != sevenSize {
					s.fail()
					return
				}
				f.sizes[j] = s.number()
			} else {
				f.sizes[j] = rest
			}
			if f.sizes[j] > rest {
				s.fail()
				return
			}
			rest -= f.sizes[j]
		}
		f.sums = make([]*uint32, len(f.sizes))
		if len(f.sizes) == 1 {
			f.sums[0] = f.sum
		}
	}
	if id == sevenSize {
		id = s.byte()
	}
	for id == sevenSum && s.err == nil {
		s.subSums(p)
		id = s.byte()
	}
	if id != sevenEnd {
		s.fail()
	}
}

// subSums gives the sums of the files whose folder tells none.
func (s *sevenBytes) subSums(p *sevenPacked) {
	var missing []**uint32
	for i := range p.folders {
		for j := range p.folders[i].sums {
			if p.folders[i].sums[j] == nil {
				missing = append(missing, &p.folders[i].sums[j])
			}
		}
	}
	for i, sum := range s.sums(len(missing)) {
		*missing[i] = sum
	}
}

// files reads the files section, of at most that many.
func (s *sevenBytes) files(most int) []sevenFile {
	files := make([]sevenFile, s.count(most))
	for s.err == nil {
		id := s.byte()
		if id == sevenEnd {
			return files
		}
		property := &sevenBytes{b: s.bytes(s.number())}
		switch id {
		case sevenEmptyStream:
			for i, empty := range property.bits(len(files)) {
				files[i].empty = empty
			}
		case sevenEmptyFile:
			property.emptyFiles(files)
		case sevenNames:
			property.names(files)
		case sevenAttributes:
			property.attributes(files)
		}
		if property.err != nil {
			s.fail()
		}
	}
	return files
}

// emptyFiles tells which of the files without content are files.
func (s *sevenBytes) emptyFiles(files []sevenFile) {
	var empty []int
	for i := range files {
		if files[i].empty {
			empty = append(empty, i)
		}
	}
	for i, isFile := range s.bits(len(empty)) {
		files[empty[i]].file = isFile
	}
}

func (s *sevenBytes) names(files []sevenFile) {
	if s.byte() != 0 {
		s.fail()
		return
	}
	for i := range files {
		var name []uint16
		for {
			b := s.bytes(2)
			if b == nil {
				return
			}
			u := binary.LittleEndian.Uint16(b)
			if u == 0 {
				break
			}
			name = append(name, u)
		}
		files[i].name = string(utf16.Decode(name))
	}
}

// attributes are those of Windows; p7zip keeps those of Unix in the upper half, and sets 0x8000 to say so.
func (s *sevenBytes) attributes(files []sevenFile) {
	defined := s.optionalBits(len(files))
	if s.byte() != 0 {
		s.fail()
		return
	}
	for i := range files {
		if !defined[i] {
			continue
		}
		if a := s.uint32(); a&0x8000 != 0 {
			files[i].mode = fs.FileMode(a >> 16)
		}
	}
}
