package cgroup

import (
	"fmt"
	"os"
	"path/filepath"
)

// Events counts what the limits of a group did to it since it was made.
type Events struct {
	Killed  int64 // processes that ended because there was no memory left for them
	Refused int64 // times that a process could not be made because there were too many
}

// EventsOf reads what happened to a group, whose directory is open. It can still be read after all its processes have
// ended, until Remove.
func EventsOf(dir *os.File) (e Events, err error) {
	if e.Killed, err = count(dir.Name(), "memory.events", "oom_kill"); err != nil {
		return Events{}, err
	}
	e.Refused, err = count(dir.Name(), "pids.events", "max")
	return e, err
}

// count reads one of the figures of a group.
func count(dir, file, key string) (int64, error) {
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return 0, fmt.Errorf("cannot look at a group: %w", withoutPath(err))
	}
	return readKey(string(data), key)
}
