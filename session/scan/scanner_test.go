package scan_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/scan"
)

func TestRealClamd(t *testing.T) {
	zeros := func(n int) []byte { return make([]byte, n) }
	cases := map[string]struct {
		clamd   func(testing.TB) *daemon
		name    session.Private
		content []byte
		want    scan.Result
	}{
		"a text is clean":                     {plain, "notes.txt", []byte("bonjour\n"), clean()},
		"an empty file is clean":              {plain, "vide.txt", nil, clean()},
		"the test virus is suspect":           {plain, "eicar.txt", eicar, suspect(session.ReasonVirus)},
		"a signature of ours is suspect":      {plain, "a.txt", ours, suspect(session.ReasonVirus)},
		"a virus in an archive is suspect":    {plain, "a.zip", zipped(t, "e.txt", eicar), suspect(session.ReasonVirus, session.ReasonInside)},
		"an infected program has two reasons": {plain, "a.com", eicar, suspect(session.ReasonVirus, session.ReasonProgram)},
		"a harmless program is suspect":       {plain, "a.bat", []byte("echo"), suspect(session.ReasonProgram)},
		"a small archive is clean":            {plain, "a.zip", zipped(t, "a.txt", []byte("bonjour")), clean()},
		"an archive in an archive is clean": {
			plain, "a.zip", zipped(t, "b.zip", zipped(t, "c.txt", []byte("x"))), clean(),
		},
		"an archive that opens to more than clamd looks at is clean, since each entry is looked at": {
			narrow, "a.zip", zipped(t, "a.txt", zeros(3<<20), zeros(3<<20), zeros(3<<20), zeros(3<<20)), clean(),
		},
		"the same, though a clamd that alerts says so": {
			strict, "a.zip", zipped(t, "a.txt", zeros(3<<20), zeros(3<<20), zeros(3<<20), zeros(3<<20)), clean(),
		},
		"an archive larger than clamd looks at is clean, since each entry is looked at": {
			narrow, "a.tar", tarred(t, zeros(3<<20), zeros(3<<20)), clean(),
		},
		"a virus beyond what clamd looks at in an archive is suspect": {
			narrow, "a.tar", tarred(t, zeros(3<<20), zeros(3<<20), eicar), suspect(session.ReasonVirus, session.ReasonInside),
		},
		"an entry larger than clamd looks at is unchecked": {
			narrow, "a.zip", zipped(t, "a.txt", zeros(5<<20)), unchecked(session.ReasonLimit, session.ReasonInside),
		},
		"an entry larger than clamd looks at is unchecked, though a clamd that alerts says OK": {
			strict, "a.zip", zipped(t, "a.txt", zeros(5<<20)), unchecked(session.ReasonLimit, session.ReasonInside),
		},
		"a packed file larger than clamd looks at is unchecked where clamd alerts": {
			strict, "a.gz", gzipped(t, zeros(5<<20)), unchecked(session.ReasonLimit, session.ReasonInside),
		},
		"an archive of a kind that is not opened is unchecked": {
			plain, "a.cab", []byte("MSCF\x00\x00\x00\x00\x00\x01"), unchecked(session.ReasonNotOpened),
		},
		"an encrypted archive is unchecked":             {plain, "a.zip", locked(t), unchecked(session.ReasonEncrypted)},
		"an encrypted archive is unchecked when strict": {strict, "a.zip", locked(t), unchecked(session.ReasonEncrypted)},
		"an archive that is cut short is unchecked": {
			plain, "a.tar.gz", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), unchecked(session.ReasonDamaged),
		},
		"a broken archive is unchecked": {plain, "a.zip", []byte("PK\x03\x04 and no more"), unchecked(session.ReasonDamaged)},
		"a virus whose name is hidden": {
			plain, "a\u202etxt.txt", eicar, suspect(session.ReasonVirus, session.ReasonHiddenName),
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := scan.New(c.clamd(t).socket, 30*time.Second)
			if diff := cmp.Diff(c.want, scanOf(t, s, c.name, c.content)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// clamd says OK to a file beyond its limit as to any other, so the limit must be known to the byte.
func TestOKBeyondTheLimitIsNotClean(t *testing.T) {
	for name, clamd := range map[string]func(testing.TB) *daemon{"silent": narrow, "alerting": strict} {
		s := scan.New(clamd(t).socket, 30*time.Second)
		for size, want := range map[int]scan.Result{
			4<<20 - 1: clean(), 4 << 20: clean(), 4<<20 + 1: unchecked(session.ReasonLimit), 40 << 20: unchecked(session.ReasonLimit),
		} {
			if diff := cmp.Diff(want, scanOf(t, s, "a.bin", make([]byte, size))); diff != "" {
				t.Errorf("%s clamd, %d bytes (-want +got)\n%s", name, size, diff)
			}
		}
	}
}

func TestHealth(t *testing.T) {
	t.Run("a clamd that knows the test virus is well", func(t *testing.T) {
		if got := scan.New(plain(t).socket, 30*time.Second).Health(t.Context()); got.Problem != session.ReasonNone {
			t.Errorf("it is %q", got.Problem)
		}
	})
	t.Run("no clamd", func(t *testing.T) {
		got := scan.New(t.TempDir()+"/none", time.Second).Health(t.Context())
		if got.Problem != session.ReasonNoAntivirus {
			t.Errorf("it is %q", got.Problem)
		}
	})
}

// A clamd whose base was replaced by one that knows nothing answers OK to all: nothing may be clean then.
func TestClamdThatLostItsBaseCallsNothingClean(t *testing.T) {
	d := startClamd(t, need(t, "clamd"), "")
	t.Cleanup(func() { d.stop(); _ = os.RemoveAll(d.dir) })
	s := scan.New(d.socket, 30*time.Second)
	if got := scanOf(t, s, "a.txt", []byte("bonjour")); got.Verdict != session.Clean {
		t.Fatalf("with its base, a text is %v %v", got.Verdict, got.Reasons)
	}
	d.signatures(t, time.Now(), strings.Repeat("0", 32)+":99:Test.Nothing\n")
	d.ask(t, "RELOAD")
	deadline := time.Now().Add(time.Minute)
	for scan.New(d.socket, 30*time.Second).Health(t.Context()).Problem != session.ReasonNoSignatures {
		if time.Now().After(deadline) {
			t.Fatal("a clamd that does not know the test virus is called well")
		}
		time.Sleep(200 * time.Millisecond)
	}
	got := scanOf(t, scan.New(d.socket, 30*time.Second), "a.txt", []byte("bonjour"))
	if diff := cmp.Diff(unchecked(session.ReasonNoSignatures), got); diff != "" {
		t.Errorf("without a base, a text is (-want +got)\n%s", diff)
	}
	got = scanOf(t, scan.New(d.socket, 30*time.Second), "a.exe", []byte("bonjour"))
	if diff := cmp.Diff(suspect(session.ReasonProgram, session.ReasonNoSignatures), got); diff != "" {
		t.Errorf("without a base, a program is (-want +got)\n%s", diff)
	}
}

func TestClamdThatIsKilledInMidScan(t *testing.T) {
	d := startClamd(t, need(t, "clamd"), "")
	t.Cleanup(func() { d.stop(); _ = os.RemoveAll(d.dir) })
	s := scan.New(d.socket, 30*time.Second)
	if got := s.Health(t.Context()).Problem; got != session.ReasonNone {
		t.Fatalf("before, clamd is %q", got)
	}
	f := file(t, nil)
	check(t, f.Truncate(90<<20))
	time.AfterFunc(100*time.Millisecond, func() { _ = d.cmd.Process.Kill() })
	for {
		got := s.Scan(t.Context(), f, "a.bin", 90<<20)
		if got.Verdict == session.Clean {
			continue // it was quicker than the kill
		}
		if got.Verdict != session.Unchecked || len(got.Reasons) != 1 || got.Reasons[0] == session.ReasonLimit {
			t.Errorf("it is %v %v", got.Verdict, got.Reasons)
		}
		break
	}
	for deadline := time.Now().Add(time.Minute); s.Health(t.Context()).Problem != session.ReasonNoAntivirus; {
		if time.Now().After(deadline) {
			t.Fatalf("afterwards clamd is %q", s.Health(t.Context()).Problem)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// A clamd that comes to a descriptor after its sender has left keeps it for good, and with it the session's memory.
func TestClamdKeepsNothingOfAScanThatWasGivenUp(t *testing.T) {
	d := startClamd(t, need(t, "clamd"), "")
	t.Cleanup(func() { d.stop(); _ = os.RemoveAll(d.dir) })
	s := scan.New(d.socket, time.Minute)
	f := file(t, make([]byte, 1<<20))
	if got := s.Scan(t.Context(), f, "a.bin", 1<<20); got.Verdict != session.Clean {
		t.Fatalf("before, the file is %v %v", got.Verdict, got.Reasons)
	}
	for range 5 {
		if got := s.Health(t.Context()).Problem; got != session.ReasonNone {
			t.Fatalf("clamd is %q", got)
		}
		check(t, d.cmd.Process.Signal(syscall.SIGSTOP))
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		got := s.Scan(ctx, f, "a.bin", 1<<20)
		cancel()
		check(t, d.cmd.Process.Signal(syscall.SIGCONT))
		if got.Verdict != session.Unchecked {
			t.Fatalf("a scan that was cut is %v", got.Verdict)
		}
	}
	d.ask(t, "PING") // by now it has come to all that was sent before
	for deadline := time.Now().Add(30 * time.Second); d.holds(f.Name()); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("clamd still has the file open")
		}
	}
}

// holds says that clamd has a file open.
func (d *daemon) holds(path string) bool {
	open, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", d.cmd.Process.Pid))
	return slices.ContainsFunc(open, func(fd string) bool {
		target, _ := os.Readlink(fd)
		return target == path
	})
}

func TestScanOfAFileThatGrewIsUnchecked(t *testing.T) {
	f := file(t, []byte("bonjour"))
	got := scan.New(plain(t).socket, 30*time.Second).Scan(t.Context(), f, "a.txt", 3)
	if diff := cmp.Diff(unchecked(session.ReasonChanged), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// clamd logs the path of an infected descriptor, so that a name must not be in it; the content must be nowhere.
func TestClamdsLogHoldsNoName(t *testing.T) {
	d := plain(t)
	const name = "attestation-de-madame-untel.txt"
	scanOf(t, scan.New(d.socket, 30*time.Second), name, eicar)
	log, err := os.ReadFile(d.dir + "/log")
	check(t, err)
	if !bytes.Contains(log, []byte("FOUND")) {
		t.Fatal("the log does not tell of the virus: this test looks at the wrong file")
	}
	if bytes.Contains(log, []byte("madame")) {
		t.Error("clamd's log holds the visitor's file name")
	}
}

func clean() scan.Result { return scan.Result{Verdict: session.Clean} }

func suspect(r ...session.Reason) scan.Result {
	return scan.Result{Verdict: session.Suspect, Reasons: r}
}

func unchecked(r ...session.Reason) scan.Result {
	return scan.Result{Verdict: session.Unchecked, Reasons: r}
}

// zipped is an archive whose entries have one name, numbered.
func zipped(t testing.TB, name string, contents ...[]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i, content := range contents {
		e, err := w.Create(strings.Repeat("n", i) + name)
		check(t, err)
		_, err = e.Write(content)
		check(t, err)
	}
	check(t, w.Close())
	return out.Bytes()
}

// tarred is an archive whose entries are numbered.
func tarred(t testing.TB, contents ...[]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for i, content := range contents {
		check(t, w.WriteHeader(&tar.Header{Name: fmt.Sprint(i, ".txt"), Mode: 0o644, Size: int64(len(content))}))
		_, err := w.Write(content)
		check(t, err)
	}
	check(t, w.Close())
	return out.Bytes()
}

// locked is an archive with one entry closed by a password.
func locked(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	e, err := w.CreateRaw(&zip.FileHeader{Name: "a.txt", Flags: 1, CRC32: 7, CompressedSize64: 40, UncompressedSize64: 28})
	check(t, err)
	_, err = e.Write(make([]byte, 40))
	check(t, err)
	check(t, w.Close())
	return out.Bytes()
}

func gzipped(t testing.TB, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(content)
	check(t, err)
	check(t, w.Close())
	return out.Bytes()
}
