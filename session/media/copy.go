package media

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"estran/session"
)

// chunk is how much is copied between two looks at whether to go on.
const chunk = 256 << 10

// Copy copies a file of the key into dst, which the caller opened. progress is told the bytes of each step and may be
// nil. ErrChanged when the file is not as listed; ErrSessionFull when dst has no room. On any error what dst holds is
// worth nothing.
func (m *Medium) Copy(ctx context.Context, id session.FileID, dst *os.File, progress func(n int64)) error {
	leave, err := m.enter()
	if err != nil {
		return err
	}
	defer leave()
	listed, err := m.lookUp(id)
	if err != nil {
		return err
	}
	if !listed.regular {
		return fmt.Errorf("not a file: %w", ErrUnreadable)
	}
	src, err := beneath(listed.of.root, listed.path, unix.O_RDONLY, 0)
	if err != nil {
		return m.fault("cannot open the file", err)
	}
	defer unix.Close(src)
	if err := m.unchanged(src, listed); err != nil {
		return err
	}
	if err := m.copyAll(ctx, src, listed.size, dst, progress); err != nil {
		return err
	}
	return m.unchanged(src, listed)
}

// unchanged says that an open file is what was listed. Neither the kind nor the size of a file is to be believed from
// its name: the name may lead to another file by now.
func (m *Medium) unchanged(fd int, listed record) error {
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return m.fault("cannot look at the file", err)
	}
	if st.Mode&unix.S_IFMT != unix.S_IFREG || st.Size != listed.size || st.Mtim != listed.mtime {
		return ErrChanged
	}
	return nil
}

func (m *Medium) copyAll(ctx context.Context, src int, size int64, dst *os.File, progress func(n int64)) error {
	buffer := make([]byte, min(chunk, size+1))
	for done := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := unix.Read(src, buffer)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return m.fault("cannot read the file", err)
		}
		done += int64(n)
		if done > size || (n == 0 && done < size) {
			return ErrChanged
		}
		if n == 0 {
			return nil
		}
		if _, err := dst.Write(buffer[:n]); err != nil {
			return sessionFault(err)
		}
		if progress != nil {
			progress(int64(n))
		}
	}
}

// sessionFault is an error on the session's side of a copy.
func sessionFault(err error) error {
	err = errno(err)
	if errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) || errors.Is(err, unix.EFBIG) {
		return fmt.Errorf("cannot write the copy: %w", ErrSessionFull)
	}
	return fmt.Errorf("cannot write the copy: %w", err)
}
