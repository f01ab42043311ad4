package main

import (
	"bufio"
	"context"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/sys/unix"

	"estran/session/daybook"
	"estran/session/ownfile"
)

// shortestPassword is the CNIL's length for one that is not limited otherwise (délibération 2022-100), and
// longestPassword the room that GRUB has for one (GRUB_AUTH_MAX_PASSLEN).
const (
	shortestPassword = 12
	longestPassword  = 128
)

// maintenancePassword sets the password of the boot menu.
func maintenancePassword(ctx context.Context, args []string, s streams) error {
	if err := parse("maintenance password", args, noFlags); err != nil {
		return err
	}
	if err := rootOnly("maintenance password"); err != nil {
		return err
	}
	password, err := askPassword(ctx, s)
	if err != nil {
		return err
	}
	line, err := grubHash(password)
	if err != nil {
		return fmt.Errorf("le mot de passe ne peut pas être chiffré : %w", err)
	}
	if err := ownfile.Replace(here.password, []byte(line+"\n")); err != nil {
		return fmt.Errorf("%s ne peut pas être écrit : %w", here.password, err)
	}
	if err := here.run(ctx, "update-grub"); err != nil {
		return fmt.Errorf("le mot de passe est noté, mais pas dans le menu de démarrage ; lancer update-grub : %w", err)
	}
	if err := note(daybook.PasswordSet, ""); err != nil {
		return err
	}
	say(s, "C'est fait. Au démarrage : Échap ou Maj, « Estran : maintenance », nom : dsi.")
	return nil
}

// secret is what somebody types without showing it.
type secret struct {
	name  string   // as in « Mot de passe »
	hints []string // told on a terminal first
	none  string   // the sentence when nothing was given
	check func(string) error
}

func askPassword(ctx context.Context, s streams) (string, error) {
	return secret{
		name: "Mot de passe", none: "aucun mot de passe n'a été donné", check: checkPassword,
		hints: []string{
			"GRUB lit le clavier comme un clavier américain (QWERTY), quel que soit le vôtre :",
			"sur un clavier français, préférez les lettres autres que a, q, z, w et m.",
		},
	}.ask(ctx, s)
}

// ask asks twice on a terminal, without showing it; elsewhere it reads one line, for Ansible.
func (w secret) ask(ctx context.Context, s streams) (string, error) {
	before, err := unix.IoctlGetTermios(int(s.in.Fd()), unix.TCGETS)
	if err != nil {
		line, err := w.readLine(ctx, s.in)
		if err != nil {
			return "", err
		}
		return line, w.check(line)
	}
	for _, hint := range w.hints {
		fmt.Fprintln(s.err, hint)
	}
	silent := *before
	silent.Lflag &^= unix.ECHO
	if err := unix.IoctlSetTermios(int(s.in.Fd()), unix.TCSETS, &silent); err != nil {
		return "", fmt.Errorf("%w de cacher ce qui est tapé : %w", errAsk, err)
	}
	defer func() { _ = unix.IoctlSetTermios(int(s.in.Fd()), unix.TCSETS, before) }()
	return w.askTwice(ctx, s)
}

func (w secret) askTwice(ctx context.Context, s streams) (string, error) {
	var typed [2]string
	for i, question := range []string{w.name + " : ", "Encore une fois : "} {
		fmt.Fprint(s.err, question)
		var err error
		typed[i], err = w.readLine(ctx, s.in)
		fmt.Fprintln(s.err)
		if err == nil && i == 0 {
			err = w.check(typed[0])
		}
		if err != nil {
			return "", err
		}
	}
	if typed[0] != typed[1] {
		return "", errors.New("les deux ne sont pas les mêmes : rien n'a changé")
	}
	return typed[0], nil
}

// readLine reads byte by byte, so that nothing of the next line is taken. Ctrl+C ends it.
func (w secret) readLine(ctx context.Context, r io.Reader) (string, error) {
	type answer struct {
		line string
		err  error
	}
	read := make(chan answer, 1)
	go func() {
		line, err := bufio.NewReaderSize(io.LimitReader(oneByOne{r}, 4*longestPassword), 16).ReadString('\n')
		read <- answer{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", fmt.Errorf("%w : interrompu, rien n'a changé", errAsk)
	case a := <-read:
		if a.err != nil && (!errors.Is(a.err, io.EOF) || a.line == "") {
			return "", errors.New(w.none)
		}
		return strings.TrimRight(a.line, "\r\n"), nil
	}
}

// oneByOne reads one byte at a time.
type oneByOne struct{ io.Reader }

func (o oneByOne) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	return o.Reader.Read(b[:1])
}

// checkPassword refuses what GRUB cannot be given: its keyboard has the signs of ASCII only.
func checkPassword(p string) error {
	notASCII := func(r rune) bool { return r < ' ' || r > '~' }
	switch {
	case len(p) < shortestPassword:
		return fmt.Errorf("il faut au moins %d signes", shortestPassword)
	case len(p) > longestPassword-1:
		return fmt.Errorf("il faut moins de %d signes", longestPassword)
	case strings.ContainsFunc(p, notASCII):
		return errors.New("GRUB ne connaît pas les accents : lettres, chiffres et signes simples seulement")
	}
	return nil
}

// grubHash is the line that grub-mkpasswd-pbkdf2(1) gives: PBKDF2 with SHA-512, with its rounds and lengths.
func grubHash(password string) (string, error) {
	const rounds, length = 10_000, 64
	salt := make([]byte, length)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	hash, err := pbkdf2.Key(sha512.New, password, salt, rounds, length)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("grub.pbkdf2.sha512.%d.%X.%X", rounds, salt, hash), nil
}
