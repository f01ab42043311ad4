package triagetest

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"encoding/hex"
	"fmt"
)

// pdfKey enciphers a PDF by the standard handler, revision 4, with AES (ISO 32000-1, 7.6). The user has no password, so
// that everybody opens it; the owner has one, so that nobody may change it. Offices and banks send many such files.
type pdfKey struct {
	key    []byte
	object string // the encryption dictionary
}

const padding = "\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a"

// ownersKey makes a key for the file identifier that all PDFs here have.
func ownersKey() pdfKey {
	id, err := hex.DecodeString(fileID)
	must(err)
	const permissions = -1084
	owner := rc4Many(md5Many([]byte("proprietaire" + padding)[:32]), []byte(padding)) // algorithm 3
	key := md5Many(join([]byte(padding), owner, le32(permissions&0xffffffff), id))    // algorithm 2
	sum := md5.Sum(append([]byte(padding), id...))                                    // algorithm 5
	user := append(rc4Many(key, sum[:]), make([]byte, 16)...)
	return pdfKey{key, fmt.Sprintf("<</Filter/Standard/V 4/R 4/Length 128/P %d/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV2/Length 16>>>>"+
		"/StmF/StdCF/StrF/StdCF/O<%x>/U<%x>>>", permissions, owner, user)}
}

func md5Many(b []byte) []byte {
	for range 51 {
		sum := md5.Sum(b)
		b = sum[:]
	}
	return b
}

func rc4Many(key, data []byte) []byte {
	out := bytes.Clone(data)
	for i := range 20 {
		k := make([]byte, len(key))
		for j := range key {
			k[j] = key[j] ^ byte(i)
		}
		c, err := rc4.NewCipher(k)
		must(err)
		c.XORKeyStream(out, out)
	}
	return out
}

// seal enciphers the content of the stream of an object (algorithm 1).
func (k pdfKey) seal(object int, data []byte) []byte {
	sum := md5.Sum(join(k.key, le32(object)[:3], []byte{0, 0}, []byte("sAlT")))
	block, err := aes.NewCipher(sum[:])
	must(err)
	pad := 16 - len(data)%16
	data = join(data, bytes.Repeat([]byte{byte(pad)}, pad))
	vector := noise(uint32(object), 16)
	cipher.NewCBCEncrypter(block, vector).CryptBlocks(data, data)
	return append(vector, data...)
}

// opened is a packed PDF that is enciphered for its owner alone. Its strings lie in the object stream, which is sealed as
// a whole.
func opened(catalog string, objects ...string) []byte {
	k := ownersKey()
	all := append([]string{
		"<</Type/Catalog/Pages 2 0 R" + catalog + ">>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 21 0 R/Resources<<>>>>",
	}, objects...)
	var index, bodies bytes.Buffer
	for i, o := range all {
		fmt.Fprintf(&index, "%d %d ", i+1, bodies.Len())
		bodies.WriteString(o + " ")
	}
	var out, rows bytes.Buffer
	row := func(kind byte, where int, third byte) { rows.Write([]byte{kind, byte(where >> 8), byte(where), third}) }
	out.WriteString("%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
	row(0, 0, 255)
	for i := range all {
		row(2, 20, byte(i))
	}
	sealed := func(number int, dict string, data []byte) {
		row(1, out.Len(), 0)
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", number, streamOf(dict+"/Filter/FlateDecode", k.seal(number, zlibbed(data))))
	}
	sealed(20, fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(all), index.Len()), append(index.Bytes(), bodies.Bytes()...))
	sealed(21, "", []byte("BT (Releve de compte) Tj ET"))
	row(1, out.Len(), 0)
	fmt.Fprintf(&out, "22 0 obj\n%s\nendobj\n", k.object)
	at := out.Len()
	row(1, at, 0)
	dict := fmt.Sprintf("/Type/XRef/Size 24/W[1 2 1]/Index[0 %d 20 4]/Root 1 0 R/Encrypt 22 0 R/ID[<%s><%s>]", len(all)+1, fileID, fileID)
	fmt.Fprintf(&out, "23 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", flated(dict, rows.Bytes()), at)
	return out.Bytes()
}
