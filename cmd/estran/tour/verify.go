package tour

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"estran/session"
)

// lookAround finds what the visit has left so far, before the end: a look that finds nothing now would prove nothing
// later.
func (v *visit) lookAround() error {
	memories, err := memories(v.options.RunDir)
	if err != nil {
		return err
	}
	if len(memories) != 1 {
		return fmt.Errorf("there should be one session's memory, there are %d", len(memories))
	}
	v.memory = memories[0]
	if v.pids, err = seers(v.memory); err != nil {
		return err
	}
	files, err := v.hunt.files()
	if err != nil {
		return err
	}
	if len(v.pids) == 0 || files == 0 {
		return fmt.Errorf("the look is blind: it finds %d processes and %d files", len(v.pids), files)
	}
	v.note("before the end: %d processes in the sandbox, %d files with a mark in memory", len(v.pids), files)
	return nil
}

// verify reads the receipt, then looks again in the tour's own way.
func (v *visit) verify() error {
	receipt, err := v.station.Receipt(v.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(v.out, "\nThe receipt:")
	for _, s := range receipt.Steps {
		state := "NOT verified"
		if s.State == session.StepVerified {
			state = "verified"
		}
		fmt.Fprintf(v.out, "  %-12s %s\n", s.ID, state)
	}
	fmt.Fprintf(v.out, "  out of reach: %v\n\nLooked for again:\n", receipt.Limits)
	if !receipt.Verified() {
		return errors.New("the receipt is not verified")
	}
	var wrong []error
	for _, c := range []struct {
		what  string
		check func() error
	}{
		{"no process of the sandbox is alive", v.noProcess},
		{"no memory of the session is mounted", v.noMemory},
		{"no file anywhere holds a mark of the visit", v.noFile},
		{"the station's directories and its log hold nothing", v.noWord},
		{"the key holds the letter and the paper, byte for byte", v.keyIsRight},
	} {
		if err := c.check(); err != nil {
			fmt.Fprintf(v.out, "  WRONG %s\n", c.what)
			wrong = append(wrong, err)
			continue
		}
		fmt.Fprintf(v.out, "  ok    %s\n", c.what)
	}
	return errors.Join(wrong...)
}

func (v *visit) noProcess() error {
	seeing, err := seers(v.memory)
	if err != nil {
		return err
	}
	if left := append(alive(v.pids), seeing...); len(left) > 0 {
		return fmt.Errorf("processes %v of the sandbox are alive", left)
	}
	return nil
}

func (v *visit) noMemory() error {
	left, err := memories(v.options.RunDir)
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("%v is still mounted", left)
	}
	return err
}

func (v *visit) noFile() error {
	files, err := v.hunt.files()
	if err == nil && files > 0 {
		err = fmt.Errorf("%d files hold a mark of the visit", files)
	}
	return err
}

// noWord reads all that the station keeps: its two directories, to the last byte, and its log.
func (v *visit) noWord() error {
	if v.hunt.in([]byte(v.log.String())) {
		return errors.New("the log holds a mark of the visit")
	}
	left, err := filepath.Glob(filepath.Join(v.options.RunDir, "session", "*"))
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("%d things are left in the run directory", len(left))
	}
	return err
}

func (v *visit) keyIsRight() error {
	for name, want := range map[string][]byte{letterName: v.letter, v.paperName(): v.paper} {
		got, err := v.key.read(name)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("a file on the key has %d bytes instead of %d, or others", len(got), len(want))
		}
	}
	if _, err := os.Stat(v.key.path); err != nil {
		return fmt.Errorf("the key is gone: %w", err)
	}
	return nil
}
