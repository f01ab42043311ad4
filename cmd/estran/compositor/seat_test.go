package compositor

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"estran/session/sessiontest"
)

// seat is a headless sway with the layout of the station, and foot in it as the kiosk's terminal.
type seat struct {
	t      testing.TB
	dir    string // its XDG_RUNTIME_DIR
	attr   *syscall.SysProcAttr
	cmd    *exec.Cmd
	ended  chan struct{} // closed when sway has ended
	foot   int           // the process of the kiosk's window
	inside int           // the process in its terminal
}

// layoutFile is the configuration of the station's sway; the layout is between these two lines.
const (
	layoutFile  = "../../../packaging/deb/root/usr/share/estran/sway.conf"
	layoutBegin = "# ---- where windows go: begin ----\n"
	layoutEnd   = "# ---- where windows go: end ----\n"
)

func layoutSection(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(layoutFile)
	if err != nil {
		t.Fatal(err)
	}
	_, section, begins := strings.Cut(string(text), layoutBegin)
	section, _, ends := strings.Cut(section, layoutEnd)
	if !begins || !ends {
		t.Fatalf("%s does not say where windows go", layoutFile)
	}
	return section
}

// kioskColour is what the kiosk's terminal shows where it is empty.
var kioskColour = [3]byte{0x12, 0x34, 0x56}

// footConfig is that of the station: all of it where foot knows it, or else what every foot knows.
func footConfig(t testing.TB) string {
	t.Helper()
	const dir = "../../../packaging/deb/root/usr/share/estran/"
	base, err1 := os.ReadFile(dir + "foot-base.ini")
	later, err2 := os.ReadFile(dir + "foot.ini")
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	whole := string(base) + "[main]\n" + strings.Replace(string(later), "\ninclude=", "\n#", 1)
	at := filepath.Join(t.TempDir(), "foot.ini")
	if err := os.WriteFile(at, []byte(whole), 0o600); err != nil {
		t.Fatal(err)
	}
	if exec.Command("foot", "--check-config", "--config", at).Run() != nil {
		return string(base)
	}
	return whole
}

// newSeat starts sway on a display of this size as a user that is not root, which sway refuses to be.
func newSeat(t testing.TB, width, height int) *seat {
	t.Helper()
	return newSeatWith(t, width, height, "sleep 600")
}

// newSeatWith has a program in the kiosk's terminal.
func newSeatWith(t testing.TB, width, height int, program string) *seat {
	t.Helper()
	sessiontest.Need(t, "sway", "foot")
	dir, err := os.MkdirTemp("", "estran-seat-")
	if err != nil {
		t.Fatal(err)
	}
	s := &seat{t: t, dir: dir, ended: make(chan struct{}), attr: &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if os.Getuid() == 0 {
		const nobody = 65534
		s.attr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	s.write("foot.ini", footConfig(t))
	s.write("kiosk", "printf '\\033]11;#123456\\007'\necho $$ >"+dir+"/inside\nexec "+program+"\n")
	s.write("sway.conf", fmt.Sprintf("%s\nxwayland disable\noutput HEADLESS-1 resolution %dx%d\n"+
		"exec \"foot --config %s/foot.ini --app-id estran sh %s/kiosk; swaymsg exit\"\n",
		layoutSection(t), width, height, dir, dir))
	var log bytes.Buffer
	s.cmd = s.command("sway", "--config", filepath.Join(dir, "sway.conf"))
	s.cmd.Stderr = &log
	if err := s.cmd.Start(); err != nil {
		t.Fatalf("cannot start sway: %v", err)
	}
	go func() { _ = s.cmd.Wait(); close(s.ended) }()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		<-s.ended
		if t.Failed() {
			t.Log(log.String())
		}
	})
	s.eventually("the kiosk's window is there", func() bool {
		text, err := os.ReadFile(filepath.Join(dir, "inside"))
		if err != nil {
			return false
		}
		s.inside, _ = strconv.Atoi(strings.TrimSpace(string(text)))
		root, err := tree(t.Context(), s.socket())
		if err != nil || s.inside == 0 {
			return false
		}
		w, err := root.windowOf(ancestors(s.inside))
		s.foot = w.PID
		return err == nil
	})
	return s
}

func (s *seat) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *seat) socket() string { return filepath.Join(s.dir, "sway.sock") }

// command prepares a program of the seat.
func (s *seat) command(name string, args ...string) *exec.Cmd {
	path, err := exec.LookPath(name)
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir, cmd.SysProcAttr = "/", s.attr
	cmd.Env = []string{
		"PATH=/usr/bin:/bin", "HOME=" + s.dir, "XDG_RUNTIME_DIR=" + s.dir, "SWAYSOCK=" + s.socket(), "LANG=C.UTF-8",
		"SHELL=/bin/sh",
	}
	if name == "sway" {
		cmd.Env = append(cmd.Env, "WLR_BACKENDS=headless", "WLR_LIBINPUT_NO_DEVICES=1", "WLR_RENDERER=pixman")
	} else {
		cmd.Env = append(cmd.Env, "WAYLAND_DISPLAY=wayland-1")
	}
	return cmd
}

// starts starts a program in the seat, until the test ends.
func (s *seat) starts(name string, args ...string) *exec.Cmd {
	s.t.Helper()
	cmd := s.command(name, args...)
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd
}

// opens opens another window, which runs a command, and gives its id.
func (s *seat) opens(appID string, more ...string) int64 {
	s.t.Helper()
	args := append([]string{"--config", s.dir + "/foot.ini", "--app-id", appID}, more...)
	cmd := s.starts("foot", append(args, "sh", "-c", "while :; do sleep 1; done")...)
	var id int64
	s.eventually("the window of "+appID+" is there", func() bool {
		id = s.windowOf(cmd.Process.Pid).ID
		return id != 0
	})
	return id
}

// desk is a Desk for the kiosk of this seat.
func (s *seat) desk() *Desk {
	s.t.Helper()
	terminal, err := os.OpenFile(fmt.Sprintf("/proc/%d/fd/0", s.inside), os.O_RDONLY|syscall.O_NOCTTY, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { terminal.Close() })
	d, err := Open(s.t.Context(), Options{Socket: s.socket(), PID: s.inside, Terminal: terminal})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(d.Close)
	return d
}

// rows are those of the kiosk's terminal.
func (s *seat) rows(d *Desk) int {
	c, _ := cellOf(d.terminal)
	return c.rows
}

// patience is how long a seat may take for anything, on a computer that is busy with more.
const patience = time.Minute

// within says that something comes to be so in time.
func (s *seat) within(d time.Duration, is func() bool) bool {
	for deadline := time.Now().Add(d); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if is() {
			return true
		}
	}
	return false
}

func (s *seat) eventually(what string, is func() bool) {
	s.t.Helper()
	if s.within(patience, is) {
		return
	}
	s.picture(strings.ReplaceAll("never-"+what+"-"+s.t.Name(), "/", "-"))
	s.t.Fatalf("never: %s", what)
}

// picture takes a picture into the directory that ESTRAN_PICTURES names, if it does.
func (s *seat) picture(name string) {
	s.t.Helper()
	dir := os.Getenv("ESTRAN_PICTURES")
	if dir == "" {
		return
	}
	sessiontest.Need(s.t, "grim")
	time.Sleep(time.Second) // until all is drawn
	png, err := s.command("grim", "-").Output()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		s.t.Fatal(err)
	}
}
