package triage_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"hash/crc32"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/triage"
	"estran/session/triage/triagetest"
	"estran/session/triage/wrap"
)

func lookAt(t testing.TB, name session.Private, content []byte) []session.Reason {
	t.Helper()
	l := triage.Looker{Limits: triage.DefaultLimits()}
	return l.Look(t.Context(), bytes.NewReader(content), int64(len(content)), name)
}

// archivers make an archive of files, each in its way.
func archivers(t testing.TB) map[session.Private]func(...wrap.File) []byte {
	t.Helper()
	tarred := func(f ...wrap.File) []byte { return wrap.Tar(t, f...) }
	return map[session.Private]func(...wrap.File) []byte{
		"a.zip":      func(f ...wrap.File) []byte { return wrap.Zip(t, f...) },
		"stored.zip": func(f ...wrap.File) []byte { return wrap.Stored(t, f...) },
		"a.tar":      tarred,
		"a.tar.gz":   func(f ...wrap.File) []byte { return wrap.Gzip(t, tarred(f...)) },
		"a.tgz":      func(f ...wrap.File) []byte { return wrap.Gzip(t, tarred(f...)) },
		"a.tar.bz2":  func(f ...wrap.File) []byte { return wrap.Bzip2(t, tarred(f...)) },
		"a.tar.xz":   func(f ...wrap.File) []byte { return wrap.Xz(t, tarred(f...)) },
		"a.tar.zst":  func(f ...wrap.File) []byte { return wrap.Zstd(t, tarred(f...)) },
		"a.tar.lzma": func(f ...wrap.File) []byte { return wrap.Lzma(t, tarred(f...)) },
		"a.7z":       wrap.SevenZip,
		"a.rar":      wrap.Rar4,
		"a.v5.rar":   wrap.Rar5,
		"lzma2.7z":   func(f ...wrap.File) []byte { return wrap.SevenZipOf(wrap.SevenLzma2, wrap.Lzma2(t, all(f)), f...) },
		"header.7z":  func(f ...wrap.File) []byte { return packedHeader(t, f...) },
		"bzip2.zip":  func(f ...wrap.File) []byte { return method(t, 12, wrap.Bzip2, f...) },
		"zstd.zip":   func(f ...wrap.File) []byte { return method(t, 93, wrap.Zstd, f...) },
		"xz.zip":     func(f ...wrap.File) []byte { return method(t, 95, wrap.Xz, f...) },
		"lzma.zip":   func(f ...wrap.File) []byte { return method(t, 14, lzmaInZip, f...) },
		"prefix.data": func(f ...wrap.File) []byte {
			return append(bytes.Repeat([]byte{0, 1, 2, 3}, 100), wrap.Zip(t, f...)...)
		},
	}
}

func all(files []wrap.File) (content []byte) {
	for _, f := range files {
		content = append(content, f.Content...)
	}
	return content
}

func packedHeader(t testing.TB, files ...wrap.File) []byte {
	t.Helper()
	packed := all(files)
	header := wrap.SevenHeader(wrap.SevenCopy, 0, len(packed), files...)
	return wrap.SevenZipPackedHeader(wrap.SevenCopy, packed, wrap.Lzma2(t, header), header, wrap.SevenLzma2)
}

// method is a zip archive whose files are packed in another way.
func method(t testing.TB, id uint16, pack func(testing.TB, []byte) []byte, files ...wrap.File) []byte {
	t.Helper()
	var entries []wrap.Entry
	for _, f := range files {
		packed := pack(t, f.Content)
		entries = append(entries, wrap.Entry{Header: zip.FileHeader{
			Name: f.Name, Method: id, CRC32: crc32.ChecksumIEEE(f.Content), Flags: 2,
			CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(f.Content)),
		}, Packed: packed})
	}
	return wrap.Raw(t, entries...)
}

// lzmaInZip has the properties before the stream, without the size (APPNOTE 5.8.8).
func lzmaInZip(t testing.TB, content []byte) []byte {
	t.Helper()
	packed := wrap.Lzma(t, content)
	return append(append([]byte{9, 20, 5, 0}, packed[:5]...), packed[13:]...)
}

