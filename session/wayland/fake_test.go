package wayland

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// compositor is a fake one, that plays its part until it returns.
func compositor(t testing.TB, play func(*net.UnixConn)) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "wayland-1")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path})
	if err != nil {
		t.Fatal(err)
	}
	serve(t, l, play)
	return path
}

func serve(t testing.TB, l *net.UnixListener, play func(*net.UnixConn)) {
	done := make(chan struct{})
	t.Cleanup(func() { l.Close(); <-done })
	go func() {
		defer close(done)
		for {
			c, err := l.AcceptUnix()
			if err != nil {
				return
			}
			_ = c.SetDeadline(time.Now().Add(time.Minute))
			play(c)
			c.Close()
		}
	}()
}

// says is a compositor that says this whatever it is asked, then nothing for as long as the client stays.
func says(b []byte) func(*net.UnixConn) {
	return func(c *net.UnixConn) {
		if _, err := c.Write(b); err == nil {
			_, _ = io.Copy(io.Discard, c)
		}
	}
}

func global(name uint32, iface string, version uint32) []byte {
	return request(display+1, registryGlobal, name, iface, version)
}

// The objects that a client makes first: the registry, and the callback of its first round trip.
const firstCallback = display + 2

func done(callback uint32) []byte { return request(callback, callbackDone, uint32(0)) }

