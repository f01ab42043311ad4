package cgroup

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// Limits is the share of a computer that a group has. Zero means none of it where that makes sense, as for swap, and is
// refused by the kernel or useless elsewhere: take LimitsFor.
type Limits struct {
	MemoryMax     int64 // bytes, of which files in memory that the group wrote are a part
	MemorySwapMax int64 // bytes
	TasksMax      int   // processes and threads
	CPUMax        int   // hundredths of one core
	CPUWeight     int   // 1 to 10000 against its neighbours, who have 100
}

// setting is one file of a group.
type setting struct {
	file, value string
	optional    bool
}

// cpuPeriod is the time in which a share of the cores is counted, in µs: the kernel's default.
const cpuPeriod = 100_000

func (l Limits) settings() []setting {
	return []setting{
		{"memory.max", strconv.FormatInt(l.MemoryMax, 10), false},
		// A page of a visitor's letter is never written to a disk.
		{"memory.swap.max", strconv.FormatInt(l.MemorySwapMax, 10), true},
		// A browser of which a part is missing is worth nothing, and what is left may hang: all of it ends.
		{"memory.oom.group", "1", false},
		{"pids.max", strconv.Itoa(l.TasksMax), false},
		{"cpu.max", fmt.Sprintf("%d %d", l.CPUMax*cpuPeriod/100, cpuPeriod), false},
		{"cpu.weight", strconv.Itoa(l.CPUWeight), false},
	}
}

const (
	mib = 1 << 20
	// rest is what the kernel, the station, the antivirus and the kiosk keep for themselves.
	rest = 512 * mib
	// firefoxShare is as much as a visit with heavy pages takes, and firefoxLeast what one page takes.
	firefoxShare, firefoxLeast = 4096 * mib, 512 * mib
)

// LimitsFor is the share of a browser on a computer with so much memory and so many cores, whose session has a file
// system in memory of so many bytes. It is a pure function.
func LimitsFor(memory, session int64, cores int) Limits {
	cores = max(cores, 1)
	return Limits{
		MemoryMax: max(min(session+firefoxShare, memory-rest), firefoxLeast),
		TasksMax:  1500,
		// A fifth of a core is enough to draw « J'ai fini » and to end the session.
		CPUMax:    cores*100 - 20,
		CPUWeight: 50,
	}
}

// ThisComputer tells the memory, in bytes, and the cores of this computer.
func ThisComputer() (memory int64, cores int, err error) {
	data, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, 0, fmt.Errorf("cannot read how much memory there is: %w", err)
	}
	memory, err = memTotal(string(data))
	return memory, runtime.NumCPU(), err
}

// memTotal reads /proc/meminfo (proc(5)), which counts in KiB.
func memTotal(meminfo string) (int64, error) {
	for line := range strings.Lines(meminfo) {
		if rest, ok := strings.CutPrefix(line, "MemTotal:"); ok {
			var kib int64
			if _, err := fmt.Sscanf(rest, "%d kB", &kib); err == nil && kib > 0 {
				return kib << 10, nil
			}
		}
	}
	return 0, errors.New("the kernel does not tell how much memory there is")
}
