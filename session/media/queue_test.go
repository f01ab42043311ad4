package media

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"estran/session"
)

// Whatever is moved, dropped, paused and given back, in whatever order: no more memory is taken than there may be, but for
// a file that would never fit, and each file comes once.
func TestQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const budget = 100
		var files []File
		for i, size := range rapid.SliceOfN(rapid.Int64Range(0, budget), 0, 200).Draw(t, "sizes") {
			files = append(files, File{ID: session.FileID(i + 1), Size: size})
		}
		room := int64(budget)
		q := newQueue(budget, func() int64 { return room })
		q.fill(files)
		var held []File
		var staged int64
		taken, dropped := map[session.FileID]int{}, map[session.FileID]bool{}
		giveBack := func(i int) {
			staged -= held[i].Size
			q.done(held[i])
			held = slices.Delete(held, i, i+1)
		}
		take := func() {
			q.mu.Lock()
			ready := len(q.waiting) > 0 && q.fits() >= 0
			q.mu.Unlock()
			if !ready {
				if len(q.waiting) > 0 && len(held) == 0 {
					t.Fatal("files wait, though nothing is held")
				}
				return
			}
			f, more := q.next(context.Background())
			if !more {
				t.Fatal("there is none, though one fits")
			}
			if taken[f.ID]++; taken[f.ID] > 1 || dropped[f.ID] {
				t.Fatalf("file %d comes again", f.ID)
			}
			if staged > 0 && (staged+f.Size > budget || f.Size > room) {
				t.Fatalf("%d bytes are taken beside %d, of %d and %d", f.Size, staged, budget, room)
			}
			held, staged = append(held, f), staged+f.Size
		}
		t.Repeat(map[string]func(*rapid.T){
			"take": func(*rapid.T) { take() },
			"give back": func(t *rapid.T) {
				if len(held) > 0 {
					giveBack(rapid.IntRange(0, len(held)-1).Draw(t, "which"))
				}
			},
			"room": func(t *rapid.T) { room = rapid.Int64Range(0, budget).Draw(t, "room") },
			"first": func(t *rapid.T) {
				if len(files) == 0 {
					return
				}
				ids := rapid.SliceOfDistinct(rapid.SampledFrom(files), func(f File) session.FileID { return f.ID }).Draw(t, "files")
				var wanted []session.FileID
				for _, f := range ids {
					wanted = append(wanted, f.ID)
				}
				q.first(wanted)
				waiting := slices.DeleteFunc(slices.Clone(wanted), func(id session.FileID) bool { return taken[id] > 0 || dropped[id] })
				for i, id := range waiting {
					if q.waiting[i].ID != id {
						t.Fatalf("place %d is of file %d, not %d", i, q.waiting[i].ID, id)
					}
				}
			},
			"drop": func(t *rapid.T) {
				if len(files) > 0 {
					id := rapid.SampledFrom(files).Draw(t, "file").ID
					dropped[id] = taken[id] == 0
					q.drop(id)
				}
			},
			"pause": func(*rapid.T) {
				for len(held) > 0 {
					giveBack(0)
				}
				resume := q.pause(context.Background())
				resume()
				resume() // twice is once
			},
		})
		for {
			take()
			switch {
			case len(held) > 0:
				giveBack(0)
			case len(q.waiting) == 0:
				for _, f := range files {
					if taken[f.ID] == 0 && !dropped[f.ID] {
						t.Fatalf("file %d never came", f.ID)
					}
				}
				return
			}
		}
	})
}

// A big file that waits for room has its turn, however many small ones come.
func TestSmallFilesDoNotStarveABigOne(t *testing.T) {
	files := []File{{ID: 1, Size: 60}, {ID: 2, Size: 90}}
	for i := range 10_000 {
		files = append(files, File{ID: session.FileID(i + 3), Size: 1})
	}
	q := newQueue(100, func() int64 { return 100 })
	q.fill(files)
	first, _ := q.next(t.Context())
	before := 0
	for {
		q.mu.Lock()
		fits := q.fits()
		q.mu.Unlock()
		if fits < 0 {
			break
		}
		f, _ := q.next(t.Context())
		if f.ID == 2 {
			t.Fatal("the big file came though there was no room")
		}
		before++
		q.done(f)
	}
	q.done(first)
	if f, _ := q.next(t.Context()); f.ID != 2 || before > mostPassed {
		t.Errorf("after %d small files comes %d", before, f.ID)
	}
}

func TestAPauseLastsUntilItIsOver(t *testing.T) {
	q := newQueue(10, func() int64 { return 10 })
	q.fill([]File{{ID: 1}, {ID: 2}})
	f, _ := q.next(t.Context())
	var pausing sync.WaitGroup
	var resume func()
	pausing.Go(func() { resume = q.pause(t.Context()) })
	time.Sleep(10 * time.Millisecond)
	q.done(f)
	pausing.Wait()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	defer context.AfterFunc(ctx, q.wake)()
	if _, more := q.next(ctx); more {
		t.Fatal("a file begins during a pause")
	}
	resume()
	if f, more := q.next(t.Context()); !more || f.ID != 2 {
		t.Error("nothing begins after the pause")
	}
}
