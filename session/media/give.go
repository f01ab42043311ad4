package media

import (
	"os"

	"estran/session"
)

// Stage opens a nameless file in a directory (O_TMPFILE): nobody else can open it, and it is gone when it is closed,
// however the process ends, unless Give gave it a name.
func Stage(dir string) (*os.File, error) { return nil, nil }

// Give names a staged file: name without its folders, or one like it (« photo (2).jpg ») when that is taken. Nothing is
// ever replaced. It returns the name it got.
func Give(staged *os.File, dir string, name session.Private) (session.Private, error) { return "", nil }

// Alternative is the n-th name to try for a file: itself, then « photo (2).jpg », « photo (3).jpg ». It is at most 255
// bytes long, cut between two characters, and keeps its extension. It is pure.
func Alternative(name string, n int) string { return name }
