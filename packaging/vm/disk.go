//go:build vm

package vm

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// layout is the disk, in MiB: the EFI partition, then the root, with room at both ends for the partition table.
var layout = struct{ disk, efiStart, efi, rootStart, root int }{4096, 1, 63, 64, 4031}

const mebibyte = 1 << 20

// makeDisk makes a disk that UEFI boots out of a root directory. No loop device, no mount: each tool writes into the
// file at the partition's place.
func makeDisk(ctx context.Context, work, root, disk string) error {
	if err := os.WriteFile(disk, nil, 0o600); err != nil {
		return err
	}
	if err := os.Truncate(disk, int64(layout.disk)*mebibyte); err != nil {
		return err
	}
	table := fmt.Sprintf("label: gpt\nstart=%dMiB, size=%dMiB, type=uefi, name=ESP\nstart=%dMiB, size=%dMiB, type=linux, name=racine\n",
		layout.efiStart, layout.efi, layout.rootStart, layout.root)
	script := filepath.Join(work, "table")
	if err := os.WriteFile(script, []byte(table), 0o600); err != nil {
		return err
	}
	if _, err := tool(ctx, "sh", "-c", `sfdisk --quiet "$1" <"$2"`, "sh", disk, script); err != nil {
		return err
	}
	if err := makeEFI(ctx, work, root, disk); err != nil {
		return err
	}
	_, err := tool(ctx, "mke2fs", "-q", "-F", "-t", "ext4", "-L", "racine", "-d", root,
		"-E", fmt.Sprintf("offset=%d,lazy_itable_init=0", layout.rootStart*mebibyte), disk, fmt.Sprintf("%dM", layout.root))
	return err
}

// makeEFI fills the EFI partition: Debian's GRUB where the firmware looks for it, and the few lines that it reads.
func makeEFI(ctx context.Context, work, root, disk string) error {
	offset := layout.efiStart * mebibyte
	_, err := tool(ctx, "mkfs.vfat", "-F", "16", "-n", "ESP", fmt.Sprintf("--offset=%d", offset/512), disk, fmt.Sprint(layout.efi*1024))
	if err != nil {
		return err
	}
	image := fmt.Sprintf("%s@@%d", disk, offset)
	if _, err := tool(ctx, "mmd", "-i", image, "::EFI", "::EFI/BOOT", "::EFI/debian"); err != nil {
		return err
	}
	// The one that Debian signs for Secure Boot, before it is signed: its folder is EFI/debian.
	grub := filepath.Join(root, "usr/lib/grub/x86_64-efi/monolithic/grubx64.efi")
	for _, c := range [][2]string{
		{grub, "::EFI/BOOT/BOOTX64.EFI"}, {filepath.Join(work, "recipe", "esp-grub.cfg"), "::EFI/debian/grub.cfg"},
	} {
		if _, err := tool(ctx, "mcopy", "-i", image, c[0], c[1]); err != nil {
			return err
		}
	}
	return nil
}
