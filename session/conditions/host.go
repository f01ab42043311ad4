package conditions

import (
	"context"
	"io/fs"
	"time"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/assist/agents"
	"estran/session/daybook"
)

// Host is a computer to look at. ThisHost is the one it runs on.
type Host struct {
	// ReadFile reads a file of at most 1 MiB.
	ReadFile func(path string) ([]byte, error)
	// ReadDir gives the names in a directory, in their order.
	ReadDir func(path string) ([]string, error)
	// Lstat looks at a file itself, not at what a link points at.
	Lstat func(path string) (Entry, error)
	// Readlink is what a link points at.
	Readlink func(path string) (string, error)
	// Run runs a program of the system, without a shell and in the language C, and gives its standard output, also
	// when it failed.
	Run func(ctx context.Context, program string, args ...string) (string, error)
	// Writable gives an error when nothing can be written in a directory. It leaves nothing there.
	Writable func(dir string) error
	// Free is the room of the file system of a path, in bytes.
	Free func(path string) (free, total int64, err error)
	// Config reads the configuration of the station.
	Config func() (session.Config, error)
	// Sandbox makes an empty sandbox, or says why it cannot.
	Sandbox func(ctx context.Context) error
	// Tmpfs makes a tmpfs of that many bytes and throws it away; noswap says that the kernel keeps it out of swap.
	Tmpfs func(size int64) (noswap bool, err error)
	// Antivirus has clamd look at a file that it must know.
	Antivirus func(ctx context.Context, socket string) session.AntivirusStatus
	// PolicySchema is the schema of the policies that the installed Firefox knows.
	PolicySchema func() ([]byte, error)
	// Compositor lists what the compositor of the seat offers.
	Compositor func(ctx context.Context) ([]string, error)
	// Daybook reads the daybook at a path.
	Daybook func(path string) (daybook.Reading, error)
	// AccessLog reads the access log at a path.
	AccessLog func(path string) (accesslog.Reading, error)
	// Agents tells how the accounts of agents stand, with their counts in that directory.
	Agents func(stateDir string) (agents.Report, error)
	// Now is the time.
	Now func() time.Time
}

// Entry is what Lstat tells of a file.
type Entry struct {
	Mode     fs.FileMode // type and permissions
	UID, GID uint32
	Size     int64
	Modified time.Time
}

// rootsOwn says that nobody but root can change it. An access list that lets others write shows in the bits of the
// group (acl(5)).
func (e Entry) rootsOwn() bool { return e.UID == 0 && e.Mode.Perm()&0o022 == 0 }
