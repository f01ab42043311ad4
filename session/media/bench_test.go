package media_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/md5"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"estran/session"
	"estran/session/media"
	"estran/session/scan"
	"estran/session/sessiontest"
)

// BenchmarkCheck checks a key of 2,000 files and 1 GB, as the station does: each file is copied to memory and judged by
// the rules and by clamd. It is held against clamdscan on the same clamd, which looks at the files in place, in turns.
// The base has one signature, so that clamd's own share is small, and ours as large as can be.
func BenchmarkCheck(b *testing.B) {
	need(b, "clamd", "clamdscan")
	dir := corpus(b)
	d := startClamd(b)
	scanner := scan.New(d.socket, time.Minute)
	var ours, theirs time.Duration
	var took int64
	for b.Loop() {
		more := sessiontest.MemoryFromNow(b)
		start := time.Now()
		m := open(b, dir)
		var clean int
		c := media.Checker{
			Medium: m, Staging: memory(b), Budget: 512 << 20, Scan: scanner.Scan,
			Report: func(_ session.FileID, r scan.Result, _ int64) {
				if r.Verdict == session.Clean {
					clean++
				}
			},
		}
		check(b, c.Check(b.Context(), list(b, m)))
		check(b, m.Close())
		ours, took = ours+time.Since(start), max(took, more())
		if clean != benchFiles {
			b.Fatalf("of %d files %d are clean", benchFiles, clean)
		}
		theirs += d.clamdscan(b, dir)
	}
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/key")
	b.ReportMetric(theirs.Seconds()/float64(b.N), "s/clamdscan")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio")
	b.ReportMetric(float64(took)/(1<<20), "MiB")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkScan is BenchmarkCheck without the copies: the rules and clamd alone, on the files in place.
func BenchmarkScan(b *testing.B) {
	need(b, "clamd", "clamdscan")
	dir := corpus(b)
	d := startClamd(b)
	scanner := scan.New(d.socket, time.Minute)
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	check(b, err)
	var ours, theirs time.Duration
	for b.Loop() {
		start := time.Now()
		work := make(chan string)
		done := make(chan int)
		for range runtime.NumCPU() {
			go func() {
				clean := 0
				for path := range work {
					f, err := os.Open(path)
					if err != nil {
						continue
					}
					info, _ := f.Stat()
					if scanner.Scan(context.Background(), f, session.Private(path), info.Size()).Verdict == session.Clean {
						clean++
					}
					f.Close()
				}
				done <- clean
			}()
		}
		for _, f := range files {
			work <- f
		}
		close(work)
		clean := 0
		for range runtime.NumCPU() {
			clean += <-done
		}
		ours += time.Since(start)
		if clean != benchFiles {
			b.Fatalf("of %d files %d are clean", benchFiles, clean)
		}
		theirs += d.clamdscan(b, dir)
	}
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/key")
	b.ReportMetric(theirs.Seconds()/float64(b.N), "s/clamdscan")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkFirstDocument plugs in a key of 10,000 files, most of them pictures, and tells after how long the first document is
// clean, and after how long everything is: "share" is the one of the other. "MiB" is how much memory the process took more
// meanwhile, besides the copies, which the Budget bounds.
func BenchmarkFirstDocument(b *testing.B) {
	need(b, "clamd")
	dir := album(b)
	d := startClamd(b)
	scanner := scan.New(d.socket, time.Minute)
	var first, whole time.Duration
	var took int64
	for b.Loop() {
		more := sessiontest.MemoryFromNow(b)
		start, found := time.Now(), time.Duration(0)
		m := open(b, dir)
		files := list(b, m)
		isDocument := map[session.FileID]bool{}
		for _, f := range files {
			isDocument[f.ID] = filepath.Ext(f.Name.Reveal()) == ".docx"
		}
		c := media.Checker{
			Medium: m, Staging: memory(b), Budget: 512 << 20, Scan: scanner.Scan,
			Report: func(id session.FileID, r scan.Result, _ int64) {
				if found == 0 && isDocument[id] && r.Verdict == session.Clean {
					found = time.Since(start)
				}
			},
		}
		check(b, c.Check(b.Context(), files))
		check(b, m.Close())
		first, whole, took = first+found, whole+time.Since(start), max(took, more())
		if found == 0 {
			b.Fatal("no document is clean")
		}
	}
	b.ReportMetric(first.Seconds()*1000/float64(b.N), "ms/first")
	b.ReportMetric(whole.Seconds()/float64(b.N), "s/key")
	b.ReportMetric(first.Seconds()/whole.Seconds(), "share")
	b.ReportMetric(float64(took)/(1<<20), "MiB")
	b.ReportMetric(0, "ns/op")
}

// album is a key of 10,000 files and 300 MB: 9,900 pictures in 100 folders, and 100 documents in the last one.
func album(b *testing.B) string {
	b.Helper()
	dir := memory(b)
	random := rand.NewChaCha8([32]byte{3})
	for i := range 10_000 {
		content := make([]byte, 30<<10)
		_, _ = random.Read(content)
		name := fmt.Sprintf("%02d/%d.jpg", i/100, i)
		if i < 9900 {
			copy(content, "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01")
		} else {
			name = fmt.Sprintf("99/%d.docx", i)
			content = docx(b, content)
		}
		write(b, filepath.Join(dir, name), content)
	}
	return dir
}

// BenchmarkList lists 20,000 files in 200 folders.
func BenchmarkList(b *testing.B) {
	dir := memory(b)
	for i := range 20_000 {
		write(b, filepath.Join(dir, fmt.Sprint(i%200), fmt.Sprint(i)), nil)
	}
	m := open(b, dir)
	for b.Loop() {
		n := 0
		check(b, m.List(b.Context(), 20_000, func(media.File) { n++ }))
		if n != 20_000 {
			b.Fatalf("%d files", n)
		}
	}
}

// memory is a directory that is on no disk, where there is one.
func memory(b testing.TB) string {
	b.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "media")
	if err != nil {
		return b.TempDir()
	}
	b.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

const (
	benchFiles = 2000
	benchBytes = 1 << 30
)

// corpus is a key as people have: many pictures and documents, a few films.
func corpus(b *testing.B) string {
	b.Helper()
	dir := memory(b)
	random := rand.NewChaCha8([32]byte{2})
	const small, big = 1900, 100
	for i := range benchFiles {
		n := benchBytes / 2 / small
		if i < big {
			n = benchBytes / 2 / big
		}
		content := make([]byte, n)
		_, _ = random.Read(content)
		name := fmt.Sprintf("%d/%d.mp4", i%20, i)
		switch {
		case i < big:
			copy(content, "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41\x00\x00\x00\x08free")
		case i%4 == 0:
			name = fmt.Sprintf("%d/%d.docx", i%20, i)
			content = docx(b, content)
		case i%4 == 1:
			name = fmt.Sprintf("%d/%d.pdf", i%20, i)
			copy(content, fmt.Sprintf("%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj<</Length %d>>stream\n", n-200))
			copy(content[n-60:], "\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
		default:
			name = fmt.Sprintf("%d/%d.jpg", i%20, i)
			copy(content, "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01")
		}
		write(b, filepath.Join(dir, name), content)
	}
	return dir
}

func docx(b testing.TB, picture []byte) []byte {
	b.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/media/image1.bin"} {
		e, err := w.Create(name)
		check(b, err)
		if name == "word/media/image1.bin" {
			_, err = e.Write(picture)
		} else {
			_, err = e.Write([]byte("<?xml version='1.0'?><a/>"))
		}
		check(b, err)
	}
	check(b, w.Close())
	return out.Bytes()
}

type daemon struct{ socket, conf string }

// startClamd starts a clamd that remembers nothing between two scans of one file.
func startClamd(b *testing.B) daemon {
	b.Helper()
	dir := b.TempDir()
	d := daemon{socket: filepath.Join(dir, "clamd"), conf: filepath.Join(dir, "clamd.conf")}
	known := []byte(`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + "EICAR-STANDARD" + `-ANTIVIRUS-TEST-FILE!$H+H*`)
	base, err := sessiontest.Signatures(time.Now(), fmt.Sprintf("%x:%d:Test.Eicar\n", md5.Sum(known), len(known)))
	check(b, err)
	write(b, filepath.Join(dir, "base", sessiontest.SignaturesName), base)
	conf := fmt.Sprintf("LocalSocket %s\nDatabaseDirectory %s\nTemporaryDirectory %s\nForeground yes\nDisableCache yes\n",
		d.socket, filepath.Join(dir, "base"), memory(b))
	if os.Getuid() == 0 {
		conf += "User root\n"
	}
	write(b, d.conf, []byte(conf))
	cmd := exec.Command("clamd", "--config-file="+d.conf)
	check(b, cmd.Start())
	b.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	eventually(b, "clamd answers", func() bool {
		conn, err := net.Dial("unix", d.socket)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return d
}

func (d daemon) clamdscan(b *testing.B, dir string) time.Duration {
	b.Helper()
	start := time.Now()
	out, err := exec.Command("clamdscan", "--config-file="+d.conf, "--fdpass", "--multiscan", "--quiet", dir).CombinedOutput()
	if err != nil {
		b.Fatalf("clamdscan: %v\n%s", err, out)
	}
	return time.Since(start)
}
