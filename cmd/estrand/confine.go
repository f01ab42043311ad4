package main

import (
	"estran/session/cgroup"
	"estran/session/station"
)

// confiner makes the cgroup of a session's browser, below our own part of the tree (systemd.resource-control(5),
// Delegate=).
func confiner(memory int64) func() (station.Confinement, error) {
	return func() (station.Confinement, error) {
		parent, err := cgroup.Delegated()
		if err != nil {
			return nil, err
		}
		total, cores, err := cgroup.ThisComputer()
		if err != nil {
			return nil, err
		}
		group, err := cgroup.New(parent, "browser", cgroup.LimitsFor(total, memory, cores))
		if err != nil {
			return nil, err // and no interface around a group that is none
		}
		return group, nil
	}
}
