package media

import (
	"context"
	"slices"
	"sync"

	"estran/session"
)

// queue is the files that are to be looked at, the next one first, and how much is being looked at.
type queue struct {
	budget int64        // bytes that all copies may take
	room   func() int64 // bytes that there is room for now

	mu      sync.Mutex
	changed *sync.Cond
	waiting []File
	staged  int64 // bytes of the copies that there are
	running int
	passed  int // how many small files went before a big one that waits for room
	paused  int

	filled  bool
	early   []session.FileID        // what is to be first, said before there were files
	dropped map[session.FileID]bool // and what is left out
}

const (
	// mostPassed is how many small files may go before a big one that waits for room, so that it has its turn.
	mostPassed = 64
	// farthest is how far behind it they are looked for.
	farthest = 512
)

func newQueue(budget int64, room func() int64) *queue {
	q := &queue{budget: budget, room: room, dropped: map[session.FileID]bool{}}
	q.changed = sync.NewCond(&q.mu)
	return q
}

// fill gives the queue its files, once. What was said of some before counts.
func (q *queue) fill(files []File) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.filled = true
	q.waiting = slices.DeleteFunc(slices.Clone(files), func(f File) bool { return q.dropped[f.ID] })
	q.advance(q.early)
	q.early, q.dropped = nil, nil
}

// next waits for a file that there is room for; false when there is none left, or ctx has ended.
func (q *queue) next(ctx context.Context) (File, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for ctx.Err() == nil && len(q.waiting) > 0 {
		if i := q.fits(); q.paused == 0 && i >= 0 {
			return q.take(i), true
		}
		q.changed.Wait()
	}
	return File{}, false
}

// fits is the first file that there is room for, -1 for none. Whatever waits is taken when nothing else has a copy: nothing
// would make more room for it.
func (q *queue) fits() int {
	if q.staged == 0 {
		return 0
	}
	left := min(q.budget-q.staged, q.room())
	within := q.waiting[:min(len(q.waiting), farthest)]
	i := slices.IndexFunc(within, func(f File) bool { return f.Size <= left })
	if i > 0 && q.passed >= mostPassed {
		return -1
	}
	return i
}

func (q *queue) take(i int) File {
	f := q.waiting[i]
	if i == 0 {
		q.passed, q.waiting = 0, q.waiting[1:]
	} else {
		q.passed++
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
	q.staged += f.Size
	q.running++
	return f
}

// done gives back what a file took.
func (q *queue) done(f File) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.staged -= f.Size
	q.running--
	q.changed.Broadcast()
}

// wake has everybody who waits look at ctx.
func (q *queue) wake() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.changed.Broadcast()
}

// first moves files to the head, in the order of ids.
func (q *queue) first(ids []session.FileID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.filled {
		q.early = append(slices.Clone(ids), q.early...)
		return
	}
	q.advance(ids)
	q.passed = 0
	q.changed.Broadcast()
}

func (q *queue) advance(ids []session.FileID) {
	place := make(map[session.FileID]int, len(ids))
	for i, id := range slices.Backward(ids) {
		place[id] = i - len(ids) // below 0, which is the place of all others
	}
	q.waiting = slices.SortedStableFunc(slices.Values(q.waiting), func(a, b File) int { return place[a.ID] - place[b.ID] })
}

// drop takes a file out.
func (q *queue) drop(id session.FileID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.filled {
		q.dropped[id] = true
		return
	}
	q.waiting = slices.DeleteFunc(q.waiting, func(f File) bool { return f.ID == id })
	q.changed.Broadcast()
}

// pause lets nothing begin until resume is called, and waits until nothing is being looked at, or ctx ends.
func (q *queue) pause(ctx context.Context) (resume func()) {
	stop := context.AfterFunc(ctx, q.wake)
	defer stop()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.paused++
	for q.running > 0 && ctx.Err() == nil {
		q.changed.Wait()
	}
	return sync.OnceFunc(func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.paused--
		q.changed.Broadcast()
	})
}
