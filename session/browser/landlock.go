package browser

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// scopeThread keeps the calling thread, and all that it starts from now on, away from the abstract sockets of the host
// and from its processes. The sandbox shares the host's network, and with it the sockets that have a name and no file:
// an X server's, an old message bus's. Linux 6.12 and later can close them (Landlock ABI 6, landlock(7)); earlier ones
// cannot, and then nothing is changed.
//
// An X client is let through to them: libxcb tries the server's abstract socket first, and takes a refusal as final.
//
// It cannot be undone: the thread must end with what it started.
func scopeThread(x11 bool) error {
	const version = 1 // LANDLOCK_CREATE_RULESET_VERSION
	abi, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, version)
	if errno != 0 || abi < 6 {
		return nil
	}
	rules := struct{ accessFS, accessNet, scoped uint64 }{
		scoped: unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL,
	}
	if x11 {
		rules.scoped = unix.LANDLOCK_SCOPE_SIGNAL
	}
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&rules)), unsafe.Sizeof(rules), 0)
	if errno != 0 {
		return errno
	}
	defer unix.Close(int(fd))
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, fd, 0, 0); errno != 0 {
		return errno
	}
	return nil
}
