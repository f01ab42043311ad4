package station_test

import (
	"bytes"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/sessiontest"
)

// slowClamd stands for a clamd that takes its time, which the real one does not do on demand: all is clean, but for EICAR.
func slowClamd(t testing.TB, takes time.Duration) session.Path {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "clamd")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.AcceptUnix()
			if err != nil {
				return
			}
			go answerSlowly(conn, takes)
		}
	}()
	return session.Path(socket)
}

func answerSlowly(conn *net.UnixConn, takes time.Duration) {
	defer conn.Close()
	command := make([]byte, len("zFILDES\x00"))
	if _, err := io.ReadFull(conn, command); err != nil {
		return
	}
	if command[1] == 'V' {
		_, _ = io.WriteString(conn, "ClamAV 1.4.6/27812/"+time.Now().UTC().Format(time.ANSIC)+"\x00")
		return
	}
	oob := make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := conn.ReadMsgUnix(make([]byte, 1), oob)
	if err != nil {
		return
	}
	messages, _ := unix.ParseSocketControlMessage(oob[:n])
	for _, m := range messages {
		fds, _ := unix.ParseUnixRights(&m)
		for _, fd := range fds {
			f := os.NewFile(uintptr(fd), "")
			content, _ := io.ReadAll(io.NewSectionReader(f, 0, 1<<10))
			_ = f.Close()
			if bytes.Contains(content, []byte(sessiontest.EICAR())) {
				_, _ = io.WriteString(conn, "fd[9]: Eicar FOUND\x00")
				return
			}
		}
	}
	time.Sleep(takes)
	_, _ = io.WriteString(conn, "fd[9]: OK\x00")
}
