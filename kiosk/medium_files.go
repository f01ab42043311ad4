package kiosk

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"estran/session"
)

// take takes the list of the station, in the order in which it is shown.
func (s *mediumScreen) take(files []session.MediumFile) {
	s.files = inOrder(files)
	s.place = make(map[session.FileID]int, len(files))
	for i, f := range s.files {
		s.place[f.ID] = i
	}
}

// inOrder puts documents first, then pictures, then the rest, each the newest first. Nothing that changes while files
// are being checked has a part in it, so that no row moves under a finger.
func inOrder(files []session.MediumFile) []session.MediumFile {
	type placed struct {
		file session.MediumFile
		kind int
	}
	all := make([]placed, len(files))
	for i, f := range files {
		all[i] = placed{f, kindOf(f.Name)}
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), b.file.Modified.Compare(a.file.Modified), cmp.Compare(a.file.ID, b.file.ID))
	})
	out := make([]session.MediumFile, len(all))
	for i, p := range all {
		out[i] = p.file
	}
	return out
}

// kindOf is 0 for a document, 1 for a picture and 2 for the rest, by the end of its name.
func kindOf(name session.Private) int {
	switch strings.ToLower(path.Ext(name.Reveal())) {
	case ".pdf", ".odt", ".ods", ".odp", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".rtf", ".txt", ".csv":
		return 0
	case ".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".gif", ".bmp", ".webp":
		return 1
	default:
		return 2
	}
}

// dateFrom is how wide a list must be for the day of each file.
const dateFrom = 90

// row says in words what is known of a file.
func (s *mediumScreen) row(w *world, f session.MediumFile) listRow {
	row := fileRow(w, f)
	row.tick = "☐"
	if s.ticked[f.ID] {
		row.tick = "☑"
	}
	if !s.canTake(w, f) {
		row.tick, row.off = " ", true
	}
	if !f.Checked && s.ticked[f.ID] {
		row.below = "… " + w.t("medium.looking_first")
	}
	return row
}

// fileRow is a file without its box.
func fileRow(w *world, f session.MediumFile) listRow {
	row := listRow{name: f.Name.Printable(), right: w.size(f.Size), tick: " "}
	if !f.Modified.IsZero() && min(w.width-4, columnMax) >= dateFrom {
		row.right = w.day(f.Modified) + strings.Repeat(" ", max(10-textWidth(row.right), 1)) + row.right
	}
	row.sign, row.below = verdictOf(w, f)
	for _, reason := range f.Reasons {
		if key := "reason." + string(reason); w.has(key) {
			row.below += " · " + w.t(key)
			break
		}
	}
	return row
}

// verdictOf is what is known of a file, with its sign.
func verdictOf(w *world, f session.MediumFile) (ink, string) {
	switch {
	case !f.Checked:
		return inkSoft, "… " + w.t("verdict.waiting")
	case f.Verdict == session.Clean:
		return inkGood, "✓ " + w.t("verdict.clean")
	case f.Verdict == session.Suspect:
		return inkDanger, "✗ " + w.t("verdict.suspect")
	default:
		return inkWarn, "! " + w.t("verdict.unchecked")
	}
}

// canTake says that a file may be chosen: it is not suspect, and where the structure refuses what could not be checked,
// it could be. One that waits may be chosen: it is looked at first, and again by the copy.
func (s *mediumScreen) canTake(w *world, f session.MediumFile) bool {
	switch {
	case !f.Checked || f.Verdict == session.Clean:
		return true
	case f.Verdict == session.Suspect:
		return false
	default:
		return w.options.Config.Media.Unchecked != "refuse"
	}
}

func (s *mediumScreen) chosen() int {
	n := 0
	for _, yes := range s.ticked {
		if yes {
			n++
		}
	}
	return n
}
