package tour

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"estran/session/sessiontest"
	"estran/session/station"
)

// What is on the key. The virus has the name of a letter, so that only the antivirus can tell.
const (
	letterName = "lettre-caf.pdf"
	virusName  = "cadeau.txt"
	photoName  = "photo.jpg"
)

// usbKey is a key: an ext4 image that the station mounts, for root; a folder for others, who may not mount one.
type usbKey struct {
	path  string
	image bool
}

// makeKey makes the key under dir.
func makeKey(dir string, letter []byte) (*usbKey, error) {
	folder := filepath.Join(dir, "KEY")
	sky, err := photo()
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	for name, content := range map[string][]byte{letterName: letter, virusName: []byte(sessiontest.EICAR()), photoName: sky} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return nil, err
		}
	}
	if !station.RootOfComputer() {
		return &usbKey{path: folder}, nil
	}
	img := filepath.Join(dir, "key.img")
	if err := run("mke2fs", "-q", "-t", "ext4", "-m", "0", "-d", folder, img, "16M"); err != nil {
		return nil, err
	}
	return &usbKey{path: img, image: true}, os.RemoveAll(folder)
}

func (k *usbKey) kind() string {
	if k.image {
		return "an ext4 image, mounted by the station"
	}
	return "a folder (only root may mount an image)"
}

// read gives a file of the key without mounting it: the bytes that are on it, not those in some cache of a mount.
func (k *usbKey) read(name string) ([]byte, error) {
	if !k.image {
		return os.ReadFile(filepath.Join(k.path, name))
	}
	var out, problem bytes.Buffer
	cmd := exec.Command("debugfs", "-R", "cat /"+name, k.path)
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("cannot read the key: %w", err)
	}
	if bytes.Contains(problem.Bytes(), []byte("not found")) {
		return nil, errors.New("cannot read the key: no such file on it")
	}
	return out.Bytes(), nil
}

func run(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("cannot run %s: %w: %s", name, err, bytes.TrimSpace(out))
	}
	return nil
}
