package station

import (
	"testing"
	"time"
)

func TestHowLongIsLeft(t *testing.T) {
	began := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	const mega = 1 << 20
	for name, c := range map[string]struct {
		pace pace
		at   time.Duration
		want time.Duration
	}{
		"not begun":                      {pace{bytesTotal: mega}, time.Minute, 0},
		"too early to tell":              {pace{bytes: 50 * mega, bytesTotal: 100 * mega}, time.Second, 0},
		"too little to tell":             {pace{bytes: mega / 2, bytesTotal: 100 * mega}, time.Minute, 0},
		"half of the bytes":              {pace{bytes: 50 * mega, bytesTotal: 100 * mega}, 10 * time.Second, 10 * time.Second},
		"a quarter of them":              {pace{bytes: 25 * mega, bytesTotal: 100 * mega}, 10 * time.Second, 30 * time.Second},
		"small files count by the piece": {pace{files: 1000, filesTotal: 10_000}, 10 * time.Second, 90 * time.Second},
		"a big one after many small ones": {
			pace{files: 999, filesTotal: 1000, bytesTotal: 250 * mega}, 10 * time.Second, 10 * time.Second * 1001 / 999,
		},
		"all done": {pace{bytes: mega, bytesTotal: mega, files: 3, filesTotal: 3}, time.Minute, 0},
		"nothing":  {pace{}, time.Minute, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if name != "not begun" {
				c.pace.began = began
			}
			got := c.pace.left(began.Add(c.at))
			if off := got - c.want; off < -50*time.Millisecond || off > 50*time.Millisecond {
				t.Errorf("it is %v, want %v", got, c.want)
			}
		})
	}
}
