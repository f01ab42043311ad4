package scan_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/scan"
	"estran/session/triage/wrap"
)

// wrapping is a way in which one file comes in another.
type wrapping struct {
	name session.Private
	make func(t testing.TB, name string, content []byte) []byte
}

// What is wrong with some wrappings whatever is in them. Those of documents have rules of their own for what is put into
// them: here it only counts that these do not speak of a virus.
var (
	notClean = map[string][]session.Reason{
		"a disc":          {session.ReasonDiskImage},
		"a disc in a zip": {session.ReasonDiskImage, session.ReasonInside},
		"behind a photo":  {session.ReasonPolyglot},
	}
	documents = []string{"mail", "mail in zip", "PDF", "Word", "Word in zip in zip", "LibreOffice", "an OLE package", "a page"}
)

func one(name string, content []byte) wrap.File { return wrap.File{Name: name, Content: content} }

var wrappings = map[string]wrapping{
	"nothing":    {"a.txt", func(_ testing.TB, _ string, c []byte) []byte { return c }},
	"zip":        {"a.zip", func(t testing.TB, n string, c []byte) []byte { return wrap.Zip(t, one(n, c)) }},
	"stored zip": {"a.zip", func(t testing.TB, n string, c []byte) []byte { return wrap.Stored(t, one(n, c)) }},
	"zip, five deep": {"a.zip", func(t testing.TB, n string, c []byte) []byte {
		for range 5 {
			c = wrap.Zip(t, one(n, c))
			n = "a.zip"
		}
		return c
	}},
	"tar":     {"a.tar", func(t testing.TB, n string, c []byte) []byte { return wrap.Tar(t, one(n, c)) }},
	"tar.gz":  {"a.tar.gz", func(t testing.TB, n string, c []byte) []byte { return wrap.Gzip(t, wrap.Tar(t, one(n, c))) }},
	"tar.bz2": {"a.tar.bz2", func(t testing.TB, n string, c []byte) []byte { return wrap.Bzip2(t, wrap.Tar(t, one(n, c))) }},
	"tar.xz":  {"a.tar.xz", func(t testing.TB, n string, c []byte) []byte { return wrap.Xz(t, wrap.Tar(t, one(n, c))) }},
	"tar.zst": {"a.tar.zst", func(t testing.TB, n string, c []byte) []byte { return wrap.Zstd(t, wrap.Tar(t, one(n, c))) }},
	"gz":      {"a.txt.gz", func(t testing.TB, _ string, c []byte) []byte { return wrap.Gzip(t, c) }},
	"bz2":     {"a.txt.bz2", func(t testing.TB, _ string, c []byte) []byte { return wrap.Bzip2(t, c) }},
	"xz":      {"a.txt.xz", func(t testing.TB, _ string, c []byte) []byte { return wrap.Xz(t, c) }},
	"zst":     {"a.txt.zst", func(t testing.TB, _ string, c []byte) []byte { return wrap.Zstd(t, c) }},
	"lzma":    {"a.txt.lzma", func(t testing.TB, _ string, c []byte) []byte { return wrap.Lzma(t, c) }},
	"7z":      {"a.7z", func(_ testing.TB, n string, c []byte) []byte { return wrap.SevenZip(one(n, c)) }},
	"LZMA2 7z": {"a.7z", func(t testing.TB, n string, c []byte) []byte {
		return wrap.SevenZipOf(wrap.SevenLzma2, wrap.Lzma2(t, c), one(n, c))
	}},
	"RAR 4": {"a.rar", func(_ testing.TB, n string, c []byte) []byte { return wrap.Rar4(one(n, c)) }},
	"RAR 5": {"a.rar", func(_ testing.TB, n string, c []byte) []byte { return wrap.Rar5(one(n, c)) }},
	"zip in 7z in tar.gz": {"a.tgz", func(t testing.TB, n string, c []byte) []byte {
		return wrap.Gzip(t, wrap.Tar(t, one("a.7z", wrap.SevenZip(one("a.zip", wrap.Zip(t, one(n, c)))))))
	}},
	"mail":        {"a.eml", func(_ testing.TB, n string, c []byte) []byte { return wrap.Mail(n, c) }},
	"mail in zip": {"a.zip", func(t testing.TB, n string, c []byte) []byte { return wrap.Zip(t, one("a.eml", wrap.Mail(n, c))) }},
	"PDF":         {"a.pdf", func(_ testing.TB, n string, c []byte) []byte { return wrap.PDF(n, c) }},
	"Word":        {"a.docx", func(t testing.TB, n string, c []byte) []byte { return wrap.Docx(t, n, c) }},
	"Word in zip in zip": {"a.zip", func(t testing.TB, n string, c []byte) []byte {
		return wrap.Zip(t, one("b.zip", wrap.Zip(t, one("a.docx", wrap.Docx(t, n, c)))))
	}},
	"LibreOffice":     {"a.odt", func(t testing.TB, _ string, c []byte) []byte { return wrap.Odt(t, c) }},
	"an OLE package":  {"a.doc", func(_ testing.TB, n string, c []byte) []byte { return wrap.Package(n, c) }},
	"a disc":          {"a.iso", func(_ testing.TB, n string, c []byte) []byte { return wrap.ISO(n, c) }},
	"a disc in a zip": {"a.zip", func(t testing.TB, n string, c []byte) []byte { return wrap.Zip(t, one("a.iso", wrap.ISO(n, c))) }},
	"a page":          {"a.html", func(_ testing.TB, n string, c []byte) []byte { return wrap.Page(n, c) }},
	"behind a photo": {"a.jpg", func(t testing.TB, n string, c []byte) []byte {
		return append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"), wrap.Zip(t, one(n, c))...)
	}},
	"a zip after anything": {"a.bin", func(t testing.TB, n string, c []byte) []byte {
		return append([]byte("\x01\x02\x03\x04\x05\x06\x07"), wrap.Zip(t, one(n, c))...)
	}},
}

