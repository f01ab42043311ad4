package station

import (
	"time"

	"estran/session"
)

// pace is how far a work on the key is, in bytes and in files: a thousand small files take longer than their bytes tell.
type pace struct {
	began             time.Time
	bytes, bytesTotal int64
	files, filesTotal int
	current           session.FileID
}

const (
	// costOfAFile is how many bytes are looked at in the time that it takes to open a file and to ask the antivirus.
	costOfAFile = 256 << 10
	// soonest is how long a work must run before anybody can tell how long it will.
	soonest = 2 * time.Second
)

// left is about how long it will take yet, if it goes on as it did; 0 while nobody can tell.
func (p pace) left(now time.Time) time.Duration {
	done, total := p.units(p.bytes, p.files), p.units(p.bytesTotal, p.filesTotal)
	spent := now.Sub(p.began)
	if p.began.IsZero() || spent < soonest || done < total/100 || done <= 0 || done >= total {
		return 0
	}
	return time.Duration(float64(spent) * (total/done - 1))
}

func (pace) units(bytes int64, files int) float64 {
	return float64(bytes) + float64(files)*costOfAFile
}
