package main

import (
	"fmt"
	"os/user"
	"strconv"
	"syscall"
)

// visitorName is whom the browser runs as.
const visitorName = "estran-visitor"

// credentialOf is a user of the package's own (sysusers.d/estran.conf).
func credentialOf(name string) (*syscall.Credential, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return nil, fmt.Errorf("cannot find the user %s: run systemd-sysusers: %w", name, err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if err1 != nil || err2 != nil || uid == 0 {
		return nil, fmt.Errorf("cannot use the user %s: its numbers are %s and %s", name, u.Uid, u.Gid)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}
