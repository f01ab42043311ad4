package bus

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"estran/session"
)

// step is a StepStatus: (ss).
type step struct{ ID, State string }

// steps is a list of steps, in order: a(ss).
func steps[T any](key string, at func(*T) *[]session.StepStatus) field[T] {
	f := newField(key, at, toSteps, fromSteps)
	set := f.set
	f.set = func(t *T, value any) error {
		var list []step
		if err := store([]any{value}, &list); err != nil {
			return err
		}
		return set(t, list)
	}
	return f
}

func toSteps(list []session.StepStatus) []step {
	out := make([]step, len(list))
	for i, s := range list {
		out[i] = step{s.ID, stepStates.name(s.State)}
	}
	return out
}

func fromSteps(list []step) ([]session.StepStatus, error) {
	if len(list) > mostSteps {
		return nil, errors.New("has too many steps")
	}
	var out []session.StepStatus
	for _, s := range list {
		state, err := stepStates.value(s.State)
		if err := errors.Join(err, checkWord(s.ID)); err != nil {
			return nil, err
		}
		out = append(out, session.StepStatus{ID: s.ID, State: state})
	}
	return out, nil
}

// receiptFields is the answer of Receipt.
var receiptFields = []field[session.Receipt]{
	steps("Steps", func(r *session.Receipt) *[]session.StepStatus { return &r.Steps }),
	newField("Limits", func(r *session.Receipt) *[]string { return &r.Limits },
		func(v []string) []string { return append([]string{}, v...) },
		func(w []string) ([]string, error) { return w, checkWords(w) }),
}

func checkWords(list []string) error {
	if len(list) > mostSteps {
		return errors.New("has too many words")
	}
	for _, w := range list {
		if err := checkWord(w); err != nil {
			return err
		}
	}
	return nil
}

// mediumFile is a MediumFile: (ustxbsas).
type mediumFile struct {
	ID       uint32
	Name     string
	Size     uint64
	Modified int64 // seconds since 1970, 0 for unknown
	Checked  bool
	Verdict  string
	Reasons  []string
}

func toMediumFiles(files []session.MediumFile) []mediumFile {
	files = files[:min(len(files), mostItems)]
	out := make([]mediumFile, len(files))
	for i, f := range files {
		reasons := make([]string, len(f.Reasons))
		for j, r := range f.Reasons {
			reasons[j] = string(r)
		}
		out[i] = mediumFile{
			uint32(f.ID), wireName(f.Name, len(files)), toSize(f.Size), toSeconds(f.Modified), f.Checked,
			verdicts.name(f.Verdict), reasons,
		}
	}
	return out
}

func fromMediumFiles(list []mediumFile) ([]session.MediumFile, error) {
	var out []session.MediumFile
	for _, f := range list {
		size, err := fromSize(f.Size)
		verdict, err2 := verdicts.value(f.Verdict)
		if err := errors.Join(err, err2, checkWords(f.Reasons)); err != nil {
			return nil, fmt.Errorf("cannot read a file of the key: %w", err)
		}
		file := session.MediumFile{
			ID: session.FileID(f.ID), Name: session.Private(f.Name), Size: size, Modified: fromSeconds(f.Modified),
			Checked: f.Checked, Verdict: verdict,
		}
		for _, r := range f.Reasons {
			file.Reasons = append(file.Reasons, session.Reason(r))
		}
		out = append(out, file)
	}
	return out, nil
}

func toSeconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func fromSeconds(s int64) time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.Unix(s, 0)
}

// document is a Document: (tstbb).
type document struct {
	ID              uint64
	Name            string
	Size            uint64
	Saved, Arriving bool
}

func toDocuments(documents []session.Document) []document {
	documents = documents[:min(len(documents), mostItems)]
	out := make([]document, len(documents))
	for i, d := range documents {
		out[i] = document{uint64(d.ID), wireName(d.Name, len(documents)), toSize(d.Size), d.Saved, d.Arriving}
	}
	return out
}

func fromDocuments(list []document) ([]session.Document, error) {
	var out []session.Document
	for _, d := range list {
		size, err := fromSize(d.Size)
		if err != nil {
			return nil, fmt.Errorf("cannot read a document: %w", err)
		}
		out = append(out, session.Document{
			ID: session.DocumentID(d.ID), Name: session.Private(d.Name), Size: size, Saved: d.Saved, Arriving: d.Arriving,
		})
	}
	return out, nil
}

// wireName is a name as the bus can carry it: it is for the eyes only, ids name files. A byte that is no UTF-8 would
// make the whole answer invalid (D-Bus Specification, "Basic types"), and long names of many files too large.
func wireName(name session.Private, among int) string {
	text := strings.ReplaceAll(strings.ToValidUTF8(name.Reveal(), "\uFFFD"), "\x00", "\uFFFD")
	if room := mostText / max(among, 1); len(text) > room {
		text = strings.ToValidUTF8(text[:room-len("…")], "") + "…"
	}
	return text
}

// store is dbus.Store, which panics on some values that it did not make itself, and makes new variants of those in an
// a{sv}, with other types.
func store(values []any, into ...any) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("has another type")
		}
	}()
	if len(into) == 1 && len(values) == 1 {
		if m, isMap := into[0].(*map[string]dbus.Variant); isMap {
			*m = values[0].(map[string]dbus.Variant)
			return nil
		}
	}
	return dbus.Store(values, into...)
}
