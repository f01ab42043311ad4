package scan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
)

// control is what was found out of a clamd by giving it the EICAR test file, by the very path of a scan.
//
// Asking it is not enough: a clamd whose base was replaced by an empty one answers PING, VERSION and STATS as before,
// and OK to everything.
type control struct {
	status session.AntivirusStatus
	until  time.Time // when to look again
}

const (
	// goodFor is how long a clamd that is well is believed to be: a control takes a millisecond or two.
	goodFor = 10 * time.Second
	// badFor is the least that a fault is believed: a clamd that starts is soon seen.
	badFor = 2 * time.Second
	// patience is how long a clamd may take for a control; one that is loading its base is silent for long.
	patience = 15 * time.Second
)

// believed tells until when to believe what took some time to be found out. One that hangs is asked less often, so that
// it does not hold up every file.
func (c control) believed(now time.Time, took time.Duration) time.Time {
	if c.status.Problem == session.ReasonNone {
		return now.Add(goodFor)
	}
	return now.Add(max(badFor, 2*took))
}

// examine finds out how a clamd is.
func examine(ctx context.Context, c clamd) control {
	c.timeout = min(c.timeout, patience)
	version, err := c.version(ctx)
	if err != nil {
		return control{status: session.AntivirusStatus{Problem: reasonOf(err)}}
	}
	status := session.AntivirusStatus{Signatures: baseDay(version)}
	known, err := c.scanBytes(ctx, eicar())
	switch {
	case err != nil:
		status.Problem = reasonOf(err)
	case parse(known) == answerOK:
		status.Problem = session.ReasonNoSignatures
	case parse(known) != answerFound:
		status.Problem = session.ReasonAntivirusRubbish
	}
	return control{status: status}
}

// reasonOf tells why a clamd that failed makes a file unchecked.
func reasonOf(err error) session.Reason {
	switch {
	case errors.Is(err, errAbsent):
		return session.ReasonNoAntivirus
	case errors.Is(err, errRubbish):
		return session.ReasonAntivirusRubbish
	case errors.Is(err, errSilent), errors.Is(err, errUnsent):
		return session.ReasonAntivirusSilent
	default:
		return session.ReasonUnreadable
	}
}

// baseDay reads the day of the base out of "ClamAV 1.4.6/27812/Sat Nov 21 09:24:10 2026", in UTC. Zero when it has none:
// a base of one's own signatures carries no date.
func baseDay(version string) time.Time {
	parts := strings.Split(version, "/")
	if len(parts) != 3 {
		return time.Time{}
	}
	day, err := time.Parse(time.ANSIC, parts[2])
	if err != nil {
		return time.Time{}
	}
	return day
}

// eicar is the EICAR test file, which every antivirus knows. It is put together here so that this program is not taken
// for one itself. https://www.eicar.org/download-anti-malware-testfile/
func eicar() []byte {
	return []byte(`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + strings.Join([]string{"EICAR", "STANDARD", "ANTIVIRUS", "TEST", "FILE!$H+H*"}, "-"))
}

func (c clamd) scanBytes(ctx context.Context, content []byte) (string, error) {
	f, err := inMemory(content, int64(len(content)))
	if err != nil {
		return "", err
	}
	defer f.Close()
	return c.scan(ctx, f)
}

// inMemory returns a file of a given size that begins with content and is on no disk; the rest is a hole.
func inMemory(content []byte, size int64) (*os.File, error) {
	fd, err := unix.MemfdCreate("control", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("cannot make a file in memory: %w", err)
	}
	f := os.NewFile(uintptr(fd), "control")
	if _, err := bytes.NewReader(content).WriteTo(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := f.Truncate(size); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
