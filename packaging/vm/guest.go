//go:build vm

package vm

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// result is what a program in the guest left.
type result struct {
	code           int // exit code, or 128 and the signal's number
	stdout, stderr string
}

// run runs a program in the guest as root, with plain English messages, and waits for its end.
func (a *agent) run(patience time.Duration, name string, args ...string) (result, error) {
	said, err := a.do("guest-exec", arguments{
		"path": name, "arg": append([]string{}, args...), "capture-output": true,
		"env": []string{"LC_ALL=C.UTF-8", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "DEBIAN_FRONTEND=noninteractive"},
	}, 30*time.Second)
	if err != nil {
		return result{}, err
	}
	var started struct{ PID int }
	if err := json.Unmarshal(said, &started); err != nil {
		return result{}, err
	}
	pause := 50 * time.Millisecond
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(pause) {
		said, err := a.do("guest-exec-status", arguments{"pid": started.PID}, 30*time.Second)
		if err != nil {
			return result{}, err
		}
		var s struct {
			Exited   bool
			ExitCode int
			Signal   int
			Out      []byte `json:"out-data"`
			Err      []byte `json:"err-data"`
		}
		if err := json.Unmarshal(said, &s); err != nil {
			return result{}, err
		}
		if s.Exited {
			code := s.ExitCode
			if s.Signal != 0 {
				code = 128 + s.Signal
			}
			return result{code, string(s.Out), string(s.Err)}, nil
		}
		pause = min(2*pause, time.Second)
	}
	return result{}, fmt.Errorf("%s %s did not end in %v in the guest", name, strings.Join(args, " "), patience)
}

// write makes a file in the guest.
func (a *agent) write(path string, content []byte) error {
	handle, err := a.open(path)
	if err != nil {
		return err
	}
	const piece = 1 << 20
	for len(content) > 0 {
		n := min(piece, len(content))
		args := arguments{"handle": handle, "buf-b64": base64.StdEncoding.EncodeToString(content[:n])}
		said, err := a.do("guest-file-write", args, time.Minute)
		if err != nil {
			return err
		}
		var wrote struct{ Count int }
		if err := json.Unmarshal(said, &wrote); err != nil || wrote.Count == 0 {
			return fmt.Errorf("the agent wrote nothing more to %s", path)
		}
		content = content[wrote.Count:]
	}
	_, err = a.do("guest-file-close", arguments{"handle": handle}, time.Minute)
	return err
}

func (a *agent) open(path string) (handle int, err error) {
	said, err := a.do("guest-file-open", arguments{"path": path, "mode": "w"}, time.Minute)
	if err != nil {
		return 0, err
	}
	return handle, json.Unmarshal(said, &handle)
}
