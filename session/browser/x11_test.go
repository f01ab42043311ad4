package browser

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"estran/session"
)

// xServer is an X server that nobody sees, with a cookie made for this computer's name.
func xServer(t testing.TB) (Display, *exec.Cmd) {
	t.Helper()
	need(t, "Xvfb")
	number := 90 + os.Getpid()%900
	display := ":" + strconv.Itoa(number)
	dir, err := os.MkdirTemp("", "estran-x-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	cookie := append([]byte{1}, entry(0, host, strconv.Itoa(number), "MIT-MAGIC-COOKIE-1", "0123456789abcdef")[1:]...)
	authority := filepath.Join(dir, "authority")
	if err := os.WriteFile(authority, cookie, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("Xvfb", display, "-screen", "0", "1280x800x24", "-auth", authority, "-nolisten", "tcp")
	var log bytes.Buffer
	cmd.Stderr = &log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if isHostRoot() {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		// The socket of the server before it, which was killed, may still be there.
		if conn, err := net.Dial("unix", x11Socket(display)); err == nil {
			conn.Close()
			return Display{X11: display, XAuthority: authority}, cmd
		}
	}
	t.Fatalf("the X server does not listen: %s", log.String())
	return Display{}, nil
}

func TestFirefoxUnderX(t *testing.T) {
	c := firefoxConfig(t)
	display, server := xServer(t)
	c.Headless, c.Display = false, display
	b := started(t, c)
	await(t, b, Shown, patience)
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if e := exited(t, b, patience); e.Problem != session.BrowserNoDisplay {
		t.Errorf("its display went away, and it ended with %q", e.Problem)
	}
}

// Without its cookie the server refuses: the sandbox can show nothing, and says so.
func TestFirefoxUnderXWithoutCookie(t *testing.T) {
	c := firefoxConfig(t)
	c.Headless = false
	c.Display, _ = xServer(t)
	c.Display.XAuthority = ""
	b := started(t, c)
	if e := exited(t, b, patience); e.Problem != session.BrowserNoStart {
		t.Errorf("it ended with %q", e.Problem)
	}
}

// A visitor clicks on a page's file field: the picker opens on the documents, and the paper goes to the site.
func TestFirefoxUploadsFromTheDocuments(t *testing.T) {
	need(t, "xdotool")
	c := firefoxConfig(t)
	c.Headless = false
	c.Display, _ = xServer(t)
	page := newSite(t, map[string]string{"/": `<!DOCTYPE html><title>Mairie</title>
		<style>body { margin: 0 } input { display: block; width: 100vw; height: 100vh; background: #eee }</style>
		<input type=file>
		<script>
			const field = document.querySelector("input");
			field.onclick = () => fetch("/clicked");
			field.onchange = async () => fetch("/sent", { method: "POST", body: await field.files[0].text() });
			onload = () => fetch("/ready");
		</script>`})
	c.Sites = []session.Site{page.Site()}
	c.Start = session.Private(page.URL + "/")
	const paper = "le papier de la visiteuse"
	path := filepath.Join(c.Documents, "papier.txt")
	if err := os.WriteFile(path, []byte(paper), 0o644); err != nil {
		t.Fatal(err)
	}
	b := started(t, c)
	page.await(t, "/ready", time.Minute)
	xdo := func(args ...string) {
		cmd := exec.Command("xdotool", args...)
		cmd.Env = append(os.Environ(), "DISPLAY="+c.Display.X11, "XAUTHORITY="+c.Display.XAuthority)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("xdotool: %v: %s", err, out)
		}
	}
	xdo("mousemove", "30", "300") // the middle of the button, wherever the window ends
	for range 20 {
		xdo("click", "1")
		if _, clicked := page.asked("/clicked", time.Second); clicked {
			break
		}
	}
	for range 20 { // the picker takes its time to open
		xdo("key", "Down", "Return")
		if sent, ok := page.asked("/sent", time.Second); ok {
			if sent != paper {
				t.Errorf("the site received %q", sent)
			}
			b.Close()
			return
		}
	}
	t.Fatal("the site received nothing")
}
