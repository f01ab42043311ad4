package media

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// QuickFirst puts what people come for and what is quick first: documents, then pictures, then the rest, and what is big
// last; of each the newest before the old, since that is what most come for. Those without a time come after.
func QuickFirst(a, b File) int {
	return cmp.Or(cmp.Compare(rank(a), rank(b)), b.Modified.Compare(a.Modified), cmp.Compare(a.Size, b.Size), cmp.Compare(a.ID, b.ID))
}

var (
	documents = strings.Fields(".pdf .doc .docx .odt .rtf .txt .xls .xlsx .ods .csv .ppt .pptx .odp .eml .vcf")
	pictures  = strings.Fields(".jpg .jpeg .png .heic .heif .gif .bmp .tif .tiff .webp")
)

// big is where a file stops to be quick.
const big = 32 << 20

func rank(f File) int {
	ext := strings.ToLower(path.Ext(f.Name.Reveal()))
	switch {
	case f.Size > big:
		return 3
	case slices.Contains(documents, ext):
		return 0
	case slices.Contains(pictures, ext):
		return 1
	default:
		return 2
	}
}
