package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// waits looks at the screen each time it changes, and gives the time until something is seen.
func (d *desk) waits(what string) time.Duration {
	d.t.Helper()
	start := time.Now()
	late := time.After(20 * time.Second)
	for !strings.Contains(d.text(), what) {
		select {
		case <-d.shown:
		case <-late:
			d.t.Fatalf("never saw %q", what)
		}
	}
	return time.Since(start)
}

// BenchmarkFirstFrame is the time from the start of estran to « Bienvenue » in the terminal, both processes started.
func BenchmarkFirstFrame(b *testing.B) {
	var total time.Duration
	for b.Loop() {
		start := time.Now()
		d := newDesk(b, "")
		d.waits("Bienvenue")
		total += time.Since(start)
		b.StopTimer()
		d.ends()
		b.StartTimer()
	}
	b.ReportMetric(float64(total.Milliseconds())/float64(b.N), "ms/frame")
}

// BenchmarkKeyToFrame is the time from a key in the terminal to the frame it gives, through the whole program.
func BenchmarkKeyToFrame(b *testing.B) {
	d := newDesk(b, "")
	d.waits("Bienvenue")
	time.Sleep(time.Second)
	next := map[bool]string{true: "Welcome", false: "Bienvenue"}
	english := false
	var total time.Duration
	for b.Loop() {
		english = !english
		d.types("4")
		total += d.waits(next[english])
	}
	b.ReportMetric(float64(total.Microseconds())/1000/float64(b.N), "ms/key")
}

// BenchmarkIdle is what a screen that nobody touches costs: processor time, and memory of both processes.
func BenchmarkIdle(b *testing.B) {
	d := newDesk(b, "")
	d.waits("Bienvenue")
	pids := []int{d.cmd.Process.Pid, d.kiosk()}
	time.Sleep(2 * time.Second) // what a start costs is not idling
	before := cpuTime(b, pids)
	const watched = 15 * time.Second
	for b.Loop() {
		time.Sleep(watched)
	}
	used := cpuTime(b, pids) - before
	b.ReportMetric(float64(used.Milliseconds())/(watched.Seconds()*float64(b.N)), "cpu-ms/s")
	b.ReportMetric(float64(resident(b, pids[:1]))/1024, "guardian-MiB")
	b.ReportMetric(float64(resident(b, pids[1:]))/1024, "kiosk-MiB")
}

// cpuTime is the user and system time of processes (proc(5), stat, in ticks of 10 ms).
func cpuTime(b *testing.B, pids []int) time.Duration {
	b.Helper()
	var ticks int
	for _, pid := range pids {
		data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil {
			b.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(data), ") ")
		fields := strings.Fields(rest)
		for _, f := range fields[11:13] {
			n, err := strconv.Atoi(f)
			if err != nil {
				b.Fatal(err)
			}
			ticks += n
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// resident is the memory of processes, in KiB, that they share with nobody or alone (proc(5), smaps_rollup, Pss).
func resident(b *testing.B, pids []int) (total int) {
	b.Helper()
	for _, pid := range pids {
		data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/smaps_rollup")
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "Pss:" {
				n, err := strconv.Atoi(fields[1])
				if err != nil {
					b.Fatal(err)
				}
				total += n
			}
		}
	}
	return total
}
