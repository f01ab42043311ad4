package wayland

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"estran/session/sessiontest"
)

func interfaces(t testing.TB, socket string) []string {
	t.Helper()
	globals, err := Globals(deadline(t), socket)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, g := range globals {
		names = append(names, g.Interface)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestACompositorWithoutContexts says so, leaves nothing behind, and can still show its own socket.
func TestACompositorWithoutContexts(t *testing.T) {
	s := startSway(t)
	if slices.Contains(interfaces(t, s.socket()), managerInterface) {
		t.Skip("the compositor of this computer has security contexts")
	}
	closer, err := Offer(deadline(t), s.socket(), s.offered(), s.visitor())
	if !errors.Is(err, ErrUnsupported) || closer != nil {
		t.Fatalf("Offer answers %v, %v", closer, err)
	}
	if _, err := os.Lstat(s.offered()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a socket is left behind: %v", err)
	}
}

// TestWhatABrowserIsOffered is the list by which the browser's socket is judged, on a real compositor.
func TestWhatABrowserIsOffered(t *testing.T) {
	s := startSway(t)
	s.offer(t)
	all, some := interfaces(t, s.socket()), interfaces(t, s.offered())
	for _, name := range all {
		switch {
		case slices.Contains(some, name):
			t.Log("offered   ", name)
		case slices.Contains(Privileged, name):
			t.Log("hidden    ", name)
		default:
			t.Log("hidden too", name)
		}
	}
	for _, name := range []string{
		"zwlr_screencopy_manager_v1", "zwlr_export_dmabuf_manager_v1", "zwp_virtual_keyboard_manager_v1",
		"zwlr_virtual_pointer_manager_v1", "zwlr_data_control_manager_v1", "zwlr_layer_shell_v1",
		"ext_session_lock_manager_v1", "zwlr_foreign_toplevel_manager_v1", managerInterface,
	} {
		if !slices.Contains(all, name) {
			t.Errorf("the compositor itself has no %s: this test sees nothing", name)
		}
		if slices.Contains(some, name) {
			t.Errorf("the browser is offered %s", name)
		}
	}
	for _, name := range []string{"wl_compositor", "wl_shm", "wl_seat", "wl_output", "xdg_wm_base"} {
		if !slices.Contains(some, name) {
			t.Errorf("the browser is not offered %s, which every window needs", name)
		}
	}
}

// TestProgramsOfAnIntruder runs what somebody who got hold of the browser would run, first where it works.
func TestProgramsOfAnIntruder(t *testing.T) {
	s := startSway(t)
	s.offer(t)
	sessiontest.Need(t, "grim", "wtype", "wl-copy", "wl-paste", "timeout")
	cp := s.command(kioskUID, s.runtime, "wayland-1", "wl-copy", "--foreground", "letter")
	if err := cp.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cp.Process.Kill(); _ = cp.Wait() }()
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		if pasted, _ := s.kiosk("wl-paste"); strings.Contains(pasted, "letter") {
			break // it is in the clipboard
		}
	}
	for _, p := range []struct{ what, program, works, fails string }{
		{"picture of the screen", "grim -", "PNG", "support wlr-screencopy"},
		{"keyboard of its own", "wtype a", "", "support the virtual keyboard"},
		{"clipboard without a window", "timeout 5 wl-paste --watch cat", "letter", "data-control"},
	} {
		args := strings.Fields(p.program)
		out, _ := s.kiosk(args[0], args[1:]...)
		if !strings.Contains(out, p.works) || strings.Contains(out, p.fails) {
			t.Errorf("%s fails on the compositor's own socket, so that this test sees nothing: %s", p.what, out)
		}
		out, err := s.browser(args[0], args[1:]...)
		if err == nil || !strings.Contains(out, p.fails) {
			t.Errorf("%s: for the browser, %s ends with %v: %s", p.what, p.program, err, out)
		}
	}
}

// TestTheSocketIsTheBrowsersAlone looks at the file, as its owner and as somebody else.
func TestTheSocketIsTheBrowsersAlone(t *testing.T) {
	if !isRoot() {
		sessiontest.Missing(t, "only root can give a socket away")
	}
	dir := ownDir(t, visitorUID)
	old := syscall.Umask(0) // whatever the mask is
	defer syscall.Umask(old)
	f, err := listenAt(dir+"/wayland-0", &syscall.Credential{Uid: visitorUID, Gid: visitorUID})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := os.Lstat(dir + "/wayland-0")
	if err != nil {
		t.Fatal(err)
	}
	st := info.Sys().(*syscall.Stat_t)
	if info.Mode() != fs.ModeSocket|0o600 || st.Uid != visitorUID || st.Gid != visitorUID {
		t.Errorf("the socket is %v of %d:%d", info.Mode(), st.Uid, st.Gid)
	}
	if again, err := listenAt(dir+"/wayland-0", nil); err == nil {
		again.Close()
		t.Error("a socket takes the place of another one")
	}
}

// TestAWindowThroughTheOffer: a terminal opens where the browser would, and stays when the offer ends; nobody else can
// come any more.
func TestAWindowThroughTheOffer(t *testing.T) {
	sessiontest.Need(t, "foot")
	s := startSway(t)
	closer := s.offer(t)
	foot := s.command(visitorUID, s.display, "wayland-0", "foot", "--app-id", "witness", "sleep", "60")
	if err := foot.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = foot.Process.Kill(); _ = foot.Wait() }()
	s.awaitWindow(t, "witness")
	if err := closer.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(s.offered()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is left behind: %v", err)
	}
	s.awaitWindow(t, "witness")
	// The next browser of the session gets a socket of its own.
	s.offer(t)
	if len(interfaces(t, s.offered())) == 0 {
		t.Error("a second offer shows nothing")
	}
}

func (s *seat) awaitWindow(t testing.TB, appID string) {
	t.Helper()
	var tree string
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(100 * time.Millisecond) {
		tree, _ = s.kiosk("swaymsg", "-r", "-t", "get_tree")
		if strings.Contains(tree, `"app_id": "`+appID+`"`) {
			return
		}
	}
	t.Fatalf("sway shows no window of %s: %s", appID, tree)
}

// TestNobodyComesAfterTheOffer holds the path, whose removal proves nothing about the compositor.
func TestNobodyComesAfterTheOffer(t *testing.T) {
	s := startSway(t)
	closer := s.offer(t)
	kept := s.display + "/kept"
	if err := os.Link(s.offered(), kept); err != nil {
		t.Fatal(err)
	}
	if err := closer.Close(); err != nil {
		t.Fatal(err)
	}
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		if _, err := Globals(deadline(t), kept); errors.Is(err, syscall.ECONNREFUSED) {
			return
		}
	}
	t.Error("the compositor still listens after the end of the offer")
}

// BenchmarkOffer is from connecting to a committed context that was looked at.
func BenchmarkOffer(b *testing.B) {
	s := startSway(b)
	s.offer(b).Close()
	for b.Loop() {
		s.offer(b).Close()
	}
}
