package media

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Where no driver is at hand, at least the first blocks are told apart.
func TestRecognize(t *testing.T) {
	type marks map[int]string
	device := func(marks marks) []byte {
		b := make([]byte, 160<<10)
		for at, mark := range marks {
			copy(b[at:], mark)
		}
		return b
	}
	fat32 := "\xeb\x58\x90mkfs.fat\x00\x02\x08\x20\x00\x02"
	table := "\x00\x02\x03\x00\x0c\x10\x20\x30\x00\x08\x00\x00\x00\x80\x1e\x00"
	gpt := marks{
		446: "\x00\x00\x02\x00\xee\xff\xff\xff\x01\x00\x00\x00\xff\xff\xff\x00", 510: "\x55\xaa", 512: "EFI PART",
		584: "\x02\x00\x00\x00\x00\x00\x00\x00\x80\x00\x00\x00\x80\x00\x00\x00",
	}
	gptOfOne, gptOfMany := marks{1024: "\xa2\xa0\xd0\xeb"}, marks{592: "\xff\xff\xff\x7f"}
	for at, text := range gpt {
		gptOfOne[at], gptOfMany[at] = text, text
	}
	delete(gptOfMany, 584)
	cases := map[string]struct {
		device []byte
		want   string
		err    error
	}{
		"ext":                             {device(marks{1080: "\x53\xef"}), "ext4", nil},
		"FAT32":                           {device(marks{0: fat32, 21: "\xf8", 510: "\x55\xaa"}), "vfat", nil},
		"FAT16":                           {device(marks{0: "\xeb\x3c\x90MSDOS5.0\x00\x02\x04\x01\x00\x02", 21: "\xf8", 510: "\x55\xaa"}), "vfat", nil},
		"a floppy's FAT12":                {device(marks{0: "\xeb\x3c\x90MSDOS5.0\x00\x02\x01\x01\x00\x02", 21: "\xf0", 510: "\x55\xaa"}), "vfat", nil},
		"exFAT":                           {device(marks{3: "EXFAT   ", 510: "\x55\xaa"}), "exfat", nil},
		"NTFS":                            {device(marks{3: "NTFS    ", 510: "\x55\xaa"}), "ntfs3", nil},
		"ISO 9660":                        {device(marks{32769: "CD001"}), "iso9660", nil},
		"ISO 9660 that starts a computer": {device(marks{0: "\x45\x52\x08\x00", 446: table, 510: "\x55\xaa", 32769: "CD001"}), "iso9660", nil},

		"BitLocker To Go": {device(marks{
			0: "\xeb\x58\x90MSWIN4.1\x00\x02\x08\x20\x00\x02", 21: "\xf8", 82: "FAT32   ", 510: "\x55\xaa",
			424: "\x3b\xd6\x67\x49\x29\x2e\xd8\x4a\x83\x99\xf6\xa3\x39\xe3\xd0\x01",
		}), "", ErrEncrypted},
		"BitLocker":                   {device(marks{0: "\xeb\x58\x90-FVE-FS-", 510: "\x55\xaa"}), "", ErrEncrypted},
		"LUKS 1":                      {device(marks{0: "LUKS\xba\xbe\x00\x01"}), "", ErrEncrypted},
		"LUKS 2 over an ext that was": {device(marks{0: "LUKS\xba\xbe\x00\x02", 1080: "\x53\xef"}), "", ErrEncrypted},

		"HFS+":     {device(marks{1024: "H+\x00\x04"}), "", ErrForeign},
		"APFS":     {device(marks{32: "NXSB"}), "", ErrForeign},
		"btrfs":    {device(marks{65600: "_BHRfS_M"}), "", ErrForeign},
		"xfs":      {device(marks{0: "XFSB"}), "", ErrForeign},
		"ReFS":     {device(marks{3: "ReFS\x00\x00\x00\x00"}), "", ErrForeign},
		"squashfs": {device(marks{0: "hsqs"}), "", ErrForeign},
		"UDF":      {device(marks{32769: "BEA01"}), "", ErrForeign},
		"LVM":      {device(marks{512: "LABELONE"}), "", ErrForeign},
		"RAID":     {device(marks{4096: "\xfc\x4e\x2b\xa9"}), "", ErrForeign},
		"swap":     {device(marks{4086: "SWAPSPACE2"}), "", ErrForeign},

		"zeros":                      {device(nil), "", ErrEmpty},
		"erased memory":              {bytes.Repeat([]byte{0xff}, 160<<10), "", ErrEmpty},
		"a table without partitions": {device(marks{440: "\x12\x34\x56\x78", 510: "\x55\xaa"}), "", ErrEmpty},
		"a table of the new style without partitions": {device(gpt), "", ErrEmpty},

		"a FAT32 whose first block is gone":  {device(marks{0: "xxxx", 3072: fat32, 3072 + 21: "\xf8", 3072 + 510: "\x55\xaa"}), "", ErrDamaged},
		"an exFAT whose first block is gone": {device(marks{12*512 + 3: "EXFAT   "}), "", ErrDamaged},

		"a table with a partition":                  {device(marks{446: table, 510: "\x55\xaa"}), "", ErrUnreadable},
		"a table of the new style with a partition": {device(gptOfOne), "", ErrUnreadable},
		"a table with too many partitions":          {device(gptOfMany), "", ErrUnreadable},
		"text":                                      {[]byte(strings.Repeat("rien ", 1000)), "", ErrUnreadable},
		"nothing":                                   {nil, "", ErrUnreadable},
		"a few bytes":                               {[]byte("EXFAT   "), "", ErrUnreadable},
	}
	kinds := []error{ErrEncrypted, ErrForeign, ErrEmpty, ErrDamaged, ErrUnreadable}
	for name, c := range cases {
		fs, err := recognize(bytes.NewReader(c.device))
		got := ""
		if err == nil {
			got = fs.types[0]
		}
		if got != c.want || kindOf(err, kinds) != c.err {
			t.Errorf("%s is taken for %q, %v, want %q, %v", name, got, err, c.want, c.err)
		}
	}
}

