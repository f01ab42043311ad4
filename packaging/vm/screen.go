//go:build vm

package vm

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"time"
)

// screen gives the picture that is on the screen now.
func (m *Machine) screen() (*image.RGBA, error) {
	path := filepath.Join(m.qemu.dir, "screen.ppm")
	if _, err := m.qmp.do("screendump", arguments{"filename": path}); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return readPPM(data)
}

// readPPM reads the one kind of portable pixmap that QEMU writes: binary, 255 levels (ppm(5)).
func readPPM(data []byte) (*image.RGBA, error) {
	in := bufio.NewReader(bytes.NewReader(data))
	var width, height, levels int
	if _, err := fmt.Fscanf(in, "P6\n%d %d\n%d\n", &width, &height, &levels); err != nil || levels != 255 {
		return nil, fmt.Errorf("the picture is no pixmap of 255 levels: %v", err)
	}
	pixels, err := io.ReadAll(in)
	if err != nil || len(pixels) != 3*width*height {
		return nil, fmt.Errorf("the picture is cut short: %d bytes for %d by %d", len(pixels), width, height)
	}
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		copy(picture.Pix[4*i:], pixels[3*i:3*i+3])
		picture.Pix[4*i+3] = 255
	}
	return picture, nil
}

// differing is the share of pixels, from 0 to 1, that are not the same in two pictures. It is asked several times a
// second, of a million pixels.
func differing(a, b *image.RGBA) float64 {
	if a.Rect != b.Rect {
		return 1
	}
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if a.Pix[i] != b.Pix[i] || a.Pix[i+1] != b.Pix[i+1] || a.Pix[i+2] != b.Pix[i+2] {
			n++
		}
	}
	return float64(n) / float64(len(a.Pix)/4)
}

// plain tells whether there is no more on a picture than a background and a cursor: one colour has 98 % of it.
func plain(picture *image.RGBA) bool { return drawn(picture) <= 0.02 }

// drawn is the share of a picture, from 0 to 1, that is not its background, the colour that it has most of. A line of text
// on a console is about 0.002.
func drawn(picture *image.RGBA) float64 {
	count, most := map[[4]byte]int{}, 0
	for i := 0; i < len(picture.Pix); i += 4 {
		c := [4]byte(picture.Pix[i : i+4])
		count[c]++
		most = max(most, count[c])
	}
	return 1 - float64(most)/float64(len(picture.Pix)/4)
}

// Changed tells whether at least this share of the screen, from 0 to 1, is another than in a picture taken before. A
// blinking cursor is about 0.0003.
func (m *Machine) Changed(before *image.RGBA, share float64) bool {
	m.t.Helper()
	now, err := m.screen()
	m.must(err, "look at the screen")
	return differing(before, now) >= share
}

// Screen gives the picture that is on the screen now.
func (m *Machine) Screen() *image.RGBA {
	m.t.Helper()
	picture, err := m.screen()
	m.must(err, "look at the screen")
	return picture
}

// Still waits until the screen has not changed for a while, but for the time that is shown and the cursor.
func (m *Machine) Still(while, patience time.Duration) {
	m.t.Helper()
	last, since := m.Screen(), time.Now()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		time.Sleep(300 * time.Millisecond) // looking takes the guest's time
		now := m.Screen()
		if differing(last, now) > 0.002 {
			last, since = now, time.Now()
		}
		if time.Since(since) >= while {
			return
		}
	}
	m.t.Fatalf("the screen was never still for %v within %v", while, patience)
}

// Settle waits until what was asked of the screen is drawn: it has changed little for a second. Pictures that move by
// themselves, like the waves, may go on.
func (m *Machine) Settle() {
	m.t.Helper()
	time.Sleep(300 * time.Millisecond)
	m.Still(time.Second, 30*time.Second)
}
