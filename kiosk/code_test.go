package kiosk

import (
	"image"
	"image/color"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"estran/assets"
	"estran/session"
)

// modules are those of the code on the terminal, light ones true, as a camera sees them.
func (h *harness) modules() [][]bool {
	h.plain()
	var all [][]bool
	for _, row := range h.m.frame.sheet.rows {
		var top, below []bool
		for _, c := range row {
			if c.ink == inkCode {
				top = append(top, c.text == "█" || c.text == "▀")
				below = append(below, c.text == "█" || c.text == "▄")
			}
		}
		if top != nil {
			all = append(all, top, below)
		}
	}
	return all
}

// scan reads the code on the terminal as a phone does, "" when there is none. It sees nothing but the code: the margin
// must be the code's own.
func (h *harness) scan() string {
	h.t.Helper()
	modules := h.modules()
	if modules == nil {
		return ""
	}
	const size = 4 // pixels of a module
	picture := image.NewGray(image.Rect(0, 0, size*len(modules[0]), size*len(modules)))
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			if modules[y/size][x/size] {
				picture.SetGray(x, y, color.Gray{255})
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		h.t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		h.t.Fatalf("a phone cannot read the code: %v\n%s", err, h.plain())
	}
	return read.GetText()
}

// onPhone is « Sur mon téléphone », for a receipt with these limits.
func onPhone(t *testing.T, width, height int, lang string, limits []string) *harness {
	h := newHarness(t)
	h.size(width, height)
	h.station.receipt = session.Receipt{Steps: receipt().Steps, Limits: limits}
	h.status(wiped())
	h.m.lang = lang
	h.press("1")
	return h
}

// A phone reads the receipt itself: all of it where there is room, and never less than what matters.
func TestAPhoneReadsTheReceipt(t *testing.T) {
	limits := receipt().Limits
	fr, en := assets.ReceiptIn("fr", session.Steps(), limits), assets.ReceiptIn("en", session.Steps(), limits)
	for _, c := range []struct {
		width, height int
		lang, want    string
	}{
		{80, 24, "fr", fr.Short()},
		{80, 24, "en", en.Short()},
		{100, 30, "fr", fr.Short() + "\n" + en.Short()},
		{106, 30, "en", fr.Short() + "\n" + en.Short()}, // a display of 1280 by 720
		{160, 45, "fr", fr.Text()},                      // 1920 by 1080
		{160, 45, "en", en.Text()},
		{213, 60, "fr", fr.Text() + "\n\n" + en.Text()}, // 2560 by 1440
	} {
		h := onPhone(t, c.width, c.height, c.lang, limits)
		if got := h.scan(); got != c.want {
			t.Errorf("%dx%d %s: a phone reads %q, want %q", c.width, c.height, c.lang, got, c.want)
		}
	}
}

func TestTheOtherLanguageIsOneKeyAway(t *testing.T) {
	h := onPhone(t, 80, 24, "fr", receipt().Limits)
	h.sees("Carré en anglais")
	h.press("1")
	if want := assets.ReceiptIn("en", nil, receipt().Limits).Short(); h.scan() != want {
		t.Errorf("a phone reads %q, want %q", h.scan(), want)
	}
	h.sees("Carré en français")
	h.press("1")
	if want := assets.ReceiptIn("fr", nil, receipt().Limits).Short(); h.scan() != want {
		t.Errorf("a phone reads %q, want %q", h.scan(), want)
	}
}

// A phone reads black on white, whatever the visitor chose.
func TestTheCodeIsBlackAndWhiteInEveryLook(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
		for _, look := range []contrast{calm, high} {
			ink := newTheme(look, p).paints[inkCode]
			if got := wcagContrast(seen(p, ink.fg), seen(p, ink.bg)); got < 20.9 || ink.water || ink.flip {
				t.Errorf("%v contrast %d: %.1f to 1", p, look, got)
			}
		}
	}
}

// In every text size and language a phone can read the code.
func TestTheCodeIsReadAtEverySize(t *testing.T) {
	for _, size := range sizes {
		for _, lang := range assets.Languages() {
			for _, large := range []bool{false, true} {
				h := onPhone(t, size.w, size.h, lang, receipt().Limits)
				h.dress(lang, large, high)
				h.size(size.w, size.h)
				read := h.scan()
				if size.w >= 80 && size.h >= 24 && read == "" {
					t.Errorf("%dx%d %s: there is no code:\n%s", size.w, size.h, lang, h.plain())
				}
			}
		}
	}
}

// Whatever a station cannot wipe, an ordinary terminal has room to say it.
func TestThereIsRoomForTheLimits(t *testing.T) {
	for _, limits := range [][]string{
		{session.LimitNetwork},
		{session.LimitNetwork, session.LimitAccounts},
		{session.LimitNetwork, session.LimitAccounts, session.LimitPrinter},
		{session.LimitNetwork, session.LimitAccounts, session.LimitMemory, session.LimitSwap, session.LimitDesktop}, // a trial
	} {
		for _, lang := range assets.Languages() {
			h := onPhone(t, 80, 24, lang, limits)
			if want := assets.ReceiptIn(lang, nil, limits).Short(); h.scan() != want {
				t.Errorf("%v: a phone reads %q, want %q", limits, h.scan(), want)
			}
		}
	}
}

// The margin is light on all sides (ISO/IEC 18004, 6.3.8).
func TestTheCodeHasItsMargin(t *testing.T) {
	modules := onPhone(t, 100, 30, "fr", receipt().Limits).modules()
	side := len(modules[0])
	for y, row := range modules {
		for x, light := range row {
			if inside := min(x, y, side-1-x, side-1-y) >= quiet; !inside && !light {
				t.Fatalf("the module %d,%d of %d is dark", x, y, side)
			}
		}
	}
}

// Whoever is about to aim a phone has time for it, and each key gives more.
func TestAPhoneGetsTime(t *testing.T) {
	h := onPhone(t, 80, 24, "fr", receipt().Limits)
	h.called(callTouch, 1)
	h.sees("Cet écran part dans 30")
	h.advance(touchEvery)
	h.press("1")
	h.called(callTouch, 2)
	h.press("esc")
	h.titled("Tout est effacé")
	h.called(callDismiss, 0)
}

func TestASmallTerminalSaysThatItIsTooSmall(t *testing.T) {
	h := onPhone(t, 60, 20, "fr", receipt().Limits)
	if h.scan() != "" {
		t.Error("there is a code")
	}
	h.sees("plus grande")
	h.press("esc")
	h.titled("Tout est effacé")
}

func BenchmarkCode(b *testing.B) {
	s := &phoneScreen{receipt: receipt(), lang: "fr"}
	w := &world{width: 160, height: 45}
	for b.Loop() {
		s.code(w)
	}
}
