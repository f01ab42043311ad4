package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"estran/assets"
	"estran/session/assist/mandate"
)

// printMandate writes a mandate to look at, of people who do not exist, or one to fill in by hand. Anybody may.
func printMandate(_ context.Context, args []string, _ streams) error {
	var sample, blank, plain, courtesy, force bool
	var out string
	lang := assets.French
	err := parse("mandate", args, func(f *flag.FlagSet) {
		f.BoolVar(&sample, "sample", false, "")
		f.BoolVar(&blank, "blank", false, "")
		f.BoolVar(&plain, "plain", false, "")
		f.BoolVar(&courtesy, "courtesy", false, "")
		f.BoolVar(&force, "force", false, "")
		f.StringVar(&lang, "lang", lang, "")
		f.StringVar(&out, "out", "", "")
	})
	switch {
	case err != nil:
		return err
	case sample == blank:
		return fmt.Errorf("%w : choisissez --sample ou --blank", errUsage)
	case plain && courtesy:
		return fmt.Errorf("%w : choisissez --plain ou --courtesy", errUsage)
	case out == "":
		return fmt.Errorf("%w : --out prend le nom du fichier à écrire", errUsage)
	case !slices.Contains(assets.Languages(), lang):
		return fmt.Errorf("%w : --lang prend fr ou en", errUsage)
	}
	version := mandate.Full
	switch {
	case plain:
		version = mandate.Plain
	case courtesy:
		version = mandate.Courtesy
	}
	return fileMandate(out, force, func(w io.Writer) error {
		if blank {
			return mandate.PrintBlank(w, version, lang)
		}
		return mandate.Print(w, version, mandate.Sample(time.Now()), lang)
	})
}

// fileMandate writes a sheet whole, and only over another file when it is told to.
func fileMandate(path string, force bool, print func(w io.Writer) error) error {
	var sheet bytes.Buffer
	if err := print(&sheet); err != nil {
		return fmt.Errorf("la feuille ne peut pas être faite : %w", err)
	}
	how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(path, how, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s existe déjà ; --force l'écrase", shown(path))
	}
	if err != nil {
		return fmt.Errorf("%s ne peut pas être écrit : %w", shown(path), err)
	}
	_, err = f.Write(sheet.Bytes())
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("%s ne peut pas être écrit : %w", shown(path), err)
	}
	return nil
}
