package main

import (
	"bytes"
	"context"
	"crypto/pbkdf2"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// there swaps the computer for one under a directory of the test, for as long as the test runs.
func there(t *testing.T) string {
	t.Helper()
	dir, before := t.TempDir(), here
	t.Cleanup(func() { here = before })
	here = thereFrom(func(name string) string { return map[string]string{"WORK": dir}[name] })
	return dir
}

// terminal is a pseudo-terminal: what is typed at its one end, and all that it shows.
type terminal struct {
	screen, program *os.File
	shown           chan byte
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	screen, program, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close(); _ = screen.Close() })
	term := &terminal{screen, program, make(chan byte, 4096)}
	go func() {
		b := make([]byte, 1)
		for {
			if _, err := screen.Read(b); err != nil {
				close(term.shown)
				return
			}
			term.shown <- b[0]
		}
	}()
	return term
}

// until waits until the terminal shows a text, and gives all that it showed since the last time.
func (term *terminal) until(t *testing.T, text string) string {
	t.Helper()
	var seen bytes.Buffer
	late := time.After(time.Minute)
	for !strings.HasSuffix(seen.String(), text) {
		select {
		case b := <-term.shown:
			seen.WriteByte(b)
		case <-late:
			t.Fatalf("the terminal shows %q, not %q", seen.String(), text)
		}
	}
	return seen.String()
}

func (term *terminal) echoes(t *testing.T) bool {
	t.Helper()
	modes, err := unix.IoctlGetTermios(int(term.program.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return modes.Lflag&unix.ECHO != 0
}

func TestThePasswordIsNeverShown(t *testing.T) {
	there(t)
	term := newTerminal(t)
	ended := make(chan error, 1)
	go func() {
		ended <- maintenancePassword(t.Context(), nil, streams{in: term.program, out: term.program, err: term.program})
	}()
	const secret = "coucher-de-soleil"
	all := term.until(t, "Mot de passe : ")
	_, _ = term.screen.WriteString(secret + "\n")
	all += term.until(t, "Encore une fois : ")
	_, _ = term.screen.WriteString(secret + "\n")
	all += term.until(t, "nom : dsi.\r\n")
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if strings.Contains(all, "coucher") || !term.echoes(t) {
		t.Errorf("the terminal shows %q, and echoes: %t", all, term.echoes(t))
	}
}

// Ctrl+C leaves a terminal that shows what is typed, and the password as it was.
func TestAnInterruptedPasswordChangesNothing(t *testing.T) {
	there(t)
	term := newTerminal(t)
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- maintenancePassword(ctx, nil, streams{in: term.program, out: term.program, err: term.program})
	}()
	term.until(t, "Mot de passe : ")
	interrupt()
	if err := <-ended; !errors.Is(err, errAsk) {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(here.password); err == nil || !term.echoes(t) {
		t.Error("something changed")
	}
}

// What grub-mkpasswd-pbkdf2 of GRUB 2.06 made of « Soleil-2026-mer » is what we make of it with the same salt; ours has
// the same form, and another salt each time.
func TestTheHashIsThatOfGRUB(t *testing.T) {
	const theirs = "grub.pbkdf2.sha512.10000." +
		"C475C203C8D097FFBA259BDEE0AEC07ADE02D5A690AB07C3D45E67C2A5F14013EE11DB20E1C12FD53C476FE299E336825D3F" +
		"2D117AB1928799F99F0450CB86B3." +
		"B1F67D1C0CA808EC09056AAB2D9B55797FFD16771D08E532889DB7548295EB7C5F3373DC5E3D4D1A9AD1CABD13AC64AA5E97" +
		"5A72F74B4B1BACC3929636A311B8" +
		""
	if !holds(t, theirs, "Soleil-2026-mer") || holds(t, theirs, "Soleil-2026-mar") {
		t.Error("this is not how GRUB makes a hash")
	}
	first, err := grubHash("Soleil-2026-mer")
	if err != nil || !holds(t, first, "Soleil-2026-mer") || holds(t, first, "other") {
		t.Errorf("our hash is %s: %v", first, err)
	}
	if second, _ := grubHash("Soleil-2026-mer"); first == second || len(first) != len(theirs) {
		t.Errorf("two hashes are the same, or of another length than GRUB's")
	}
}

// holds says that a line is the hash of a password, as GRUB reads it.
func holds(t *testing.T, line, password string) bool {
	t.Helper()
	f := strings.Split(line, ".")
	if len(f) != 6 {
		t.Fatalf("%s has %d parts", line, len(f))
	}
	rounds, err1 := strconv.Atoi(f[3])
	salt, err2 := hex.DecodeString(f[4])
	want, err3 := hex.DecodeString(f[5])
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	got, err := pbkdf2.Key(sha512.New, password, salt, rounds, len(want))
	return err == nil && bytes.Equal(got, want) && strings.HasPrefix(line, "grub.pbkdf2.sha512.")
}
