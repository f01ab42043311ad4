package proof

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"

	"estran/cleanup/hunt"
)

const memoryDevice = "/proc/kcore"

// memory looks through the whole memory of the computer.
func (p *prover) memory(ctx context.Context, when string) (hits []hunt.Hit, read int64, err error) {
	m, err := hunt.OpenMemory(memoryDevice)
	if err != nil {
		return nil, 0, err
	}
	defer m.Close()
	var whole int64
	for _, r := range m.Ranges() {
		whole += r.Size
	}
	read, err = m.Search(ctx, p.net, func(now int64) { p.Tell("Mémoire, "+when, now, whole) }, func(h hunt.Hit) { hits = append(hits, h) })
	return hits, read, err
}

// hunt looks for everything, everywhere, after the end.
func (p *prover) hunt(ctx context.Context) error {
	text, err := p.witness.read()
	if err != nil {
		return err
	}
	hits, read, err := p.memory(ctx, "après la fin")
	runtime.KeepAlive(text) // in memory, where it has to be found
	if err != nil {
		return err
	}
	seen := slices.ContainsFunc(hits, func(h hunt.Hit) bool { return h.Kind == witnessKind })
	p.report.Searched = append(p.report.Searched, Place{What: "toute la mémoire, par " + memoryDevice, Bytes: read, Seen: seen})
	var addresses []int64
	for _, h := range hits {
		addresses = append(addresses, h.At)
	}
	holders := hunt.HostFrames().Holders(addresses)
	for _, h := range hits {
		p.remains(h.Kind, "mémoire : "+holderInFrench(holders[h.At]), inFrench(h.Form))
	}
	p.files()
	if place, swaps := swapped(swapsFile, p.Deep); swaps {
		p.report.Searched = append(p.report.Searched, place)
	}
	if p.Deep {
		if err := p.disks(ctx); err != nil {
			return err
		}
	}
	p.unsearched()
	return nil
}

const swapsFile = "/proc/swaps"

// swapped says that part of the memory may be in swap, where the look at memory does not see it: a word cannot be told there
// when it is compressed, and otherwise only where whole disks are read.
func swapped(swaps string, deep bool) (Place, bool) {
	place := Place{What: "la mémoire d'échange"}
	list, err := os.ReadFile(swaps)
	if errors.Is(err, fs.ErrNotExist) {
		return place, false // a kernel without swap
	}
	if err != nil {
		return place, true
	}
	lines := strings.Split(strings.TrimSpace(string(list)), "\n")[1:] // the first line is a title
	compressed := slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, "/dev/zram") })
	place.Seen = deep && !compressed
	return place, len(lines) > 0
}

// roots are where files are looked at: all of the computer.
var roots = []string{"/"}

// files looks through the names of all files, and the contents of those that changed since the visit began. One that cannot be
// looked at may hold anything.
func (p *prover) files() {
	p.Tell("Fichiers", 0, 0)
	seen, refused := false, false
	names, contents := hunt.Files{Roots: roots, Since: p.began}.Search(p.net, func(h hunt.FileHit) {
		place := "contenu de " + h.Path
		if h.InName {
			place = "un nom dans " + h.Path
		}
		seen = seen || h.Kind == witnessKind && h.Path == p.witness.path
		p.remains(h.Kind, place, inFrench(h.Form))
	}, func(path string, err error) {
		refused = true
		p.report.Unsearched = append(p.report.Unsearched, Missing{path, err.Error()})
	})
	p.report.Searched = append(p.report.Searched,
		Place{What: fmt.Sprintf("les noms de %d fichiers, et le contenu de ceux qui ont changé", names), Files: contents, Seen: seen && !refused})
}

// disks reads the disks to the last block, free ones too. The witness is on one of them: that it is found shows that reading
// past the file system works.
func (p *prover) disks(ctx context.Context) error {
	disks, err := hunt.Disks("/sys/block", "/dev")
	if err != nil {
		return err
	}
	var witnessed string // the disk on which the witness is
	var read []Place
	for _, d := range disks {
		if d.Why != "" {
			p.report.Unsearched = append(p.report.Unsearched, Missing{d.Path, "mémoire d'échange comprimée : un mot ne s'y reconnaît pas"})
			continue
		}
		got, err := d.Search(ctx, p.net, func(now int64) { p.Tell("Disque "+d.Path, now, d.Size) }, func(h hunt.Hit) {
			if h.Kind == witnessKind {
				witnessed = d.Path
			}
			p.remains(h.Kind, fmt.Sprintf("disque %s, octet %d", d.Path, h.At), inFrench(h.Form))
		})
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			p.report.Unsearched = append(p.report.Unsearched, Missing{d.Path, err.Error()})
			fallthrough
		default:
			read = append(read, Place{What: d.Path, Bytes: got, Seen: err == nil})
		}
	}
	p.report.Searched = append(p.report.Searched, disksRead(read, witnessed)...)
	return nil
}

// disksRead puts the disks that were read in words: on one of them the look found the witness, and read the others alike.
func disksRead(read []Place, witnessed string) []Place {
	if len(read) == 0 {
		return []Place{{What: "les disques : aucun n'a été trouvé"}}
	}
	for i, p := range read {
		read[i].What = "le disque " + p.What + ", blocs libres compris"
		if p.What != witnessed {
			read[i].What += ", lu comme " + witnessed
		}
		if witnessed == "" {
			read[i].What, read[i].Seen = "le disque "+p.What, false
		}
	}
	return read
}

// unsearched says what nobody on this computer can look through.
func (p *prover) unsearched() {
	p.report.Unsearched = append(
		p.report.Unsearched,
		Missing{"le réseau, les sites, l'imprimante", "hors de ce poste"},
		Missing{"la mémoire des appareils : carte graphique, disque, clavier", "le processeur ne la voit pas"},
		Missing{"ce qui serait comprimé ou chiffré", "un mot ne s'y reconnaît pas"},
	)
	if !p.Deep {
		p.report.Unsearched = append(p.report.Unsearched, Missing{"les blocs libres des disques", "seulement avec --deep"})
	}
}
