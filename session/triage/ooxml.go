package triage

import (
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"estran/session"
)

// office looks at the parts of a document of Office (ISO/IEC 29500).
func (d *parts) office() {
	for _, e := range d.z.File {
		name := partName(e)
		switch {
		case strings.HasSuffix(name, ".rels"):
			d.relations(e)
		case path.Base(name) == "vbaproject.bin":
			d.project(e)
		case strings.Contains(name, "/macrosheets/"):
			d.k.raise(session.ReasonMacros)
		case strings.Contains(name, "/activex/") && strings.HasSuffix(name, ".xml"):
			d.control(e)
		case strings.Contains(name, "externallinks/") && strings.HasSuffix(name, ".xml"):
			d.commands(e)
		case strings.HasPrefix(name, "ppt/slides/") && bytes.Contains(d.part(e, mostPart), []byte("ppaction://program")):
			d.k.raise(session.ReasonRemote) // a click starts a program (ISO/IEC 29500-1, 21.1.2.3.5)
		case strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml"):
			d.fields(d.part(e, mostPart))
		}
	}
}

// fetched are the relationships whose target Office opens by itself, or as a part of the document. Pictures and links are
// not here, nor the tables that a table reads: those are everyday things, and Office asks.
var fetched = strings.Fields("oleobject attachedtemplate frame subdocument afchunk control package vbaproject slidemaster")

// relations looks for parts that are elsewhere (CVE-2017-0199, CVE-2021-40444, CVE-2022-30190). A template or an object
// that is a file of the writer's computer is an everyday thing.
func (d *parts) relations(e *zip.File) {
	d.walk(d.part(e, 8<<20), func(r element) {
		kind := strings.ToLower(path.Base(r.value("Type")))
		if kind == "xlmacrosheet" || kind == "xlintlmacrosheet" {
			d.k.raise(session.ReasonMacros)
		}
		if strings.EqualFold(r.value("TargetMode"), "External") && slices.Contains(fetched, kind) && fetches(r.value("Target")) {
			d.k.raise(session.ReasonRemote)
		}
	})
}

// project looks whether a project of macros has code. Some documents carry an empty one.
func (d *parts) project(e *zip.File) {
	b := d.part(e, mostStream)
	c, err := openCompound(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		d.k.raise(session.ReasonMacros) // nobody makes a broken one by chance
		return
	}
	for _, m := range c.entries {
		if m.stream && isModule(m) && hasCode(c.all(m, mostModule)) {
			d.k.raise(session.ReasonMacros)
			return
		}
	}
}

// calmControls are the fields and buttons of forms (Microsoft Forms 2.0), and the player of films: nothing without a macro.
var calmControls = strings.Fields(`
	8bd21d10-ec42-11ce-9e0d-00aa006002f3 8bd21d20-ec42-11ce-9e0d-00aa006002f3 8bd21d30-ec42-11ce-9e0d-00aa006002f3
	8bd21d40-ec42-11ce-9e0d-00aa006002f3 8bd21d50-ec42-11ce-9e0d-00aa006002f3 8bd21d60-ec42-11ce-9e0d-00aa006002f3
	978c9e23-d4b0-11ce-bf2d-00aa003f40d0 d7053240-ce69-11cd-a777-00dd01143c57 4c599241-6926-101b-9992-00000b65c6f9
	dfd181e0-5e2f-11ce-a449-00aa004a803d 79176fb0-b7f2-11ce-97ef-00aa006d2776 6e182020-f460-11ce-9bcd-00aa00608e01
	5512d110-5cc6-11cf-8d67-00aa00bdce1d 5512d112-5cc6-11cf-8d67-00aa00bdce1d 5512d114-5cc6-11cf-8d67-00aa00bdce1d
	5512d116-5cc6-11cf-8d67-00aa00bdce1d 5512d118-5cc6-11cf-8d67-00aa00bdce1d 5512d11a-5cc6-11cf-8d67-00aa00bdce1d
	5512d11c-5cc6-11cf-8d67-00aa00bdce1d 5512d11e-5cc6-11cf-8d67-00aa00bdce1d 5512d122-5cc6-11cf-8d67-00aa00bdce1d
	5512d124-5cc6-11cf-8d67-00aa00bdce1d 6bf52a52-394a-11d3-b153-00c04f79faa6
`)

func (d *parts) control(e *zip.File) {
	d.walk(d.part(e, 4<<20), func(c element) {
		class := strings.ToLower(strings.Trim(c.value("classid"), "{} "))
		if class != "" && !slices.Contains(calmControls, class) {
			d.k.raise(session.ReasonEmbedded)
		}
	})
}

// commands looks for tables that run a program by DDE. The name of a class of objects has a dot.
func (d *parts) commands(e *zip.File) {
	d.walk(d.part(e, 8<<20), func(l element) {
		service := l.value("ddeService")
		if l.name == "ddeLink" && service != "" && !strings.Contains(service, ".") && !strings.EqualFold(service, "excel") {
			d.k.raise(session.ReasonRemote)
		}
	})
}

// fields looks for fields that run a program by DDE (17.16.5). Their text may be cut in pieces, and pieces be made by
// other fields in it.
func (d *parts) fields(b []byte) {
	if !bytes.Contains(b, []byte("instr")) && !bytes.Contains(b, []byte("i\x00n\x00s\x00t\x00r")) {
		return
	}
	open := []string{""}
	last := func() *string { return &open[len(open)-1] }
	in := false
	d.walk(b, func(e element) {
		switch {
		case e.name == "instrText" || e.name == "delInstrText":
			in = !e.end
		case e.name == "" && in && len(*last()) < 4096:
			*last() += e.text
		case e.name == "fldSimple" && isDDE(e.value("instr")):
			d.k.raise(session.ReasonRemote)
		case e.name != "fldChar" || e.end:
		case e.value("fldCharType") == "begin":
			if len(open) < 64 {
				open = append(open, "")
			}
		case e.value("fldCharType") == "end":
			text := *last()
			if isDDE(text) {
				d.k.raise(session.ReasonRemote)
			}
			if len(open) > 1 {
				open = open[:len(open)-1]
				*last() += quoted(text)
			}
			if len(open) == 1 {
				open[0] = ""
			}
		}
	})
	for _, text := range open {
		if isDDE(text) {
			d.k.raise(session.ReasonRemote)
		}
	}
}

func isDDE(field string) bool {
	words := strings.Fields(strings.ToUpper(field))
	return len(words) > 1 && (words[0] == "DDE" || words[0] == "DDEAUTO")
}

// quoted is the text that a field makes out of the numbers of its letters.
func quoted(field string) string {
	words := strings.Fields(field)
	if len(words) < 2 || !strings.EqualFold(words[0], "QUOTE") {
		return ""
	}
	var b strings.Builder
	for _, w := range words[1:] {
		n, err := strconv.ParseUint(w, 0, 16)
		if err != nil {
			return strings.Trim(strings.Join(words[1:], " "), `"`)
		}
		b.WriteRune(rune(n))
	}
	return b.String()
}
