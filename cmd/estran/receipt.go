package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/station"
)

// A receipt can be read again until the next visitor begins, and the kiosk that knew its visitor has ended by then. It
// leaves the receipt to the next kiosk in a file without a name (memfd_create(2)), which the guardian holds and does not
// read: nothing of it is on a disk.

// receiptDescriptor is where a kiosk finds the file: the first descriptor after the standard ones.
const receiptDescriptor = 3

// mostReceipt bounds what is read: a receipt is a few hundred bytes.
const mostReceipt = 64 << 10

func newReceiptFile() (*os.File, error) {
	fd, err := unix.MemfdCreate("receipt", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("cannot make a file in memory: %w", err)
	}
	return os.NewFile(uintptr(fd), "receipt"), nil
}

// takeReceipt takes the last receipt out of the file: a kiosk that crashes leaves none. nil when there is none.
func takeReceipt(f *os.File) *station.Handover {
	if f == nil {
		return nil
	}
	var h station.Handover
	err := json.NewDecoder(io.NewSectionReader(f, 0, mostReceipt)).Decode(&h.Receipt)
	if err != nil || f.Truncate(0) != nil {
		return nil
	}
	return &h
}

// leaveReceipt puts the receipt in the file, for the next kiosk.
func leaveReceipt(f *os.File, r session.Receipt) error {
	if f == nil {
		return nil
	}
	text, err := json.Marshal(r)
	if err == nil {
		_, err = f.WriteAt(text, 0)
	}
	if err != nil {
		return fmt.Errorf("cannot leave the receipt to the next kiosk: %w", err)
	}
	return nil
}
