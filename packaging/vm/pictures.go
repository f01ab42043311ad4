//go:build vm

package vm

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
)

// picturesDir is where pictures are kept: packaging/vm/out, or $ESTRAN_VM_OUT.
func picturesDir() string {
	if dir := os.Getenv("ESTRAN_VM_OUT"); dir != "" {
		return dir
	}
	return "out"
}

// Picture keeps the screen as TEST/NAME.png among the pictures and says where.
func (m *Machine) Picture(name string) {
	m.t.Helper()
	path, err := m.keepPicture(name)
	m.must(err, "keep a picture")
	m.t.Logf("picture: %s", path)
}

func (m *Machine) keepPicture(name string) (path string, err error) {
	picture, err := m.screen()
	if err != nil {
		return "", err
	}
	if path, err = m.place(name + ".png"); err != nil {
		return "", err
	}
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	if err := png.Encode(f, picture); err != nil {
		_ = f.Close()
		return "", err
	}
	return path, f.Close()
}

// place is where a file of this test is kept.
func (m *Machine) place(name string) (path string, err error) {
	path, err = filepath.Abs(filepath.Join(picturesDir(), strings.ReplaceAll(m.t.Name(), "/", "-"), name))
	if err != nil {
		return "", err
	}
	return path, os.MkdirAll(filepath.Dir(path), 0o755)
}
