package kiosk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// TestPictures writes each scene as a terminal would get it, for whoever wants to look at them:
//
//	ESTRAN_PICTURES=/tmp/p ESTRAN_SIZES=80x24,160x45 go test ./kiosk -run Pictures && cat /tmp/p/session-80x24.ans
func TestPictures(t *testing.T) {
	dir := os.Getenv("ESTRAN_PICTURES")
	if dir == "" {
		t.Skip("ESTRAN_PICTURES names no directory to write to")
	}
	only := os.Getenv("ESTRAN_SCENES")
	for _, size := range strings.Split(os.Getenv("ESTRAN_SIZES"), ",") {
		var w, ht int
		if _, err := fmt.Sscanf(size, "%dx%d", &w, &ht); err != nil {
			t.Fatal(err)
		}
		for _, s := range scenes() {
			if only != "" && !strings.Contains(","+only+",", ","+s.name+",") {
				continue
			}
			look := calm
			if os.Getenv("ESTRAN_CONTRAST") != "" {
				look = high
			}
			lang := "fr"
			if l := os.Getenv("ESTRAN_LANG"); l != "" {
				lang = l
			}
			h := inScene(t, s, w, ht, lang, os.Getenv("ESTRAN_LARGE") != "", look)
			switch os.Getenv("ESTRAN_PROFILE") {
			case "16":
				h.m.profile = colorprofile.ANSI
			case "0":
				h.m.profile = colorprofile.ASCII
			case "256":
				h.m.profile = colorprofile.ANSI256
			}
			h.dress(lang, os.Getenv("ESTRAN_LARGE") != "", look)
			picture := strings.ReplaceAll(h.m.View().Content, "\n", "\r\n")
			if err := os.WriteFile(filepath.Join(dir, s.name+"-"+size+".ans"), []byte(picture), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
