package scan_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/scan"
)

// faulty is a clamd for what the real one does not do on demand. handle serves one connection, whose command was read;
// it is closed afterwards.
func faulty(t *testing.T, handle func(conn *net.UnixConn, command string)) string {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "clamd")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket})
	check(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.AcceptUnix()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				handle(conn, readCommand(conn))
			}()
		}
	}()
	return socket
}

// readCommand reads byte by byte, so as to leave the descriptor that follows.
func readCommand(conn *net.UnixConn) string {
	var command []byte
	for b := make([]byte, 1); ; command = append(command, b[0]) {
		if _, err := conn.Read(b); err != nil || b[0] == 0 {
			return string(command)
		}
	}
}

// received reads the content of the descriptor that was sent.
func received(conn *net.UnixConn) []byte {
	oob := make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := conn.ReadMsgUnix(make([]byte, 1), oob)
	if err != nil {
		return nil
	}
	messages, err := unix.ParseSocketControlMessage(oob[:n])
	if err != nil || len(messages) == 0 {
		return nil
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(fds) == 0 {
		return nil
	}
	f := os.NewFile(uintptr(fds[0]), "received")
	defer f.Close()
	content, _ := io.ReadAll(io.NewSectionReader(f, 0, 1<<20))
	return content
}

// onFile answers like a healthy clamd, except on files that are not the control.
func onFile(reply func(conn *net.UnixConn)) func(*net.UnixConn, string) {
	return func(conn *net.UnixConn, command string) {
		switch command {
		case "zVERSION":
			_, _ = io.WriteString(conn, version(time.Now()))
		case "zFILDES":
			if bytes.Contains(received(conn), eicar) {
				_, _ = io.WriteString(conn, "fd[9]: Test FOUND\x00")
				return
			}
			reply(conn)
		case "zINSTREAM":
			reply(conn)
		}
	}
}

// version is an answer to VERSION of a clamd whose base is of that day.
func version(day time.Time) string {
	return "ClamAV 1.4.6/27812/" + day.UTC().Format(time.ANSIC) + "\x00"
}

func say(s string) func(*net.UnixConn) {
	return func(conn *net.UnixConn) { _, _ = io.WriteString(conn, s) }
}

func hang(conn *net.UnixConn) { _, _ = io.Copy(io.Discard, conn) }

func TestFaultsAreNeverClean(t *testing.T) {
	cases := map[string]struct {
		handle func(*net.UnixConn, string)
		want   session.Reason
		hangs  bool
	}{
		"silent from the start":  {func(c *net.UnixConn, _ string) { hang(c) }, session.ReasonAntivirusSilent, true},
		"closes at once":         {func(*net.UnixConn, string) {}, session.ReasonAntivirusSilent, false},
		"rubbish from the start": {func(c *net.UnixConn, _ string) { say("hello\x00")(c) }, session.ReasonAntivirusRubbish, false},
		"OK to all":              {func(c *net.UnixConn, _ string) { say("fd[9]: OK\x00")(c) }, session.ReasonNoSignatures, false},
		"hangs on the file":      {onFile(hang), session.ReasonAntivirusSilent, true},
		"dies on the file":       {onFile(func(*net.UnixConn) {}), session.ReasonAntivirusSilent, false},
		"dies half-way through its reply": {
			onFile(say("fd[9]: OK")), session.ReasonAntivirusSilent, false,
		},
		"a reply without end":        {onFile(say(strings.Repeat("fd[9]: OK", 1<<16))), session.ReasonAntivirusRubbish, false},
		"an OK about something else": {onFile(say("/etc/passwd: OK\x00")), session.ReasonAntivirusRubbish, false},
		"an OK that goes on":         {onFile(say("fd[9]: OK, mostly\x00")), session.ReasonAntivirusRubbish, false},
		"an empty reply":             {onFile(say("\x00")), session.ReasonAntivirusRubbish, false},
		"an error":                   {onFile(say("fd[9]: Can't read file ERROR\x00")), session.ReasonAntivirusRubbish, false},
		"a limit":                    {onFile(say("fd[9]: Heuristics.Limits.Exceeded.MaxScanTime FOUND\x00")), session.ReasonLimit, false},
		"a password":                 {onFile(say("fd[9]: Heuristics.Encrypted.PDF FOUND\x00")), session.ReasonEncrypted, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			timeout := time.Minute // so that what is answered does not come too late on a busy computer
			if c.hangs {
				timeout = 300 * time.Millisecond
			}
			s := scan.New(faulty(t, c.handle), timeout)
			start := time.Now()
			got := scanOf(t, s, "a.txt", []byte("bonjour"))
			if diff := cmp.Diff(unchecked(c.want), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestAHealthyFakeIsClean(t *testing.T) {
	// What the faults are held against: the same fake without a fault.
	s := scan.New(faulty(t, onFile(say("fd[9]: OK\x00"))), time.Minute)
	if diff := cmp.Diff(clean(), scanOf(t, s, "a.txt", []byte("bonjour"))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// AppArmor may forbid clamd to read what lies in the session's memory: then the bytes are sent, to the real clamd here.
func TestRefusedDescriptorsAreSentAsBytes(t *testing.T) {
	real := narrow(t).socket
	for name, refusal := range map[string]string{
		"unknown command":    "UNKNOWN COMMAND\x00",
		"no descriptor came": "No file descriptor received. ERROR\x00",
		"no right to read":   "fd[9]: Access denied ERROR\x00",
	} {
		t.Run(name, func(t *testing.T) {
			s := scan.New(faulty(t, func(conn *net.UnixConn, command string) {
				if command == "zFILDES" {
					received(conn)
					say(refusal)(conn)
					return
				}
				relay(conn, real, command)
			}), 20*time.Second)
			for content, want := range map[string]scan.Result{
				"bonjour":                         clean(),
				string(ours):                      suspect(session.ReasonVirus),
				strings.Repeat("long\n", 600<<10): clean(),
				strings.Repeat("long\n", 900<<10): unchecked(session.ReasonLimit),
			} {
				if diff := cmp.Diff(want, scanOf(t, s, "a.txt", []byte(content))); diff != "" {
					t.Errorf("%d bytes (-want +got)\n%s", len(content), diff)
				}
			}
		})
	}
}

func relay(conn *net.UnixConn, socket, command string) {
	clamd, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer clamd.Close()
	_, _ = io.WriteString(clamd, command+"\x00")
	go func() { _, _ = io.Copy(clamd, conn) }()
	reply, _ := bufio.NewReader(clamd).ReadBytes(0)
	_, _ = conn.Write(reply)
}

func TestCancelledScanReturnsAtOnce(t *testing.T) {
	s := scan.New(faulty(t, onFile(hang)), time.Minute)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	got := s.Scan(ctx, file(t, []byte("bonjour")), "a.txt", 7)
	if got.Verdict != session.Unchecked {
		t.Errorf("a scan that was cut is %v", got.Verdict)
	}
	if took := time.Since(start); took > 30*time.Second { // half of what the file may take
		t.Errorf("it took %v to let go", took)
	}
}

func TestSilentClamdDoesNotHoldUpEveryFile(t *testing.T) {
	s := scan.New(faulty(t, func(c *net.UnixConn, _ string) { hang(c) }), time.Second)
	start := time.Now()
	for range 50 {
		if got := scanOf(t, s, "a.txt", []byte("bonjour")); got.Verdict != session.Unchecked {
			t.Fatalf("a file is %v", got.Verdict)
		}
	}
	if took := time.Since(start); took > 25*time.Second { // half of what they would take one by one
		t.Errorf("50 files took %v", took)
	}
}

// The descriptor that leaves this process must not allow to change what was judged.
func TestClamdCannotWriteToTheFile(t *testing.T) {
	writable := make(chan bool, 10)
	s := scan.New(faulty(t, func(conn *net.UnixConn, command string) {
		if command == "zVERSION" {
			say(version(time.Now()))(conn)
			return
		}
		oob := make([]byte, unix.CmsgSpace(4))
		_, n, _, _, _ := conn.ReadMsgUnix(make([]byte, 1), oob)
		messages, _ := unix.ParseSocketControlMessage(oob[:n])
		for _, m := range messages {
			fds, _ := unix.ParseUnixRights(&m)
			for _, fd := range fds {
				_, err := unix.Write(fd, []byte("x"))
				writable <- err == nil
				_ = unix.Close(fd)
			}
		}
		say("fd[9]: Test FOUND\x00")(conn)
	}), time.Minute)
	scanOf(t, s, "a.txt", []byte("bonjour"))
	close(writable)
	seen := 0
	for w := range writable {
		if seen++; w {
			t.Error("clamd was given a descriptor it can write to")
		}
	}
	if seen == 0 {
		t.Error("no descriptor was sent")
	}
}