func TestArchivesOfWhatPeopleBringRaiseNothing(t *testing.T) {
	var files []wrap.File
	for _, e := range triagetest.Catalogue() {
		content := e.Build()
		if e.Verdict == session.Clean && len(content) > 0 && len(content) < 16<<10 && utf8.ValidString(e.Name) {
			files = append(files, wrap.File{Name: e.Name, Content: content})
		}
	}
	t.Logf("%d files", len(files))
	for name, archive := range archivers(t) {
		t.Run(name.Reveal(), func(t *testing.T) {
			if got := lookAt(t, name, archive(files...)); len(got) > 0 {
				t.Errorf("it is a false alarm: %v", got)
			}
		})
	}
}

func TestAProgramInsideIsFound(t *testing.T) {
	want := []session.Reason{session.ReasonProgram, session.ReasonInside}
	files := []wrap.File{{Name: "lisez-moi.txt", Content: []byte("bonjour")}, {Name: "jeux/jeu.exe", Content: []byte("x")}}
	for name, archive := range archivers(t) {
		t.Run(name.Reveal(), func(t *testing.T) {
			if diff := cmp.Diff(want, lookAt(t, name, archive(files...))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Whatever byte of an archive is wrong, it is never looked at as if it were whole: what is in it is found as before, or
// it has a reason.
func TestAnArchiveThatIsCutShortIsNotPassedOver(t *testing.T) {
	files := []wrap.File{{Name: "a.txt", Content: bytes.Repeat([]byte("bonjour"), 30)}, {Name: "jeu.exe", Content: []byte("x")}}
	for name, archive := range archivers(t) {
		if name == "prefix.data" || name == "a.tar" {
			continue // without its end the first is no archive; the other has none: what is left of it was looked at
		}
		t.Run(name.Reveal(), func(t *testing.T) {
			whole := archive(files...)
			for _, n := range []int{len(whole) / 4, len(whole) / 2, len(whole) * 3 / 4, len(whole) - 1} {
				if got := lookAt(t, name, whole[:n]); len(got) == 0 {
					t.Errorf("cut after %d bytes of %d it raises nothing", n, len(whole))
				}
			}
		})
	}
}

func TestArchives(t *testing.T) {
	text := wrap.File{Name: "a.txt", Content: []byte("bonjour")}
	nest := func(n int, innermost []byte) []byte {
		for range n {
			innermost = wrap.Zip(t, wrap.File{Name: "a.zip", Content: innermost})
		}
		return innermost
	}
	linked := func(name, target string) []byte {
		var out bytes.Buffer
		w := tar.NewWriter(&out)
		check(t, w.WriteHeader(&tar.Header{Name: name, Linkname: target, Typeflag: tar.TypeSymlink}))
		check(t, w.Close())
		return out.Bytes()
	}
	one := wrap.Stored(t, text)
	docx := wrap.Zip(t, wrap.File{Name: "[Content_Types].xml", Content: []byte("<x/>")}, wrap.File{Name: "word/document.xml", Content: []byte("<x/>")})
	renamed := bytes.Replace(one, []byte("a.txt"), []byte("b.txt"), 1)
	const inside = session.ReasonInside
	type reasons = []session.Reason
	for name, c := range map[string]struct {
		file    session.Private
		content []byte
		want    reasons
	}{
		"an empty archive":                  {"a.zip", wrap.Zip(t), nil},
		"a document in archives":            {"a.zip", nest(2, wrap.Zip(t, wrap.File{Name: "a.docx", Content: docx})), nil},
		"five archives in one another":      {"a.zip", nest(4, one), nil},
		"six archives in one another":       {"a.zip", nest(5, one), reasons{session.ReasonArchiveLimits, inside}},
		"a password":                        {"a.zip", wrap.Locked(t, "a.txt"), reasons{session.ReasonEncrypted}},
		"a password, and a program":         {"a.zip", wrap.Locked(t, "jeu.exe"), reasons{session.ReasonEncrypted, session.ReasonProgram, inside}},
		"a password inside":                 {"a.zip", nest(1, wrap.Locked(t, "a.txt")), reasons{session.ReasonEncrypted, inside}},
		"a password, 7z":                    {"a.7z", wrap.SevenZipOf(wrap.SevenAES, text.Content, text), reasons{session.ReasonEncrypted}},
		"a password over all, 7z":           {"a.7z", wrap.SevenZipPackedHeader(wrap.SevenCopy, nil, []byte("x"), []byte("x"), wrap.SevenAES), reasons{session.ReasonEncrypted}},
		"a password, RAR 4":                 {"a.rar", wrap.Rar4Locked(text), reasons{session.ReasonEncrypted}},
		"a password over all, RAR 5":        {"a.rar", wrap.Rar5Locked(), reasons{session.ReasonEncrypted}},
		"an unknown method":                 {"a.zip", method(t, 9, func(_ testing.TB, b []byte) []byte { return b }, text), reasons{session.ReasonNotOpened}},
		"an unknown method, 7z":             {"a.7z", wrap.SevenZipOf(wrap.Coder{ID: "\x03\x04\x01"}, text.Content, text), reasons{session.ReasonNotOpened}},
		"a program, packed in an odd way":   {"a.7z", wrap.SevenZipOf(wrap.Coder{ID: "\x03\x03\x01\x03"}, text.Content, wrap.File{Name: "jeu.exe", Content: text.Content}), reasons{session.ReasonNotOpened, session.ReasonProgram, inside}},
		"a dictionary too large, 7z":        {"a.7z", wrap.SevenZipOf(wrap.Coder{ID: "\x21", Properties: []byte{40}}, text.Content, text), reasons{session.ReasonArchiveLimits}},
		"a dictionary too large, LZMA 7z":   {"a.7z", wrap.SevenZipOf(wrap.Coder{ID: "\x03\x01\x01", Properties: []byte{0x5d, 0, 0, 0, 0xff}}, text.Content, text), reasons{session.ReasonArchiveLimits}},
		"a dictionary too large, LZMA":      {"a.lzma", append([]byte{0x5d, 0, 0, 0, 0xff}, bytes.Repeat([]byte{0xff}, 60)...), reasons{session.ReasonArchiveLimits}},
		"a cabinet":                         {"a.cab", []byte("MSCF\x00\x00\x00\x00"), reasons{session.ReasonNotOpened}},
		"a cabinet by its bytes":            {"a", []byte("MSCF\x00\x00\x00\x00"), reasons{session.ReasonNotOpened}},
		"ACE":                               {"a.ace", []byte("\x00\x00\x31\x00\x00\x00\x90**ACE**"), reasons{session.ReasonNotOpened}},
		"ARJ":                               {"a.arj", []byte("\x60\xea\x2b\x00"), reasons{session.ReasonNotOpened}},
		"LHA":                               {"a.lzh", []byte("\x21\x00-lh5-"), reasons{session.ReasonNotOpened}},
		"cpio":                              {"a.cpio", []byte("070701"), reasons{session.ReasonNotOpened}},
		"ar":                                {"a.a", []byte("!<arch>\n"), reasons{session.ReasonNotOpened}},
		"EGG":                               {"a.egg", []byte("EGGA"), reasons{session.ReasonNotOpened}},
		"StuffIt":                           {"a.sit", []byte("SIT!"), reasons{session.ReasonNotOpened}},
		"LZ4":                               {"a.lz4", []byte("\x04\x22\x4d\x18"), reasons{session.ReasonNotOpened}},
		"a part of an archive":              {"a.7z.001", wrap.SevenZip(text), reasons{session.ReasonNotOpened}},
		"another part":                      {"a.r00", []byte("\x01\x02\x03"), reasons{session.ReasonNotOpened}},
		"yet another part":                  {"a.z01", []byte("\x01\x02\x03"), reasons{session.ReasonNotOpened}},
		"no archive":                        {"a.zip", []byte("\x01\x02\x03\x04"), reasons{session.ReasonNotOpened}},
		"a name that leads out":             {"a.zip", wrap.Zip(t, wrap.File{Name: "../../a.txt"}), reasons{session.ReasonHiddenName, inside}},
		"a name that leads out on Windows":  {"a.zip", wrap.Zip(t, wrap.File{Name: `..\a.txt`}), reasons{session.ReasonHiddenName, inside}},
		"a name that leads to the root":     {"a.tar", wrap.Tar(t, wrap.File{Name: "/etc/passwd"}), reasons{session.ReasonHiddenName, inside}},
		"a drive":                           {"a.zip", wrap.Zip(t, wrap.File{Name: `C:\a.txt`}), reasons{session.ReasonHiddenName, inside}},
		"a name with folders on Windows":    {"a.zip", wrap.Zip(t, wrap.File{Name: `photos\été\a.txt`}), nil},
		"a name that turns back":            {"a.zip", wrap.Zip(t, wrap.File{Name: "a/../b.txt"}), nil},
		"a link that stays":                 {"a.tar", linked("a/b", "../c"), nil},
		"a link that leads out":             {"a.tar", linked("a/b", "../../c"), reasons{session.ReasonShortcut, inside}},
		"a link to the root":                {"a.tar", linked("a", "/etc"), reasons{session.ReasonShortcut, inside}},
		"two names":                         {"a.zip", renamed, reasons{session.ReasonDamaged}},
		"an entry that is not listed":       {"a.zip", unlisted(t), reasons{session.ReasonDamaged}},
		"two archives in one":               {"a.zip", twoEnds(t), reasons{session.ReasonPolyglot}},
		"another content than its sum":      {"a.zip", bytes.Replace(one, []byte("bonjour"), []byte("bonsoir"), 1), reasons{session.ReasonDamaged}},
		"another content than its sum, 7z":  {"a.7z", bytes.Replace(wrap.SevenZip(text), []byte("bonjour"), []byte("bonsoir"), 1), reasons{session.ReasonDamaged}},
		"another content than its sum, RAR": {"a.rar", bytes.Replace(wrap.Rar5(text), []byte("bonjour"), []byte("bonsoir"), 1), reasons{session.ReasonDamaged}},
		"a packed program":                  {"jeu.exe.gz", wrap.Gzip(t, []byte("x")), reasons{session.ReasonProgram, inside}},
		"a disk image inside":               {"a.zip", wrap.Zip(t, wrap.File{Name: "a.iso", Content: []byte("x")}), reasons{session.ReasonDiskImage, inside}},
		"an installer inside":               {"a.zip", wrap.Zip(t, wrap.File{Name: "a.msi", Content: []byte("x")}), reasons{session.ReasonInstaller, inside}},
		"what Mac adds":                     {"a.zip", wrap.Zip(t, wrap.File{Name: "__MACOSX/._a.jpg", Content: []byte("\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        \x00\x02\x00\x00")}, text), nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, lookAt(t, c.file, c.content)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// unlisted is an archive with an entry before its directory that the directory does not list: programs that read from
// the start see it.
func unlisted(t testing.TB) []byte {
	t.Helper()
	hidden := wrap.Stored(t, wrap.File{Name: "jeu.exe", Content: []byte("x")})
	hidden = hidden[:bytes.Index(hidden, []byte("PK\x01\x02"))]
	return append(bytes.Clone(hidden), wrap.Stored(t, wrap.File{Name: "a.txt", Content: []byte("bonjour")})...)
}

func twoEnds(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	check(t, w.SetComment(string(wrap.Zip(t, wrap.File{Name: "a.txt", Content: []byte("x")}))))
	check(t, w.Close())
	return out.Bytes()
}

func TestACancelledLookEndsAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, archive := range archivers(t) {
		content := archive(wrap.File{Name: "a.txt", Content: []byte("bonjour")})
		l := triage.Looker{Limits: triage.DefaultLimits()}
		got := l.Look(ctx, bytes.NewReader(content), int64(len(content)), name)
		if diff := cmp.Diff([]session.Reason{session.ReasonTooComplex}, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name.Reveal(), diff)
		}
	}
}
