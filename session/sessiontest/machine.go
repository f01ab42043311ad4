package sessiontest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Some tests need a cgroup2 that they rule. Where the computer has none, as in most containers, they run in a small
// machine of their own: a real kernel that is an ordinary program (User Mode Linux), whose first process is the test
// binary. It reads this computer's files, and writes to none.

const (
	cgroupRoot  = "/sys/fs/cgroup"
	machineEnv  = "ESTRAN_TEST_MACHINE" // which tests the machine runs
	machineEnds = "estran: the tests ended with"
	machineTime = 6 * time.Minute
)

// Unruled says why a test cannot use the computer's own cgroup2, "" when it can.
func Unruled() string {
	if os.Geteuid() != 0 {
		return "only root rules the cgroup2 of a computer"
	}
	controllers, err := os.ReadFile(filepath.Join(cgroupRoot, "cgroup.controllers"))
	if err != nil {
		return "there is no cgroup2 at " + cgroupRoot
	}
	for _, c := range []string{"memory", "pids", "cpu"} {
		if !strings.Contains(" "+strings.TrimSpace(string(controllers))+" ", " "+c+" ") {
			return "cgroup2 has no " + c + " controller here"
		}
	}
	return ""
}

// InMachine runs the tests of this binary that the expression names in a small machine, where the computer gives no
// cgroup2; witness must be among them and pass. Elsewhere it skips: they run on the computer itself.
func InMachine(t *testing.T, run, witness string) {
	t.Helper()
	why := Unruled()
	if why == "" {
		t.Skip("the computer's own cgroup2 is used")
	}
	t.Log(why)
	Machine(t, run, witness)
}

// Machine runs the tests of this binary that the expression names in a small machine: witness must be among them and pass.
// Its kernel has the drivers that this computer's may lack (see LoadModules).
func Machine(t *testing.T, run, witness string) {
	t.Helper()
	Need(t, "linux.uml")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	machine := exec.Command("linux.uml", "rootfstype=hostfs", "rootflags=/", "ro", "mem=512M", "init="+self,
		machineEnv+"="+run, "con=null", "con0=null,fd:1", "quiet", "panic=-1", "uml_dir="+dir+"/")
	machine.Dir, machine.Env = dir, []string{"HOME=" + dir, "PATH=/usr/bin:/bin"}
	machine.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	var out bytes.Buffer
	machine.Stdout, machine.Stderr = &out, &out
	machine.WaitDelay = time.Second
	if err := machine.Start(); err != nil {
		t.Fatal(err)
	}
	hung := time.AfterFunc(machineTime, func() { _ = syscall.Kill(-machine.Process.Pid, syscall.SIGKILL) })
	defer hung.Stop()
	_ = machine.Wait()
	told := strings.ReplaceAll(out.String(), "\r", "")
	passed := strings.Contains(told, machineEnds+" 0\n") && strings.Contains(told, "--- PASS: "+witness+" ")
	if testing.Verbose() || !passed {
		t.Log(told)
	}
	if !passed {
		t.Error("the tests in the machine failed")
	}
}

// Within says that the process runs in a small machine.
func Within() bool { return os.Getenv(machineEnv) != "" }

// LoadModules loads drivers of the small machine's kernel, by their names, with what they need; "name option=value" gives
// a driver options.
func LoadModules(names ...string) error {
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return err
	}
	dir := filepath.Join("/usr/lib/uml/modules", unix.ByteSliceToString(u.Release[:]))
	list, err := os.ReadFile(filepath.Join(dir, "modules.dep"))
	if err != nil {
		return err
	}
	for _, name := range names {
		name, options, _ := strings.Cut(name, " ")
		found := false
		for line := range strings.Lines(string(list)) {
			path, needs, _ := strings.Cut(strings.TrimSpace(line), ":")
			if filepath.Base(path) != name+".ko" {
				continue
			}
			found = true
			fields := strings.Fields(needs)
			for i := len(fields) - 1; i >= 0; i-- { // what is needed most is last
				if err := loadModule(filepath.Join(dir, fields[i]), ""); err != nil {
					return err
				}
			}
			if err := loadModule(filepath.Join(dir, path), options); err != nil {
				return err
			}
		}
		if !found {
			return fmt.Errorf("the small machine has no driver %s", name)
		}
	}
	return nil
}

func loadModule(path, options string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.FinitModule(int(f.Fd()), options, 0); err != nil && !errors.Is(err, unix.EEXIST) {
		return fmt.Errorf("cannot load %s: %w", filepath.Base(path), err)
	}
	return nil
}

// FirstProcess is for TestMain when the process is the first one of a machine: it starts the tests, buries the dead, and
// turns the machine off.
func FirstProcess() {
	for _, m := range [][2]string{{"proc", "/proc"}, {"sysfs", "/sys"}, {"cgroup2", cgroupRoot}, {"tmpfs", "/tmp"}} {
		if err := unix.Mount(m[0], m[1], m[0], 0, ""); err != nil {
			fmt.Println(m[1], err)
		}
	}
	_ = os.Setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
	tests := exec.Command("/proc/self/exe", "-test.v", "-test.timeout=5m", "-test.run="+os.Getenv(machineEnv))
	tests.Stdout, tests.Stderr = os.Stdout, os.Stdout
	if err := tests.Start(); err != nil {
		fmt.Println(err)
		_ = unix.Reboot(unix.LINUX_REBOOT_CMD_POWER_OFF)
	}
	for {
		var status syscall.WaitStatus
		if pid, err := syscall.Wait4(-1, &status, 0, nil); err == nil && pid == tests.Process.Pid {
			fmt.Println(machineEnds, status.ExitStatus())
			_ = unix.Reboot(unix.LINUX_REBOOT_CMD_POWER_OFF)
		}
	}
}