// TestBadCompositors: none keeps the caller waiting, and each gives an error.
func TestBadCompositors(t *testing.T) {
	header := func(size, opcode uint32) []byte {
		b := order.AppendUint32(nil, display+1)
		return order.AppendUint32(b, size<<16|opcode)
	}
	flood := func(b []byte) func(*net.UnixConn) {
		return func(c *net.UnixConn) {
			for {
				if _, err := c.Write(b); err != nil {
					return
				}
			}
		}
	}
	for _, p := range []struct {
		name string
		play func(*net.UnixConn)
		is   error // nil for any
	}{
		{"silent", says(nil), os.ErrDeadlineExceeded},
		{"gone", func(c *net.UnixConn) { _, _ = c.Read(make([]byte, 1)) }, nil},
		{"another protocol", says([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")), errGarbage},
		{"a message without a header", says(header(4, 0)), errGarbage},
		{"a message without end", says(header(65532, 0)), errGarbage},
		{"a message of half words", says(header(10, 0)), errGarbage},
		{"a message of nobody", says(make([]byte, 64)), errGarbage},
		{"half a message", func(c *net.UnixConn) { _, _ = c.Write(header(64, 0)) }, nil},
		{"a name longer than its message", says(request(display+1, registryGlobal, uint32(1), uint32(1<<31))), errGarbage},
		{"a name without end", says(append(header(20, 0), "\x01\x00\x00\x00\x04\x00\x00\x00wxyz"...)), errGarbage},
		{"too many globals", flood(global(1, "wl_output", 4)), errGarbage},
		{"talk without end", flood(request(99, 7)), os.ErrDeadlineExceeded},
		{"an error", says(request(display, displayError, uint32(7), uint32(3), "nested")), nil},
		{"nothing offered", says(done(firstCallback)), ErrUnsupported},
	} {
		t.Run(p.name, func(t *testing.T) {
			socket := compositor(t, p.play)
			path := filepath.Join(t.TempDir(), "wayland-0")
			begun := time.Now()
			within := time.Minute // for a computer that is busy with more
			if p.is == os.ErrDeadlineExceeded {
				within = 300 * time.Millisecond
			}
			ctx, cancel := context.WithTimeout(t.Context(), within)
			defer cancel()
			closer, err := Offer(ctx, socket, path, nil)
			if err == nil || closer != nil || p.is != nil && !errors.Is(err, p.is) {
				t.Errorf("Offer answers %v, %v", closer, err)
			}
			if p.name == "an error" && !strings.Contains(err.Error(), `object 7, error 3, "nested"`) {
				t.Errorf("the error does not say why: %v", err)
			}
			if took := time.Since(begun); took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
			if _, err := os.Lstat(path); !os.IsNotExist(err) {
				t.Errorf("a socket is left behind: %v", err)
			}
		})
	}
}

// TestNoCompositor is an error, not a wait.
func TestNoCompositor(t *testing.T) {
	if _, err := WatchIdle(t.Context(), t.TempDir()+"/wayland-1", time.Second); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("WatchIdle: %v", err)
	}
	if _, err := Globals(t.Context(), t.TempDir()+"/wayland-1"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Globals: %v", err)
	}
}

// TestSentDescriptorsAreDropped: a compositor cannot fill our table of descriptors.
func TestSentDescriptorsAreDropped(t *testing.T) {
	socket := compositor(t, func(c *net.UnixConn) {
		for range 20 {
			_, _, _ = c.WriteMsgUnix(global(1, "wl_output", 4), unix.UnixRights(0, 0, 0), nil)
		}
		says(done(firstCallback))(c)
	})
	ctx := deadline(t)
	before := descriptors(t)
	c, err := dial(ctx, socket)
	if err != nil {
		t.Fatal(err)
	}
	// One for our end and one for the fake's.
	if after := descriptors(t); after > before+2 {
		t.Errorf("%d descriptors before, %d with a connection", before, after)
	}
	c.close()
}

func descriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// TestACompositorThatOnlySaysYes takes the socket and the names, and offers everything there all the same.
func TestACompositorThatOnlySaysYes(t *testing.T) {
	offers := slices.Concat(global(1, managerInterface, 1), global(2, "wl_compositor", 6), done(firstCallback))
	const manager = firstCallback + 1
	const created = manager + 1
	heard := make(chan []byte, 1)
	hung := make(chan error, 1)
	socket := compositor(t, func(c *net.UnixConn) {
		_, _ = c.Write(offers)
		bytes, files := hear(c, created+1)
		heard <- bytes
		if len(files) != 2 {
			return
		}
		l, err := net.FileListener(files[0])
		files[0].Close()
		if err != nil {
			return
		}
		l.(*net.UnixListener).SetUnlinkOnClose(false)
		go func() { // the lifeline
			_, err := files[1].Read(make([]byte, 1))
			files[1].Close()
			hung <- err
		}()
		serve(t, l.(*net.UnixListener), says(offers))
		says(done(created + 1))(c)
	})
	path := filepath.Join(t.TempDir(), "wayland-0")
	_, err := Offer(deadline(t), socket, path, nil)
	if err == nil || !strings.Contains(err.Error(), "offers the browser "+managerInterface) {
		t.Errorf("Offer answers %v", err)
	}
	if _, err := os.Lstat(path); !os.IsNotExist(err) {
		t.Errorf("a socket is left behind: %v", err)
	}
	if err := <-hung; err != io.EOF {
		t.Errorf("the compositor was not told to stop: %v", err)
	}
	got := <-heard
	want := slices.Concat(
		request(display, displayGetRegistry, uint32(display+1)),
		request(display, displaySync, uint32(firstCallback)),
		request(display+1, registryBind, uint32(1), managerInterface, uint32(1), uint32(manager)),
		request(manager, managerCreate, uint32(created)),
		request(created, contextEngine, "org.estran"),
		request(created, contextAppID, "org.estran.Browser"),
	)
	if !strings.HasPrefix(string(got), string(want)) {
		t.Errorf("the compositor heard\n%q\nwant\n%q and more", got, want)
	}
}

// hear reads requests until this callback is asked for, and takes the descriptors that come along.
func hear(c *net.UnixConn, callback uint32) (all []byte, files []*os.File) {
	buf, rights := make([]byte, 4096), make([]byte, 256)
	for !strings.HasSuffix(string(all), string(request(display, displaySync, callback))) {
		n, rn, _, _, err := c.ReadMsgUnix(buf, rights)
		if err != nil {
			return all, files
		}
		all = append(all, buf[:n]...)
		messages, _ := unix.ParseSocketControlMessage(rights[:rn])
		for _, m := range messages {
			fds, _ := unix.ParseUnixRights(&m)
			for _, fd := range fds {
				files = append(files, os.NewFile(uintptr(fd), "received"))
			}
		}
	}
	return all, files
}