func TestTheTestVirusInEveryWrapping(t *testing.T) {
	s := scan.New(plain(t).socket, time.Minute)
	for name, w := range wrappings {
		t.Run(name, func(t *testing.T) {
			got := scanOf(t, s, w.name, w.make(t, "a.txt", eicar))
			if got.Verdict != session.Suspect || got.Reasons[0] != session.ReasonVirus {
				t.Errorf("the test virus is %v %v", got.Verdict, got.Reasons)
			}
		})
	}
}

func TestAHarmlessTextInEveryWrapping(t *testing.T) {
	s := scan.New(plain(t).socket, time.Minute)
	text := bytes.Repeat([]byte("bonjour "), 9)
	for name, w := range wrappings {
		t.Run(name, func(t *testing.T) {
			got := scanOf(t, s, w.name, w.make(t, "a.txt", text))
			if slices.Contains(documents, name) {
				if slices.Contains(got.Reasons, session.ReasonVirus) {
					t.Errorf("it is %v %v", got.Verdict, got.Reasons)
				}
				return
			}
			want := clean()
			if reasons, ok := notClean[name]; ok {
				want = suspect(reasons...)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Whatever a hostile archive holds, each of its files is given to clamd, and clamd finds what is in one of them.
func TestTheTestVirusAmongManyFiles(t *testing.T) {
	var files []wrap.File
	for i := range 300 {
		files = append(files, one(fmt.Sprint(i, ".txt"), fmt.Appendf(nil, "fichier %d", i)))
	}
	files[200].Content = eicar
	s := scan.New(narrow(t).socket, time.Minute)
	for name, content := range map[session.Private][]byte{
		"a.zip": wrap.Zip(t, files...), "a.7z": wrap.SevenZip(files...), "a.rar": wrap.Rar5(files...), "a.tar": wrap.Tar(t, files...),
	} {
		if diff := cmp.Diff(suspect(session.ReasonVirus, session.ReasonInside), scanOf(t, s, name, content)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name.Reveal(), diff)
		}
	}
}
