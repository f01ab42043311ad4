package wayland

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Offer makes a socket at path, which only the owner can use (nil: the caller), and has the compositor accept
// unprivileged clients there. It then looks at it as a client, and gives an error when something in Privileged is
// offered there all the same. path must not exist. The closer ends it and removes the socket.
//
// Errors: ErrUnsupported as for SecurityContext; nothing is left behind.
func Offer(ctx context.Context, compositor, path string, owner *syscall.Credential) (io.Closer, error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	listen, err := listenAt(path, owner)
	if err != nil {
		return nil, err
	}
	defer listen.Close()
	lifeline, err := SecurityContext(ctx, compositor, listen, Context{
		Engine: "org.estran", AppID: "org.estran.Browser", InstanceID: rand.Text(),
	})
	if err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	o := &offer{lifeline: lifeline, path: path}
	if err := unprivileged(ctx, path); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

// offer is a socket on which a compositor accepts unprivileged clients.
type offer struct {
	lifeline io.Closer
	path     string
}

func (o *offer) Close() error {
	err := o.lifeline.Close()
	if e := os.Remove(o.path); !errors.Is(e, os.ErrNotExist) {
		err = errors.Join(err, e)
	}
	return err
}

// listenAt makes a socket that listens at path. It is nobody else's for a single moment: the mode that it has before it
// gets its name stays (unix_bind in net/unix/af_unix.c).
func listenAt(path string, owner *syscall.Credential) (*os.File, error) {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot make a socket: %w", err)
	}
	f := os.NewFile(uintptr(fd), "wayland")
	err = unix.Fchmod(fd, 0o600)
	if err == nil {
		err = unix.Bind(fd, &unix.SockaddrUnix{Name: path})
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("cannot make the browser's socket: %w", err)
	}
	if err = unix.Listen(fd, unix.SOMAXCONN); err == nil && owner != nil {
		err = unix.Lchown(path, int(owner.Uid), int(owner.Gid))
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("cannot give the browser its socket: %w", errors.Join(err, os.Remove(path)))
	}
	return f, nil
}
