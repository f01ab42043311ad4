package media

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// The name of the marker says the one thing that matters before the file is opened, in letters that every system shows.
const (
	markerName      = markerStem + markerExtension
	markerStem      = "COPIE EN COURS - fichiers incomplets"
	markerExtension = ".txt"
)

// markerText ends its lines as Windows does, whose oldest editor shows one long line otherwise. A key is swept by what it says:
// when it changes, what older stations wrote must still be known.
var markerText = strings.ReplaceAll(`La copie vers cette clé a été coupée.

La clé a été retirée avant la fin, ou l'ordinateur s'est éteint.
Certains fichiers ne sont peut-être pas sur la clé.
Les fichiers dont le nom finit par ".part" sont incomplets.

Vos autres fichiers sont là. Rien n'a été effacé.

Que faire ?
Branchez de nouveau la clé sur l'ordinateur où vous avez fait la copie.
Les fichiers incomplets et ce message seront enlevés.
Puis copiez de nouveau vos documents.

(Estran)
`, "\n", "\r\n")

// mark puts the marker in the top folder of a part, and has it on the device before anything else is.
func (m *Medium) mark(ctx context.Context, part *part) (name string, err error) {
	p := &parcel{m: m, root: part.root, src: strings.NewReader(markerText), size: int64(len(markerText))}
	if err := p.run(ctx, markerName); err != nil {
		return "", err
	}
	return p.name, m.flush(part)
}

// unmark removes the marker of a delivery.
func unmark(root int, name string) error {
	if !isMarker(root, name) {
		return nil // it is not ours any more, or gone
	}
	if err := unix.Unlinkat(root, name, 0); err != nil {
		return err
	}
	if err := unix.Fsync(root); err != nil && !errors.Is(err, unix.EINVAL) {
		return err
	}
	return nil
}

// isMarkerName knows the name of a marker, or one like it.
func isMarkerName(name string) bool {
	return strings.HasPrefix(name, markerStem) && strings.HasSuffix(name, markerExtension)
}

// isMarker knows a marker by its name and by all that it says: what a visitor wrote is theirs, whatever they call it.
func isMarker(root int, name string) bool {
	if !isMarkerName(name) {
		return false
	}
	fd, err := beneath(root, name, unix.O_RDONLY, 0)
	if err != nil {
		return false
	}
	f := os.NewFile(uintptr(fd), "")
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(markerText)) {
		return false
	}
	text := make([]byte, len(markerText))
	_, err = io.ReadFull(f, text)
	return err == nil && string(text) == markerText
}
