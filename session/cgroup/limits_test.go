package cgroup

import (
	"strings"
	"testing"
)

const gib = 1 << 30

func TestLimitsFor(t *testing.T) {
	for _, p := range []struct {
		memory, session int64
		cores           int
		want            Limits
	}{
		// An old PC: everything but what the station needs.
		{2 * gib, 1 * gib, 2, Limits{1536 * mib, 0, 1500, 180, 50}},
		{4 * gib, 2 * gib, 4, Limits{3584 * mib, 0, 1500, 380, 50}},
		// Enough: the session's files, and what Firefox takes.
		{8 * gib, 2 * gib, 4, Limits{6 * gib, 0, 1500, 380, 50}},
		{64 * gib, 2 * gib, 16, Limits{6 * gib, 0, 1500, 1580, 50}},
		// Hardly a computer: one page.
		{768 * mib, 256 * mib, 1, Limits{512 * mib, 0, 1500, 80, 50}},
		{0, 0, 0, Limits{512 * mib, 0, 1500, 80, 50}},
	} {
		if got := LimitsFor(p.memory, p.session, p.cores); got != p.want {
			t.Errorf("%d MiB, session of %d MiB, %d cores: %+v, want %+v",
				p.memory/mib, p.session/mib, p.cores, got, p.want)
		}
	}
}

func TestSettings(t *testing.T) {
	var lines []string
	for _, s := range (Limits{64 * mib, 0, 40, 180, 50}).settings() {
		lines = append(lines, s.file+"="+s.value)
	}
	want := "memory.max=67108864 memory.swap.max=0 memory.oom.group=1 pids.max=40 cpu.max=180000 100000 cpu.weight=50"
	if got := strings.Join(lines, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestThisComputer(t *testing.T) {
	memory, cores, err := ThisComputer()
	if err != nil || memory < 64*mib || cores < 1 {
		t.Errorf("%d bytes, %d cores, %v", memory, cores, err)
	}
	for _, bad := range []string{"", "MemFree: 12 kB\n", "MemTotal: kB\n", "MemTotal: -1 kB\n"} {
		if n, err := memTotal(bad); err == nil {
			t.Errorf("%q reads as %d", bad, n)
		}
	}
	if n, err := memTotal("MemTotal:        2048 kB\nMemFree: 1 kB\n"); n != 2*mib || err != nil {
		t.Errorf("2048 kB read as %d, %v", n, err)
	}
}

func TestUnified(t *testing.T) {
	for data, want := range map[string]string{
		"0::/system.slice/estrand.service/service\n": "/system.slice/estrand.service/service",
		"9:pids:/x\n1:name=systemd:/\n0::/a/b\n":     "/a/b",
		"0::/\n":                                     "/",
		"":                                           "",
		"9:pids:/x\n":                                "",
		"0::/../outside\n":                           "",
		"0::relative\n":                              "",
		"0::/a/../b\n":                               "",
	} {
		got, err := unified(data)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", data, got, err, want)
		}
	}
}

func TestReadKey(t *testing.T) {
	const data = "low 0\noom 3\noom_kill 12\noom_group_kill 1\n"
	if n, err := readKey(data, "oom_kill"); n != 12 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for _, p := range [][2]string{{data, "kill"}, {"", "populated"}, {"populated x\n", "populated"}, {"populated -1\n", "populated"}} {
		if n, err := readKey(p[0], p[1]); err == nil {
			t.Errorf("%q in %q reads as %d", p[1], p[0], n)
		}
	}
}
