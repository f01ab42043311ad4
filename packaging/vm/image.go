//go:build vm

package vm

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

//go:embed recipe
var recipe embed.FS

// mirror is where Debian comes from.
const mirror = "http://deb.debian.org/debian"

// suite is the Debian of the machine: that of $ESTRAN_VM_DEBIAN, or 13.
func suite() string { return cmp.Or(os.Getenv("ESTRAN_VM_DEBIAN"), "trixie") }

// mirrors are those of the machine. An older Debian has its Firefox from where its security fixes are.
func mirrors() []string {
	if suite() == "trixie" {
		return []string{mirror}
	}
	return []string{mirror, "deb " + mirror + "-security " + suite() + "-security main"}
}

// What is installed in the image without its manuals: they are a third of the files, and nobody reads them there. The
// package itself is installed whole.
var leftOut = []string{"/usr/share/man/*", "/usr/share/doc/*", "/usr/share/locale/*", "/usr/share/help/*"}

// debian gives the disk of a fresh Debian, made when the recipe or the package's dependencies have changed. It lacks
// nothing that the package needs but the package.
func debian(ctx context.Context, log func(string, ...any)) (disk string, err error) {
	dir, err := cacheDir()
	if err != nil {
		return "", err
	}
	packages, err := packagesOfTheImage()
	if err != nil {
		return "", err
	}
	key, err := recipeKey(packages)
	if err != nil {
		return "", err
	}
	disk = filepath.Join(dir, "debian-"+key+".raw")
	if _, err := os.Stat(disk); err == nil {
		return disk, nil
	}
	if os.Getuid() != 0 {
		return "", fmt.Errorf("making the disk of the machine needs root: run this once as root")
	}
	work, err := os.MkdirTemp(dir, "making-")
	if err != nil {
		return "", err
	}
	defer func() { _ = removeTree(work) }()
	if err := os.CopyFS(work, recipe); err != nil {
		return "", fmt.Errorf("cannot unpack the recipe: %w", err)
	}

	done := stage(log, "mmdebstrap")
	root := filepath.Join(work, "root")
	if err := bootstrap(ctx, work, root, packages); err != nil {
		return "", err
	}
	done()
	defer stage(log, "disk")()
	if err := makeDisk(ctx, work, root, disk+".new"); err != nil {
		return "", err
	}
	if err := os.Rename(disk+".new", disk); err != nil {
		return "", err
	}
	forget("debian", disk, 0)
	return disk, nil
}

// bootstrap unpacks Debian into root.
func bootstrap(ctx context.Context, work, root string, packages []string) error {
	hook := func(name string) string {
		return "sh " + filepath.Join(work, "recipe", name) + ` "$1" ` + strings.Join(later, " ")
	}
	args := []string{
		"--quiet", "--mode=root", "--variant=minbase", "--architectures=amd64", "--components=main",
		"--include=" + strings.Join(packages, ","),
		`--aptopt=Apt::Install-Recommends "false"`, `--aptopt=Acquire::Languages "none"`, `--aptopt=Acquire::Retries "3"`,
		"--dpkgopt=force-unsafe-io",
		"--essential-hook=" + hook("prepare"), "--customize-hook=" + hook("customize"),
	}
	for _, pattern := range leftOut {
		args = append(args, "--dpkgopt=path-exclude="+pattern)
	}
	if _, err := tool(ctx, "mmdebstrap", slices.Concat(args, []string{suite(), root}, mirrors())...); err != nil {
		return err
	}
	// What mmdebstrap takes away at its end, and the installer of Debian leaves: a name for systemd's sake, and the note
	// that nothing is to be brought up to date at the first boot.
	_, err := tool(ctx, "chroot", root, "sh", "-ec", "systemd-machine-id-setup; touch /etc/.updated /var/.updated")
	return err
}

// recipeKey changes when the image would, and each week: the antivirus's base in it is of the day on which it was made, and
// no file is clean by one of last month.
func recipeKey(packages []string) (string, error) {
	year, week := time.Now().ISOWeek()
	parts := []string{fmt.Sprint(year, week), mirror, fmt.Sprint(packages), fmt.Sprint(later), fmt.Sprint(leftOut), fmt.Sprint(layout)}
	for _, name := range []string{"prepare", "customize", "esp-grub.cfg"} {
		text, err := recipe.ReadFile("recipe/" + name)
		if err != nil {
			return "", err
		}
		parts = append(parts, string(text))
	}
	return digest(parts...), nil
}
