package cgroup

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// subgroup is what DelegateSubgroup= of the service names: systemd keeps the service's own processes there, so that its
// group has none, and may have groups with limits (cgroups(7), « no internal processes »).
const subgroup = "service"

// root is where systemd mounts the cgroup2.
const root = "/sys/fs/cgroup"

// Delegated is the directory of the group that systemd gave this service, in which New may be called. It gives an error
// when this process is no such service.
func Delegated() (string, error) {
	data, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return "", fmt.Errorf("cannot read the group of the service: %w", err)
	}
	own, err := unified(string(data))
	if err != nil {
		return "", err
	}
	if path.Base(own) != subgroup || path.Dir(own) == "/" {
		return "", errors.New("systemd gave the service no group of its own: its unit needs Delegate= and DelegateSubgroup=")
	}
	return filepath.Join(root, path.Dir(own)), nil
}

// unified finds the group in /proc/PID/cgroup, whose line of cgroup2 begins with 0:: (cgroups(7)). A path that leaves
// the namespace's tree is none.
func unified(data string) (string, error) {
	for line := range strings.Lines(data) {
		if own, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "0::"); ok {
			if own != path.Clean(own) || !path.IsAbs(own) || strings.HasPrefix(own, "/../") || own == "/.." {
				break
			}
			return own, nil
		}
	}
	return "", errors.New("this process is in no group of a cgroup2")
}
