package triage_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"estran/session"
	"estran/session/triage"
	"estran/session/triage/wrap"
)

// small are limits under which a fuzzer is quick, and finds what goes beyond them.
func small() triage.Limits {
	return triage.Limits{Depth: 3, Entries: 50, Entry: 1 << 20, Total: 4 << 20, Ratio: 500, Memory: 8 << 20, Dictionary: 1 << 20}
}

// fuzz looks at whatever bytes under a name, and holds what is true of every file.
func fuzz(f *testing.F, name session.Private, seeds ...[]byte) {
	f.Helper()
	for _, seed := range seeds {
		f.Add(seed)
		if len(seed) > 40 {
			f.Add(seed[:len(seed)/2])
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l := triage.Looker{Limits: small()}
		reasons, unpacked, held := triage.LookMeasured(&l, context.Background(), bytes.NewReader(b), int64(len(b)), name)
		if most := l.Limits.Total + 2*int64(len(b)) + 1<<16; unpacked > most {
			t.Errorf("%d bytes were unpacked", unpacked)
		}
		if held > l.Limits.Memory+1 {
			t.Errorf("%d bytes were held", held)
		}
		if at := slices.Index(reasons, session.ReasonInside); at == 0 {
			t.Errorf("what is inside comes first: %v", reasons)
		}
		for i, r := range reasons {
			if r == session.ReasonNone || slices.Contains(reasons[:i], r) {
				t.Errorf("reasons are empty or come twice: %v", reasons)
			}
		}
	})
}

func few() []wrap.File {
	return []wrap.File{{Name: "a.txt", Content: []byte("bonjour bonjour bonjour")}, {Name: "jeux/b.exe", Content: []byte("MZ")}}
}

func FuzzZip(f *testing.F) {
	fuzz(f, "a.zip", wrap.Zip(f, few()...), wrap.Stored(f, few()...), wrap.Locked(f, "a.txt"), unlisted(f), twoEnds(f),
		wrap.OverlapBomb(f, 3, 1<<10), wrap.NestedBomb(f, 3, 2, 1<<10), method(f, 14, lzmaInZip, few()...),
		method(f, 93, wrap.Zstd, few()...), method(f, 95, wrap.Xz, few()...))
}

func FuzzSevenZip(f *testing.F) {
	fuzz(f, "a.7z", wrap.SevenZip(few()...), packedHeader(f, few()...), wrap.SevenZipOf(wrap.SevenAES, []byte("x"), few()...),
		wrap.SevenZipOf(wrap.SevenLzma2, wrap.Lzma2(f, all(few())), few()...))
}

// The sums of a 7z archive keep a fuzzer from its header: here the header is put in with the right ones.
func FuzzSevenZipHeader(f *testing.F) {
	packed := all(few())
	f.Add(packed, wrap.SevenHeader(wrap.SevenCopy, 0, len(packed), few()...))
	f.Add(packed, wrap.SevenHeader(wrap.SevenLzma2, 0, len(packed), few()...))
	f.Add(packed, wrap.SevenHeader(wrap.Coder{ID: "\x03\x01\x01", Properties: []byte{0x5d, 0, 0, 1, 0}}, 0, len(packed), few()...))
	f.Fuzz(func(t *testing.T, packed, header []byte) {
		content := wrap.SevenZipFrom(packed, header)
		l := triage.Looker{Limits: small()}
		_, unpacked, held := triage.LookMeasured(&l, context.Background(), bytes.NewReader(content), int64(len(content)), "a.7z")
		if unpacked > l.Limits.Total+2*int64(len(content))+1<<16 || held > l.Limits.Memory+1 {
			t.Errorf("%d bytes were unpacked, %d held", unpacked, held)
		}
	})
}

func FuzzRar(f *testing.F) {
	fuzz(f, "a.rar", wrap.Rar4(few()...), wrap.Rar5(few()...), wrap.Rar4Locked(few()...), wrap.Rar5Locked(), wrap.Rar5Packed(0, few()...))
}

func FuzzTar(f *testing.F) {
	fuzz(f, "a.tar", wrap.Tar(f, few()...), wrap.SparseBomb(f, 1<<20), wrap.SparseBomb(f, 100))
}

func FuzzGzip(f *testing.F) {
	fuzz(f, "a.gz", wrap.Gzip(f, []byte("bonjour")), wrap.Gzip(f, wrap.Tar(f, few()...)))
}

func FuzzBzip2(f *testing.F) { fuzz(f, "a.bz2", []byte("BZh91AY&SY\x00\x00\x00\x00")) }

func FuzzXz(f *testing.F) {
	fuzz(f, "a.xz", wrap.Xz(f, []byte("bonjour")), wrap.Xz(f, wrap.Tar(f, few()...)))
}

func FuzzZstd(f *testing.F) {
	fuzz(f, "a.zst", wrap.Zstd(f, []byte("bonjour")), wrap.Zstd(f, wrap.Tar(f, few()...)))
}

func FuzzLzma(f *testing.F) { fuzz(f, "a.lzma", wrap.Lzma(f, []byte("bonjour"))) }

func FuzzImage(f *testing.F) {
	fuzz(f, "a", iso(), fat(), partitioned(), wrap.ISO("A.TXT", []byte("bonjour")), at(4096, map[int]string{-512: "koly"}))
}

func FuzzPolyglot(f *testing.F) {
	files := everyday(f)
	fuzz(f, "a.jpg", append(bytes.Clone(files["photo.jpg"]), wrap.Zip(f, few()...)...), append(bytes.Clone(files["photo.jpg"]), wrap.SevenZip(few()...)...),
		append(bytes.Clone(files["photo.jpg"]), wrap.Rar5(few()...)...), []byte("GIF89a/*\x00\x00*/=1;alert(1)"),
		append([]byte("MZ\x90\x00\x03"), files["attestation CAF.pdf"]...), append(bytes.Clone(files["attestation CAF.pdf"]), "%%EOF<script>"...))
}