// kindOf is the first of some kinds that an error is.
func kindOf(err error, kinds []error) error {
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			return kind
		}
	}
	return err
}

// brokenDevice gives errors from a place on.
type brokenDevice struct {
	io.ReaderAt
	from int64
}

func (b brokenDevice) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > b.from {
		return 0, errors.New("input/output error")
	}
	return b.ReaderAt.ReadAt(p, at)
}

func TestRecognizeWhatGivesErrors(t *testing.T) {
	for _, from := range []int64{0, 512, 32 << 10} {
		_, err := recognize(brokenDevice{bytes.NewReader(make([]byte, 160<<10)), from})
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("errors from %d on: %v", from, err)
		}
	}
}

// What other systems' own programs make is told too, where they are installed.
func TestRecognizeWhatOthersMake(t *testing.T) {
	for name, c := range map[string]struct {
		size int64
		cmd  []string
		want error
	}{
		"swap":     {8, []string{"mkswap", "-q"}, ErrForeign},
		"btrfs":    {200, []string{"mkfs.btrfs", "-q"}, ErrForeign},
		"xfs":      {400, []string{"mkfs.xfs", "-q"}, ErrForeign},
		"LUKS 1":   {8, []string{"cryptsetup", "luksFormat", "-q", "--type=luks1", "--pbkdf-force-iterations=1000", "--key-file=/proc/version"}, ErrEncrypted},
		"LUKS 2":   {32, []string{"cryptsetup", "luksFormat", "-q", "--type=luks2", "--pbkdf=pbkdf2", "--pbkdf-force-iterations=1000", "--key-file=/proc/version"}, ErrEncrypted},
		"dos":      {8, []string{"sh", "-c", `echo label: dos | sfdisk --quiet "$0"`}, ErrEmpty},
		"gpt":      {8, []string{"sh", "-c", `echo label: gpt | sfdisk --quiet "$0"`}, ErrEmpty},
		"dos of 1": {8, []string{"sh", "-c", `printf 'label: dos\n2048,\n' | sfdisk --quiet "$0"`}, ErrUnreadable},
		"gpt of 1": {8, []string{"sh", "-c", `printf 'label: gpt\n2048,\n' | sfdisk --quiet "$0"`}, ErrUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(c.cmd[0]); err != nil {
				if os.Getenv("CI") != "" {
					t.Fatal(err)
				}
				t.Skip(c.cmd[0] + " is missing")
			}
			img := filepath.Join(t.TempDir(), "img")
			f, err := os.Create(img)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := f.Truncate(c.size << 20); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(c.cmd[0], append(c.cmd[1:], img)...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			_, err = recognize(f)
			if got := kindOf(err, []error{ErrEncrypted, ErrForeign, ErrEmpty, ErrDamaged, ErrUnreadable}); got != c.want {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}
