package sealed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

const most = 1 << 10

var sheet = []byte("%PDF-1.7\nMandat de Marie Dupont\n%%EOF\n")

func TestASheetIsReadAsItWasMade(t *testing.T) {
	f, err := Make(sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for range 2 { // reading moves nothing
		r, err := Open(f, most)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, sheet) || r.Size() != int64(len(sheet)) {
			t.Errorf("got %q, %v", got, err)
		}
	}
}

func TestNobodyChangesASheet(t *testing.T) {
	f, err := Make(sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte("X"), 0); err == nil {
		t.Error("it was written over")
	}
	if err := f.Truncate(3); err == nil {
		t.Error("it was cut")
	}
	if err := f.Truncate(1 << 20); err == nil {
		t.Error("it was made longer")
	}
	if _, err := unix.Mmap(int(f.Fd()), 0, len(sheet), unix.PROT_WRITE, unix.MAP_SHARED); err == nil {
		t.Error("it was mapped to be written")
	}
	if links, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", f.Fd())); err != nil || links != "/memfd:sheet (deleted)" {
		t.Errorf("its only name is %q, %v", links, err)
	}
}

func TestWhatIsNoSheetIsRefused(t *testing.T) {
	dir := t.TempDir()
	onDisk := filepath.Join(dir, "sheet.pdf")
	if err := os.WriteFile(onDisk, sheet, 0o600); err != nil {
		t.Fatal(err)
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	for name, f := range map[string]*os.File{
		"a file of a disk":          open(t, onDisk),
		"a folder":                  open(t, dir),
		"a device":                  open(t, "/dev/zero"),
		"a pipe":                    reader,
		"a file of a tmpfs":         inShm(t),
		"memory without a seal":     memory(t, sheet, 0),
		"memory that can be cut":    memory(t, sheet, unix.F_SEAL_WRITE|unix.F_SEAL_GROW),
		"memory that can grow":      memory(t, sheet, unix.F_SEAL_WRITE|unix.F_SEAL_SHRINK),
		"memory that can change":    memory(t, sheet, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW),
		"memory of the future only": memory(t, sheet, unix.F_SEAL_FUTURE_WRITE|unix.F_SEAL_SHRINK|unix.F_SEAL_GROW),
		"no PDF":                    memory(t, []byte("#!/bin/sh\n"), seals),
		"a PDF later on":            memory(t, append([]byte("\n"), sheet...), seals),
		"nothing":                   memory(t, nil, seals),
		"half a beginning":          memory(t, []byte("%PD"), seals),
		"too much":                  memory(t, append(sheet[:len(sheet):len(sheet)], make([]byte, most)...), seals),
		"one byte too much":         memory(t, append(sheet[:len(sheet):len(sheet)], make([]byte, most+1-len(sheet))...), seals),
	} {
		if r, err := Open(f, most); !errors.Is(err, ErrForm) || r != nil {
			t.Errorf("%s: got %v, %v", name, r, err)
		}
		_ = f.Close()
	}
	just := memory(t, append(sheet[:len(sheet):len(sheet)], make([]byte, most-len(sheet))...), seals)
	defer just.Close()
	if _, err := Open(just, most); err != nil {
		t.Errorf("the largest sheet: %v", err)
	}
}

func open(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// inShm is a file with a name in memory.
func inShm(t *testing.T) *os.File {
	t.Helper()
	f, err := os.CreateTemp("/dev/shm", "sheet")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(f.Name()) })
	if _, err := f.Write(sheet); err != nil {
		t.Fatal(err)
	}
	return f
}

func memory(t *testing.T, content []byte, with int) *os.File {
	t.Helper()
	fd, err := unix.MemfdCreate("test", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		t.Fatal(err)
	}
	f := os.NewFile(uintptr(fd), "test")
	if _, err := f.Write(content); err != nil {
		t.Fatal(err)
	}
	if _, err := unix.FcntlInt(f.Fd(), unix.F_ADD_SEALS, with); err != nil {
		t.Fatal(err)
	}
	return f
}
