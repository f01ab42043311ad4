package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"estran/session/station"
)

// handoverVariable tells the next process which descriptor holds the handover.
const handoverVariable = "ESTRAN_HANDOVER"

// mostHandover bounds what is read: a receipt is a few hundred bytes.
const mostHandover = 64 << 10

// program is where this program lay when it started: an upgrade puts another one there.
var program = func() (p struct {
	path string
	err  error
},
) {
	p.path, p.err = os.Executable()
	return p
}()

// renew executes this program anew, by its path, so that an upgraded one takes the place of the old. It returns only
// when it cannot. The handover goes through a file without a name (memfd_create(2)): nothing of it is on a disk.
func renew(h station.Handover) error {
	if program.err != nil {
		return fmt.Errorf("cannot tell which program this is: %w", program.err)
	}
	fd, err := unix.MemfdCreate("handover", 0)
	if err != nil {
		return fmt.Errorf("cannot make a file in memory: %w", err)
	}
	f := os.NewFile(uintptr(fd), "handover")
	defer f.Close()
	if err := json.NewEncoder(f).Encode(h); err != nil {
		return fmt.Errorf("cannot write the handover: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("cannot write the handover: %w", err)
	}
	if err := os.Setenv(handoverVariable, strconv.Itoa(fd)); err != nil {
		return err
	}
	defer os.Unsetenv(handoverVariable)
	return fmt.Errorf("cannot execute estrand: %w", unix.Exec(program.path, os.Args, os.Environ()))
}

// inherited reads the handover of the process before this one; nil when there is none. Call it before bare.
func inherited() (*station.Handover, error) {
	text, there := os.LookupEnv(handoverVariable)
	if !there {
		return nil, nil
	}
	_ = os.Unsetenv(handoverVariable)
	fd, err := strconv.Atoi(text)
	if err != nil || fd < 3 {
		return nil, fmt.Errorf("cannot read the handover: %q is no descriptor", text)
	}
	f := os.NewFile(uintptr(fd), "handover")
	defer f.Close()
	var h station.Handover
	if err := json.NewDecoder(io.LimitReader(f, mostHandover)).Decode(&h); err != nil {
		return nil, fmt.Errorf("cannot read the handover: %w", err)
	}
	return &h, nil
}
