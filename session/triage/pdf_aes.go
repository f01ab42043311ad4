package triage

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/sha512"
	"io"
)

// key256 is the key of version 5 (ISO 32000-2, 7.6.4.3.3, algorithm 2.A; revision 5 is Adobe's extension level 3); nil
// where the empty password is not it.
func (p *pdfFile) key256(lock pdfDict) []byte {
	user, _ := p.one(lock["U"]).(pdfText)
	wrapped, _ := p.one(lock["UE"]).(pdfText)
	if len(user) < 48 || len(wrapped) < 32 {
		return nil
	}
	hash := func(salt pdfText) []byte {
		sum := sha256.Sum256([]byte(salt))
		if p.number(lock["R"]) == 5 {
			return sum[:]
		}
		return hardened(sum[:])
	}
	if !bytes.Equal(hash(user[32:40]), []byte(user[:32])) {
		return nil
	}
	block, err := aes.NewCipher(hash(user[40:48]))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, []byte(wrapped[:32]))
	return key
}

// hardened is algorithm 2.B for an empty password: rounds of AES and of the hash that their outcome picks.
func hardened(k []byte) []byte {
	for round := 1; ; round++ {
		e := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		sum := 0
		for _, c := range e[:16] {
			sum += int(c)
		}
		switch sum % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		default:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if round >= 64 && int(e[len(e)-1]) <= round-32 {
			return k[:32]
		}
	}
}

// cbcReader opens what AES closed in a chain of blocks, of which the first is its start, and the last filled up (7.6.2).
type cbcReader struct {
	r     io.Reader
	block cipher.Block
	mode  cipher.BlockMode
	next  []byte // closed blocks, read ahead by one to know the last
	left  []byte
	err   error
}

func newCBC(key []byte, r io.Reader) io.Reader {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil
	}
	return &cbcReader{r: r, block: block}
}

func (c *cbcReader) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	for len(c.left) == 0 {
		if c.err != nil {
			return 0, c.err
		}
		c.advance()
	}
	n := copy(b, c.left)
	c.left = c.left[n:]
	return n, nil
}

func (c *cbcReader) advance() {
	if c.mode == nil {
		start := make([]byte, aes.BlockSize)
		if _, c.err = io.ReadFull(c.r, start); c.err != nil {
			c.err = io.EOF
			return
		}
		c.mode = cipher.NewCBCDecrypter(c.block, start)
		c.next = c.closed()
	}
	now := c.next
	c.next = c.closed()
	if len(now) == 0 {
		c.err = io.EOF
		return
	}
	open := make([]byte, len(now))
	c.mode.CryptBlocks(open, now)
	if len(c.next) == 0 {
		if fill := int(open[len(open)-1]); fill >= 1 && fill <= aes.BlockSize {
			open = open[:len(open)-fill]
		}
		c.err = io.EOF
	}
	c.left = open
}

// closed reads whole blocks.
func (c *cbcReader) closed() []byte {
	b := make([]byte, 4096)
	n, _ := io.ReadFull(c.r, b)
	return b[:n-n%aes.BlockSize]
}
