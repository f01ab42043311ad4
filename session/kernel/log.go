package kernel

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// Log is the log of the kernel, as root reads and writes it (Documentation/ABI/testing/dev-kmsg).
type Log struct {
	path string
	// since is the number of the last record that is no visitor's; 0 is none.
	since uint64
	// before is the number of the last record when the wipe began, asked that it began, wiped that there was one to wipe.
	before       uint64
	asked, wiped bool
}

// LogDevice is where the kernel shows its log.
const LogDevice = "/dev/kmsg"

// OpenLog looks at the log before a visitor comes: what is in it by now may stay. It needs CAP_SYSLOG where the kernel
// restricts its log (kernel.dmesg_restrict).
func OpenLog(path string) (*Log, error) {
	l := &Log{path: path}
	var err error
	_, l.since, err = l.span()
	return l, err
}

// Distrust says that what is in the log may be a visitor's, all of it.
func (l *Log) Distrust() { l.since = 0 }

// filler is one record. It is as short as that: the ring leaves as much room at its end as the next record does not fit
// in, and what was there stays.
const filler = "<15>estran\n"

// fillerTakes is the least that a record takes in the ring, its number with it.
const fillerTakes = 8

// Wipe writes over the whole ring when anything came since OpenLog: some ten thousand short records, a few milliseconds. The
// kernel must take all that it is given (kernel.printk_devkmsg=on).
func (l *Log) Wipe(ctx context.Context) error {
	_, newest, err := l.span()
	if err != nil {
		return err
	}
	l.before, l.asked, l.wiped = newest, true, newest != l.since
	if !l.wiped {
		return nil
	}
	// That the old records are gone from its list does not tell that their bytes are: the list is shorter than the ring.
	size, err := unix.Klogctl(unix.SYSLOG_ACTION_SIZE_BUFFER, nil)
	if err != nil || size <= 0 {
		return fmt.Errorf("cannot tell how large the kernel's log is: %w", err)
	}
	f, err := os.OpenFile(l.path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("cannot write the kernel's log: %w", err)
	}
	defer f.Close()
	for range size/fillerTakes + 1 {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("the kernel's log is not written over: %w", err)
		}
		if _, err := f.WriteString(filler); err != nil {
			return fmt.Errorf("cannot write the kernel's log: %w", err)
		}
	}
	return nil
}

// Check reads the log again: nothing of before the wipe is in it.
func (l *Log) Check(context.Context) error {
	switch {
	case !l.asked:
		return errors.New("the kernel's log was not written over")
	case !l.wiped:
		return nil
	}
	oldest, _, err := l.span()
	if err != nil {
		return err
	}
	if oldest <= l.before {
		return errors.New("the kernel's log still holds what was there before")
	}
	return nil
}

// longest is what one record takes at most (CONSOLE_EXT_LOG_MAX in the kernel).
const longest = 8 << 10

// span gives the numbers of the oldest record and the newest.
func (l *Log) span() (oldest, newest uint64, err error) {
	f, err := os.OpenFile(l.path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return 0, 0, fmt.Errorf("cannot read the kernel's log: %w", err)
	}
	defer f.Close()
	record := make([]byte, longest)
	defer clear(record)
	for {
		// Each read gives one record, and never waits. os.File would.
		n, err := syscall.Read(int(f.Fd()), record)
		switch {
		case errors.Is(err, syscall.EPIPE): // records were written over meanwhile: what is read next is the oldest
			oldest = 0
			continue
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EAGAIN), err == nil && n == 0:
			return oldest, newest, nil
		case err != nil:
			return 0, 0, fmt.Errorf("cannot read the kernel's log: %w", err)
		}
		if newest, err = number(record[:n]); err != nil {
			return 0, 0, err
		}
		if oldest == 0 {
			oldest = newest
		}
	}
}

// number is that of a record: « 6,1234,5678901,-;text » is record 1234.
func number(record []byte) (uint64, error) {
	_, rest, found := bytes.Cut(record, []byte{','})
	text, _, more := bytes.Cut(rest, []byte{','})
	n, err := strconv.ParseUint(string(text), 10, 64)
	if !found || !more || err != nil {
		return 0, errors.New("the kernel's log has a record without a number")
	}
	return n, nil
}
