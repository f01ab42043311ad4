package media_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/media"
)

// scsiKey is a disk that the kernel plugs in and takes away as it does a key. What was written to it stays, what was not
// flushed is lost.
type scsiKey struct {
	t    *testing.T
	disk string // "/dev/sda", "" while it is out
}

func (k *scsiKey) plug() {
	k.t.Helper()
	hosts, _ := filepath.Glob("/sys/class/scsi_host/host*/scan")
	for _, host := range hosts {
		check(k.t, os.WriteFile(host, []byte("- - -"), 0))
	}
	eventually(k.t, "the key is in", func() bool {
		found, _ := filepath.Glob("/sys/bus/pseudo/drivers/scsi_debug/adapter0/host*/target*/*/block/sd*")
		if len(found) != 1 {
			return false
		}
		k.disk = "/dev/" + filepath.Base(found[0])
		f, err := os.Open(k.disk) // the kernel may be looking at it yet
		if err == nil {
			f.Close()
		}
		return err == nil
	})
}

func (k *scsiKey) pull() {
	_ = os.WriteFile("/sys/class/block/"+filepath.Base(k.disk)+"/device/delete", []byte("1"), 0)
}

// away waits until nothing is left of a key that was pulled.
func (k *scsiKey) away() {
	k.t.Helper()
	eventually(k.t, "the key is out", func() bool {
		found, _ := filepath.Glob("/sys/class/block/sd*")
		return len(found) == 0
	})
}

// pulledKinds are the file systems: how each is made and mended.
var pulledKinds = map[string]struct {
	mkfs, fsck []string
	mount      string
}{
	"vfat": {[]string{"mkfs.vfat", "-I", "-F", "16", "-n", "ZOE"}, []string{"fsck.vfat", "-a"}, "utf8"},
	"ext4": {[]string{"mkfs.ext4", "-q", "-F", "-L", "ZOE"}, []string{"e2fsck", "-f", "-p"}, "nodev"},
}

// TestMachinePulledAtRandomMoments pulls a key at 50 moments of its listing, of copies from it and of deliveries to it. What
// was on it is whole, and what was reported as put; nothing of it stays open; the next plug sweeps it.
func TestMachinePulledAtRandomMoments(t *testing.T) {
	machine(t)
	for kind, rounds := range map[string]int{"vfat": 30, "ext4": 20} {
		t.Run(kind, func(t *testing.T) {
			p := puller{t: t, kind: kind, key: &scsiKey{t: t}}
			p.before = map[string][]byte{"là avant.pdf": noise(1 << 20), "photos/été.jpg": noise(300_001), "vide.txt": {}}
			p.make()
			phases := []func(*media.Medium) error{p.lists, p.copiesIn, p.copiesOut}
			took := make([]time.Duration, len(phases))
			for i, phase := range phases { // undisturbed, to know how long it takes; the first time it takes longer
				took[i] = min(p.undisturbed(phase), p.undisturbed(phase), p.undisturbed(phase))
			}
			cut := 0
			for round := range rounds {
				i := min(round%5, 2) // most of them while something is written
				if lasted, whole := p.round(phases[i], time.Duration(rand.Int64N(int64(took[i])))); whole {
					took[i] = min(took[i], lasted) // it was slow before, as the machine woke up
				} else {
					cut++
				}
			}
			t.Logf("of %d pulls %d were in the middle", rounds, cut)
			if cut < rounds/4 {
				t.Error("the key was hardly ever pulled while something ran")
			}
		})
	}
}

type puller struct {
	t      *testing.T
	kind   string
	key    *scsiKey
	image  []byte // of the key as the visitor brings it
	before map[string][]byte
	put    []string // what was reported as put
	begun  bool     // some of a document is on the key
}

func (p *puller) make() {
	p.t.Helper()
	p.key.plug()
	args := pulledKinds[p.kind].mkfs
	run(p.t, args[0], append(args[1:], p.key.disk)...)
	at := p.t.TempDir()
	run(p.t, "mount", "-o", pulledKinds[p.kind].mount, p.key.disk, at)
	for name, b := range p.before {
		write(p.t, filepath.Join(at, name), b)
	}
	umount(p.t, at)
	p.image = read(p.t, p.key.disk)
}

// fresh makes the key anew, and opens it.
func (p *puller) fresh() *media.Medium {
	p.t.Helper()
	f, err := os.OpenFile(p.key.disk, os.O_WRONLY, 0)
	check(p.t, err)
	_, err = f.Write(p.image)
	check(p.t, errors.Join(err, f.Sync(), f.Close()))
	p.put, p.begun = nil, false
	m, err := media.Open(p.t.Context(), media.Source{Path: p.key.disk, Device: true})
	check(p.t, err)
	check(p.t, m.Sweep(p.t.Context()))
	return m
}

