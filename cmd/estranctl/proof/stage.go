package proof

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// The stages that are processes of their own, and run as the kiosk's user: the station obeys nobody else.
const (
	StagePlant = "plant"
	StageEnd   = "end"
)

// stages starts them.
type stages struct {
	program string // estranctl
	kiosk   *syscall.Credential
}

// run runs one and hands each line that it prints to hear. prints says that it may print.
func (s stages) run(ctx context.Context, stage string, prints bool, files []*os.File, hear func(message)) error {
	cmd := exec.CommandContext(ctx, s.program, "prove", "--stage="+stage, fmt.Sprintf("--prints=%t", prints))
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.kiosk, Pdeathsig: syscall.SIGKILL}
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	cmd.Dir = "/"
	cmd.ExtraFiles = files
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("cannot start the stage %s: %w", stage, err)
	}
	unread := listen(bufio.NewScanner(out), hear)
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(said.String()))
	}
	return unread
}

// listen reads lines of JSON.
func listen(lines *bufio.Scanner, hear func(message)) error {
	lines.Buffer(nil, 1<<20) // a net is some ten thousand bytes
	for lines.Scan() {
		var m message
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return errors.New("a stage says what cannot be read")
		}
		hear(m)
	}
	return lines.Err()
}
