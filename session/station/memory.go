package station

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"estran/session"
)

// memory is where a session writes: a tmpfs of bounded size and number of inodes, and the four directories in it.
type memory struct {
	dir   string
	tag   string
	death *os.File // an inotify that is told when the kernel lets the tmpfs go
}

// sessionsDir is where memories are mounted, under the run directory.
const sessionsDir = "session"

func (m *memory) home() string      { return filepath.Join(m.dir, "home") }
func (m *memory) documents() string { return filepath.Join(m.dir, "documents") }
func (m *memory) temp() string      { return filepath.Join(m.dir, "tmp") }
func (m *memory) shm() string       { return filepath.Join(m.dir, "shm") }
func (m *memory) display() string   { return filepath.Join(m.dir, "display") }
func (m *memory) staging() string   { return filepath.Join(m.dir, "staging") }

// tagPrefix begins the source name of each tmpfs of this run directory. It is how /proc tells who still sees a
// session: the name stays the same through bind mounts and namespaces (proc(5), mountinfo). The directory itself is in
// it, not its path alone: in a container, another station may have the same path.
func tagPrefix(runDir string) (string, error) {
	var st unix.Stat_t
	if err := unix.Stat(runDir, &st); err != nil {
		return "", fmt.Errorf("cannot look at the run directory: %w", err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", runDir, st.Dev, st.Ino))
	return fmt.Sprintf("estran-%x-", sum[:6]), nil
}

// newMemory mounts a fresh tmpfs. The browser's directories belong to whom it runs as; the others to the station.
func newMemory(runDir, prefix string, c session.SessionConfig, owner *syscall.Credential) (*memory, error) {
	id := strings.ToLower(rand.Text())[:12]
	m := &memory{dir: filepath.Join(runDir, sessionsDir, id), tag: prefix + id}
	if err := os.MkdirAll(m.dir, 0o711); err != nil {
		return nil, err
	}
	// A umask may have closed to the browser's user what it goes through.
	if err := os.Chmod(filepath.Dir(m.dir), 0o711); err != nil {
		return nil, err
	}
	if err := m.mount(c); err != nil {
		return nil, errors.Join(err, os.Remove(m.dir))
	}
	err := m.makeDirs(owner)
	if err == nil {
		m.death, err = watchDeath(m.dir)
	}
	if err != nil {
		return nil, errors.Join(err, m.unmount(), os.Remove(m.dir))
	}
	return m, nil
}

// watchDeath watches the root of a file system for its end. IN_UNMOUNT comes when its last user is gone, whoever that
// was and in whatever namespace: a descriptor handed to another program, a mount kept in another namespace
// (inotify(7)). It is how the wipe knows that the memory was freed, and not merely taken from our sight.
func watchDeath(dir string) (*os.File, error) {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		return nil, fmt.Errorf("cannot watch the session's memory: %w", err)
	}
	if _, err := unix.InotifyAddWatch(fd, dir, unix.IN_DELETE_SELF|unix.IN_ONLYDIR); err != nil {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("cannot watch the session's memory: %w", err)
	}
	return os.NewFile(uintptr(fd), "inotify"), nil
}

// awaitDeath waits until the kernel says that the tmpfs is gone.
func (m *memory) awaitDeath(ctx context.Context) error {
	defer m.death.Close()
	deadline, _ := ctx.Deadline()
	if err := m.death.SetReadDeadline(deadline.Add(-500 * time.Millisecond)); err != nil {
		return fmt.Errorf("cannot wait for the end of the session's memory: %w", err)
	}
	buf := make([]byte, 4096)
	for {
		n, err := m.death.Read(buf)
		if err != nil {
			return fmt.Errorf("somebody still holds the session's memory: %w", err)
		}
		for at := 0; at+unix.SizeofInotifyEvent <= n; {
			event := (*unix.InotifyEvent)(unsafe.Pointer(&buf[at]))
			if event.Mask&unix.IN_UNMOUNT != 0 {
				return nil
			}
			at += unix.SizeofInotifyEvent + int(event.Len)
		}
	}
}

// mount asks for huge pages within files, which makes freeing 2 GB as quick as 10 MB, and for no swap where the kernel
// has it and the caller may say so (tmpfs(5): Linux 6.4, not in a user namespace).
func (m *memory) mount(c session.SessionConfig) error {
	options := fmt.Sprintf("mode=0711,size=%d,nr_inodes=%d", int64(c.Memory), c.Inodes)
	var err error
	for _, more := range []string{",huge=within_size,noswap", ",huge=within_size", ""} {
		err = unix.Mount(m.tag, m.dir, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC|unix.MS_NOATIME, options+more)
		if !errors.Is(err, unix.EINVAL) {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("cannot mount a tmpfs: %w", err)
	}
	return nil
}

func (m *memory) makeDirs(owner *syscall.Credential) error {
	for _, dir := range []string{m.home(), m.documents(), m.temp(), m.shm(), m.display(), m.staging()} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return err
		}
		if owner == nil || dir == m.staging() {
			continue
		}
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			return err
		}
	}
	return nil
}

// unmount takes the tmpfs away, and all that was in it. Somebody who still uses it is given a moment to die.
func (m *memory) unmount() error {
	var err error
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		err = unix.Unmount(m.dir, unix.UMOUNT_NOFOLLOW)
		if err == nil || errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOENT) {
			return nil // gone, or was never mounted
		}
	}
	return fmt.Errorf("cannot unmount the session's memory: %w", err)
}

// room tells how much of the memory is used, and whether so little is left that a download would fail.
func (m *memory) room() (used, room int64, full bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(m.dir, &st); err != nil {
		return 0, 0, false
	}
	room = int64(st.Blocks) * st.Bsize
	free := int64(st.Bavail) * st.Bsize
	return room - free, room, free < leastRoom || st.Ffree < leastInodes
}

// What must be left for the memory not to be full.
const (
	leastRoom   = 4 << 20
	leastInodes = 32
)