func (p *puller) undisturbed(phase func(*media.Medium) error) time.Duration {
	p.t.Helper()
	m := p.fresh()
	start := time.Now()
	check(p.t, phase(m))
	took := time.Since(start)
	check(p.t, m.Eject(p.t.Context()))
	return took
}

func (p *puller) lists(m *media.Medium) error {
	for range 5 {
		if err := m.List(p.t.Context(), 100, func(media.File) {}); err != nil {
			return err
		}
	}
	return nil
}

func (p *puller) copiesIn(m *media.Medium) error {
	var files []media.File
	if err := m.List(p.t.Context(), 100, func(f media.File) { files = append(files, f) }); err != nil {
		return err
	}
	for _, f := range files {
		dst := staged(p.t)
		if err := m.Copy(p.t.Context(), f.ID, dst, nil); err != nil {
			return err
		}
		if !bytes.Equal(content(p.t, dst), p.before[f.Name.Reveal()]) {
			p.t.Errorf("a copy of %q that differs counts as whole", f.Name.Reveal())
		}
	}
	return nil
}

func (p *puller) copiesOut(m *media.Medium) error {
	d, err := m.Deliver(p.t.Context())
	if err != nil {
		return err
	}
	for i := range 3 {
		name := fmt.Sprintf("document %d.pdf", i)
		err := d.Put(p.t.Context(), session.Private(name), document(p.t, noise(2<<20+i)), 2<<20+int64(i), func(int64) { p.begun = true })
		if err != nil {
			return errors.Join(err, d.Close())
		}
		p.put = append(p.put, name)
	}
	return d.Close()
}

// round pulls the key after a time, and says how long the phase lasted, and whether it had come to its end.
func (p *puller) round(phase func(*media.Medium) error, after time.Duration) (lasted time.Duration, whole bool) {
	p.t.Helper()
	m := p.fresh()
	began := time.Now()
	pulled, ended := make(chan struct{}), make(chan struct{})
	time.AfterFunc(after, func() {
		defer close(pulled)
		select {
		case <-ended:
			whole = true
		default:
		}
		p.key.pull()
	})
	err := phase(m)
	lasted = time.Since(began)
	close(ended)
	<-pulled
	if err != nil && !errors.Is(err, media.ErrPulled) {
		p.t.Errorf("pulled after %v: %v", after, err)
	}
	if m.Present() {
		p.t.Error("the key still counts as present")
	}
	if e := m.Eject(p.t.Context()); !errors.Is(e, media.ErrPulled) {
		p.t.Errorf("giving back a key that is gone: %v", e)
	}
	p.nothingOpen()
	p.key.away()
	p.key.plug()
	p.nextPlug(err != nil && p.begun)
	p.intact()
	return lasted, whole
}

func (p *puller) nothingOpen() {
	p.t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	check(p.t, err)
	for _, fd := range open {
		if to, _ := os.Readlink("/proc/self/fd/" + fd.Name()); strings.HasPrefix(to, "/dev/sd") {
			p.t.Errorf("%s is open yet", to)
		}
	}
	if mounts := string(read(p.t, "/proc/self/mountinfo")); strings.Contains(mounts, "/dev/sd") {
		p.t.Errorf("it is mounted yet:\n%s", mounts)
	}
}

// nextPlug is what the station does when the key comes back.
func (p *puller) nextPlug(unfinished bool) {
	p.t.Helper()
	m, err := media.Open(p.t.Context(), media.Source{Path: p.key.disk, Device: true})
	check(p.t, err)
	check(p.t, m.Sweep(context.Background()))
	if unfinished && m.Problem() != session.MediumUnfinished {
		p.t.Errorf("a copy was cut, and the problem is %q", m.Problem())
	}
	if got := namesOf(list(p.t, m)); strings.Contains(got, "COPIE") || strings.Contains(got, ".part") {
		p.t.Errorf("after it was swept the key shows %s", got)
	}
	check(p.t, m.Eject(p.t.Context()))
}

// intact mends the file system, as the visitor's computer would, and holds what is on the key against what was.
func (p *puller) intact() {
	p.t.Helper()
	args := pulledKinds[p.kind].fsck
	out, err := exec.Command(args[0], append(args[1:], p.key.disk)...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) { // 1: it was mended
		p.t.Errorf("%v\n%s", err, out)
	}
	at := p.t.TempDir()
	run(p.t, "mount", "-o", "ro,"+pulledKinds[p.kind].mount, p.key.disk, at)
	defer umount(p.t, at)
	for name, want := range p.before {
		if !bytes.Equal(read(p.t, at, name), want) {
			p.t.Errorf("%s is not what it was", name)
		}
	}
	for i, name := range p.put {
		if !bytes.Equal(read(p.t, at, name), noise(2<<20+i)) {
			p.t.Errorf("%s, which was reported as put, is not whole", name)
		}
	}
	if got := entries(p.t, at); strings.Contains(got, ".part") || strings.Contains(got, "COPIE") {
		p.t.Errorf("the key holds %s", got)
	}
}
