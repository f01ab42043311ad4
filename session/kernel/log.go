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

// Log is the log of the kernel, as root reads and writes it (Documentation/ABI/testing/dev-kmsg). That needs CAP_SYSLOG
// where the kernel restricts its log (kernel.dmesg_restrict).
type Log struct {
	Path string // where the kernel shows it, "" for the usual place

	before uint64 // the number of the last record when the wipe began
	wiped  bool
}

// LogDevice is where the kernel shows its log.
const LogDevice = "/dev/kmsg"

// filler is one record. It is as short as that: the ring leaves as much room at its end as the next record does not fit
// in, and what was there stays.
const filler = "<15>estran\n"

// fillerTakes is the least that a record takes in the ring, its number with it.
const fillerTakes = 8

// Wipe writes over the whole ring, whatever is in it: of no record can be told whose it is. A key was there before its
// visitor sat down, or is plugged again as they leave. It is some ten thousand short records, a tenth of a second. The
// kernel must take all that it is given (kernel.printk_devkmsg=on). A wipe that is late is better than none: it heeds no time limit.
func (l *Log) Wipe(context.Context) error {
	_, newest, err := l.span()
	if err != nil {
		return err
	}
	size, err := ringSize()
	if err != nil {
		return err
	}
	l.before, l.wiped = newest, true
	f, err := os.OpenFile(l.path(), os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("cannot write the kernel's log: %w", err)
	}
	defer f.Close()
	for range size/fillerTakes + 1 {
		if _, err := f.WriteString(filler); err != nil {
			return fmt.Errorf("cannot write the kernel's log: %w", err)
		}
	}
	return nil
}

// Check reads the log again, and believes nothing of what the wipe wrote. All that it has of the wipe is the number of the
// last record when that began. No record up to that number may be in the log, whoever wrote it. And as many records must
// have come after it as fill the ring: the kernel's list of records is shorter than the ring, so that a record can be out
// of the list whose bytes are still in memory.
func (l *Log) Check(context.Context) error {
	if !l.wiped {
		return errors.New("the kernel's log was not written over")
	}
	oldest, newest, err := l.span()
	if err != nil {
		return err
	}
	size, err := ringSize()
	switch {
	case err != nil:
		return err
	case oldest <= l.before:
		return errors.New("the kernel's log still holds what was there before")
	case newest-l.before < size/fillerTakes:
		return fmt.Errorf("the kernel's log has %d bytes, and took only %d records since", size, newest-l.before)
	}
	return nil
}

func (l *Log) path() string {
	if l.Path == "" {
		return LogDevice
	}
	return l.Path
}

// ringSize asks the kernel how many bytes its ring has (syslog(2)).
func ringSize() (uint64, error) {
	size, err := unix.Klogctl(unix.SYSLOG_ACTION_SIZE_BUFFER, nil)
	if err != nil {
		return 0, fmt.Errorf("cannot tell how large the kernel's log is: %w", err)
	}
	if size <= 0 {
		return 0, errors.New("the kernel does not tell how large its log is")
	}
	return uint64(size), nil
}

// longest is what one record takes at most (CONSOLE_EXT_LOG_MAX in the kernel).
const longest = 8 << 10

// span gives the numbers of the oldest record and the newest.
func (l *Log) span() (oldest, newest uint64, err error) {
	f, err := os.OpenFile(l.path(), os.O_RDONLY|syscall.O_NONBLOCK, 0)
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
