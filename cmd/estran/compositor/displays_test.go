package compositor

import (
	"fmt"
	"testing"

	"estran/kiosk"
)

// The displays that places have, as they come and enlarged: the kiosk keeps 80 columns and 24 rows, and the bandeau its
// rows.
func TestEveryDisplay(t *testing.T) {
	for _, size := range []struct{ w, h int }{
		{1024, 768}, {1280, 720}, {1280, 1024}, {1366, 768}, {1440, 900}, {1600, 900}, {1680, 1050}, {1920, 1080}, {2560, 1440},
	} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := newSeat(t, size.w, size.h)
			d := s.desk()
			page := s.opens("page")
			for _, l := range []kiosk.Layout{{}, {Banner: 3}, {Large: true}, {Banner: 3, Large: true}, {Banner: 5, Large: true}, {Large: true}, {}} {
				scale := s.arranges(d, l)
				p, err := d.look(t.Context())
				if err != nil {
					t.Fatalf("%+v: %v: %+v", l, err, p)
				}
				columns := int(float64(p.window.Rect.Width)*p.density) / p.cell.width
				if columns < 80 || l.Whole() && p.cell.rows < 24 || !l.Whole() && p.cell.rows != l.Banner {
					t.Errorf("%+v: %d columns, %d rows at scale %.2f", l, columns, p.cell.rows, scale)
				}
				// 1024 columns of pixels are 85 of characters: there is nothing to enlarge.
				if large := scale >= 1.2; large != (l.Large && size.w > 1024) {
					t.Errorf("%+v: scale %.2f", l, scale)
				}
				s.eventually("it is drawn to its end", func() bool {
					return s.drawn(p.display.Rect.Width/2, p.window.Rect.Height-3)
				})
				if o := s.window(page).Rect; !l.Whole() && o.Y < p.window.Rect.Height {
					t.Errorf("%+v: the page begins at %d, under the bandeau of %d", l, o.Y, p.window.Rect.Height)
				}
				t.Logf("%+v: %dx%d at %.2f, bandeau of %d", l, columns, p.cell.rows, scale, p.window.Rect.Height)
			}
		})
	}
}
