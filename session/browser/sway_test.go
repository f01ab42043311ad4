package browser

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// desktop is a headless sway, for windows that nobody sees.
type desktop struct {
	runtime string // its XDG_RUNTIME_DIR
	attr    *syscall.SysProcAttr
	cmd     *exec.Cmd
}

const swayConfig = `xwayland disable
default_border none
default_floating_border none
hide_edge_borders --i3 both
focus_follows_mouse no
output HEADLESS-1 resolution 1280x800
`

// startSway starts a compositor as the user that the sandbox runs as: sway refuses to be root, even of a namespace.
func startSway(t testing.TB) *desktop {
	t.Helper()
	need(t, "sway", "swaymsg")
	dir, err := os.MkdirTemp("", "estran-sway-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	d := &desktop{runtime: dir}
	d.attr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if isHostRoot() {
		d.attr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	} else {
		d.attr.Cloneflags = syscall.CLONE_NEWUSER
		d.attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 1000, HostID: 0, Size: 1}}
		d.attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 1000, HostID: 0, Size: 1}}
	}
	config := filepath.Join(dir, "config")
	if err := os.WriteFile(config, []byte(swayConfig), 0o644); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	d.cmd = d.command("sway", "-c", config)
	d.cmd.Stderr = &log
	if err := d.cmd.Start(); err != nil {
		t.Fatalf("cannot start sway: %v", err)
	}
	t.Cleanup(func() { _ = d.cmd.Process.Kill(); _ = d.cmd.Wait() })
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		if isSocket(d.wayland()) && d.ipc() != "" {
			return d
		}
	}
	t.Fatalf("sway made no socket: %s", log.String())
	return nil
}

func (d *desktop) wayland() string { return filepath.Join(d.runtime, "wayland-1") }

func (d *desktop) ipc() string {
	found, _ := filepath.Glob(filepath.Join(d.runtime, "sway-ipc.*"))
	if len(found) == 0 {
		return ""
	}
	return found[0]
}

// command prepares a program of the desktop.
func (d *desktop) command(name string, args ...string) *exec.Cmd {
	path, _ := exec.LookPath(name)
	cmd := exec.Command(path, args...)
	cmd.Dir = "/"
	cmd.SysProcAttr = d.attr
	cmd.Env = []string{
		"PATH=/usr/bin:/bin", "HOME=" + d.runtime, "XDG_RUNTIME_DIR=" + d.runtime, "SWAYSOCK=" + d.ipc(),
		"WAYLAND_DISPLAY=wayland-1", "WLR_BACKENDS=headless", "WLR_LIBINPUT_NO_DEVICES=1", "WLR_RENDERER=pixman",
	}
	if name == "sway" {
		cmd.Env = cmd.Env[:3]
		cmd.Env = append(cmd.Env, "WLR_BACKENDS=headless", "WLR_LIBINPUT_NO_DEVICES=1", "WLR_RENDERER=pixman")
	}
	return cmd
}

// titles are the titles of the windows that are mapped.
func (d *desktop) titles(t testing.TB) []string {
	t.Helper()
	out, err := d.command("swaymsg", "-r", "-t", "get_tree").Output()
	if err != nil {
		t.Fatalf("cannot ask sway: %v", err)
	}
	type node struct {
		Name  string `json:"name"`
		AppID string `json:"app_id"`
		PID   int    `json:"pid"`
		Nodes []node `json:"nodes"`
		Float []node `json:"floating_nodes"`
	}
	var root node
	if err := json.Unmarshal(out, &root); err != nil {
		t.Fatal(err)
	}
	var titles []string
	var walk func(n node)
	walk = func(n node) {
		if n.PID != 0 {
			titles = append(titles, n.Name)
		}
		for _, c := range append(n.Nodes, n.Float...) {
			walk(c)
		}
	}
	walk(root)
	return titles
}

// picture takes a picture of the screen into the directory that ESTRAN_PICTURES names, if it does.
func (d *desktop) picture(t testing.TB, name string) {
	t.Helper()
	dir := os.Getenv("ESTRAN_PICTURES")
	if dir == "" {
		return
	}
	need(t, "grim")
	time.Sleep(3 * time.Second) // until all is drawn
	png, err := d.command("grim", "-").Output()
	if err != nil {
		t.Fatalf("cannot take a picture: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
