package triage

import (
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"io"
)

// pdfKey opens the strings and streams of an encrypted PDF whose password is empty: what banks and offices send, so that it
// can be read by all and changed by none. A nil key leaves all as it is.
type pdfKey struct {
	key              []byte
	streams, strings pdfCipher
}

type pdfCipher int

const (
	pdfOpen pdfCipher = iota
	pdfRC4
	pdfAES    // with a key for each object
	pdfAES256 // with one key
)

// objectKey is the key of one object (7.6.2, algorithm 1).
func (k *pdfKey) objectKey(o pdfObject, c pdfCipher) []byte {
	if c == pdfAES256 {
		return k.key
	}
	b := append([]byte{}, k.key...)
	b = append(b, byte(o.number), byte(o.number>>8), byte(o.number>>16), byte(o.generation), byte(o.generation>>8))
	if c == pdfAES {
		b = append(b, "sAlT"...)
	}
	sum := md5.Sum(b)
	return sum[:min(len(k.key)+5, 16)]
}

// stream opens a stream. Tables are never closed (7.5.8.2).
func (k *pdfKey) stream(o pdfObject, r io.Reader) io.Reader {
	if k == nil || k.streams == pdfOpen || o.dict()["Type"] == pdfName("XRef") || o.dict()["Type"] == pdfName("Metadata") {
		return r
	}
	key := k.objectKey(o, k.streams)
	if k.streams != pdfRC4 {
		return newCBC(key, r)
	}
	c, err := rc4.NewCipher(key)
	if err != nil {
		return nil
	}
	return &rc4Reader{c, r}
}

type rc4Reader struct {
	c *rc4.Cipher
	r io.Reader
}

func (r *rc4Reader) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	r.c.XORKeyStream(b[:n], b[:n])
	return n, err
}

// text opens a string. Those in object streams are open once the stream is (7.5.7).
func (k *pdfKey) text(o pdfObject, t pdfText) pdfText {
	if k == nil || k.strings == pdfOpen || o.packed {
		return t
	}
	key := k.objectKey(o, k.strings)
	if k.strings != pdfRC4 {
		b, _ := io.ReadAll(newCBC(key, &stringReader{string(t)}))
		return pdfText(b)
	}
	c, err := rc4.NewCipher(key)
	if err != nil {
		return t
	}
	b := []byte(t)
	c.XORKeyStream(b, b)
	return pdfText(b)
}

type stringReader struct{ s string }

func (r *stringReader) Read(b []byte) (int, error) {
	if r.s == "" {
		return 0, io.EOF
	}
	n := copy(b, r.s)
	r.s = r.s[n:]
	return n, nil
}

// emptyPassword makes the key that the empty password gives, if it is the password. Trailers that do not agree lead
// readers to different files: then nothing is opened.
func (p *pdfFile) emptyPassword() *pdfKey {
	var lock pdfDict
	var id pdfText
	for _, t := range p.trailers {
		d, _ := p.one(t["Encrypt"]).(pdfDict)
		if d == nil && (t["Root"] != nil || t["Encrypt"] != nil) || lock != nil && d != nil && lock["O"] != d["O"] {
			return nil
		}
		if ids := p.list(t["ID"]); d != nil {
			lock = d
			if len(ids) > 0 {
				id, _ = p.one(ids[0]).(pdfText)
			}
		}
	}
	if lock == nil || p.one(lock["Filter"]) != pdfName("Standard") || lock["EFF"] != nil && lock["EFF"] != lock["StmF"] {
		return nil
	}
	k := &pdfKey{}
	version := p.number(lock["V"])
	if !p.ciphers(k, lock, version) {
		return nil
	}
	if version >= 5 {
		k.key = p.key256(lock)
	} else {
		k.key = p.key128(lock, id, version)
	}
	if k.key == nil {
		return nil
	}
	return k
}

// ciphers reads how strings and streams are closed (7.6.5).
func (p *pdfFile) ciphers(k *pdfKey, lock pdfDict, version int) bool {
	if version == 1 || version == 2 {
		k.streams, k.strings = pdfRC4, pdfRC4
		return true
	}
	if version != 4 && version != 5 {
		return false
	}
	filters, _ := p.one(lock["CF"]).(pdfDict)
	cipher := func(key pdfName) (pdfCipher, bool) {
		name, _ := p.one(lock[key]).(pdfName)
		if name == "" || name == "Identity" {
			return pdfOpen, true
		}
		filter, _ := p.one(filters[name]).(pdfDict)
		method, _ := p.one(filter["CFM"]).(pdfName)
		switch method {
		case "None":
			return pdfOpen, true
		case "V2":
			return pdfRC4, version == 4
		case "AESV2":
			return pdfAES, version == 4
		case "AESV3":
			return pdfAES256, version == 5
		}
		return pdfOpen, false
	}
	var one, other bool
	k.streams, one = cipher("StmF")
	k.strings, other = cipher("StrF")
	return one && other
}

// pdfPad is what fills a password up (7.6.3.3).
const pdfPad = "\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a"

// key128 is the key of versions 1 to 4 (algorithms 2, 4 and 5); nil where the empty password is not it.
func (p *pdfFile) key128(lock pdfDict, id pdfText, version int) []byte {
	owner, _ := p.one(lock["O"]).(pdfText)
	user, _ := p.one(lock["U"]).(pdfText)
	revision, length := p.number(lock["R"]), p.number(lock["Length"])/8
	if version == 4 {
		length = 16
	}
	if version == 1 || length == 0 {
		length = 5
	}
	if len(owner) < 32 || len(user) < 16 || length < 5 || length > 16 {
		return nil
	}
	b := append([]byte(pdfPad), owner[:32]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(p.number(lock["P"])))
	b = append(b, id...)
	if p.one(lock["EncryptMetadata"]) == pdfWord("false") && revision >= 4 {
		b = append(b, 0xff, 0xff, 0xff, 0xff)
	}
	sum := md5.Sum(b)
	if revision >= 3 {
		for range 50 {
			sum = md5.Sum(sum[:length])
		}
	}
	key := append([]byte{}, sum[:length]...)
	if revision < 3 {
		if len(user) < 32 || string(rc4Of(key, []byte(pdfPad))) != string(user[:32]) {
			return nil
		}
		return key
	}
	sum = md5.Sum(append([]byte(pdfPad), id...))
	check := sum[:]
	for i := range byte(20) {
		turned := make([]byte, len(key))
		for j := range key {
			turned[j] = key[j] ^ i
		}
		check = rc4Of(turned, check)
	}
	if string(check) != string(user[:16]) {
		return nil
	}
	return key
}

func rc4Of(key, b []byte) []byte {
	out := make([]byte, len(b))
	if c, err := rc4.NewCipher(key); err == nil {
		c.XORKeyStream(out, b)
	}
	return out
}
