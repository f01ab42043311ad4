package cgroup

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// subgroup is where the service's own processes are, so that its group has none, and may have groups with limits
// (cgroups(7), « no internal processes »).
const subgroup = "service"

// root is where systemd mounts the cgroup2.
const root = "/sys/fs/cgroup"

// Delegated is the directory of the group that systemd gave this service, in which New may be called after Settle. It gives
// an error when this process is no such service.
func Delegated() (string, error) {
	own, err := ownGroup()
	if err != nil {
		return "", err
	}
	if path.Base(own) != subgroup || path.Dir(own) == "/" {
		return "", errors.New("systemd gave the service no group of its own: its unit needs Delegate=")
	}
	return filepath.Join(root, path.Dir(own)), nil
}

// Settle takes this process from the group that systemd gave its service to the subgroup, as DelegateSubgroup= would in a
// systemd of 254 or later. One that is in no service's own group stays where it is.
func Settle() error {
	own, err := ownGroup()
	if err != nil {
		return err
	}
	if path.Ext(own) != ".service" {
		return nil
	}
	dir := filepath.Join(root, own, subgroup)
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("cannot make a group for the service: %w", withoutPath(err))
	}
	if err := write(dir, "cgroup.procs", "0"); err != nil {
		return fmt.Errorf("cannot go to the group of the service: %w", err)
	}
	return nil
}

// ownGroup is the group of this process, from the root of the tree.
func ownGroup() (string, error) {
	data, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return "", fmt.Errorf("cannot read the group of the service: %w", err)
	}
	return unified(string(data))
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
