package bus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// travel is a value after it went over the wire.
func travel(t testing.TB, v any) any {
	t.Helper()
	m := dbus.Message{Type: dbus.TypeSignal, Body: []any{v}, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldPath: dbus.MakeVariant(Path), dbus.FieldInterface: dbus.MakeVariant(Name),
		dbus.FieldMember: dbus.MakeVariant("M"), dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(v)),
	}}
	var b bytes.Buffer
	if err := m.EncodeTo(&b, binary.LittleEndian); err != nil {
		t.Fatal(err)
	}
	got, err := dbus.DecodeMessage(&b)
	if err != nil {
		t.Fatal(err)
	}
	return got.Body[0]
}

// fill gives every field of a struct another value than its zero one.
func fill(v reflect.Value, n int) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.UnixMicro(1_700_000_000_000_000)))
	case v.Type() == reflect.TypeFor[time.Duration]():
		v.SetInt(int64(time.Duration(n) * time.Second))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n+i+1)
		}
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), n)
	case v.Kind() == reflect.String:
		v.SetString(fmt.Sprintf("W-%d", n))
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.CanInt():
		v.SetInt(1)
	case v.CanUint():
		v.SetUint(uint64(n))
	default:
		panic(v.Type().String())
	}
}

// Every field of a status, a receipt and the options goes over: one that is added to the contract and not to the table
// is found here.
func TestEveryFieldTravels(t *testing.T) {
	checkFields(t, statusFields)
	checkFields(t, receiptFields)
	checkFields(t, openFields)
	checkFields(t, copyFields)
	checkFields(t, activityFields)
	// Lists are arguments of their own.
	checkFields(t, append(actFields, newField("sites", func(o *session.ActOptions) *[]session.Private { return &o.Sites },
		func(v []session.Private) (w []string) {
			for _, site := range v {
				w = append(w, site.Reveal())
			}
			return w
		},
		func(w []string) (v []session.Private, _ error) {
			for _, site := range w {
				v = append(v, session.Private(site))
			}
			return v, nil
		})))
	checkFields(t, append(countFields, newField("themes", func(o *session.CountOptions) *[]string { return &o.Themes }, same[[]string], sound[[]string])))
}

func checkFields[T any](t *testing.T, fields []field[T]) {
	t.Helper()
	var want, zero T
	fill(reflect.ValueOf(&want).Elem(), 1)
	for _, v := range []T{want, zero} {
		got, err := decode(fields, travel(t, encode(fields, &v)).(map[string]dbus.Variant))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(v, got, cmp.Transformer("empty", func(l []string) []string { return append([]string{}, l...) })); diff != "" {
			t.Errorf("%T changes on the way (-sent +read):\n%s", v, diff)
		}
	}
}

// Every value of a closed kind has a name of its own, and a value without one is written as the cautious one.
func TestEveryStateTravels(t *testing.T) {
	for _, s := range session.States() {
		if name := states.name(s); name != s.String() {
			t.Errorf("%v travels as %q", s, name)
		}
	}
	if len(states) != len(session.States()) || len(verdicts) != int(session.Suspect)+1 || len(modes) != int(session.Act)+1 ||
		len(browserStates) != int(session.BrowserClosing)+1 || len(mediumStates) != int(session.MediumForgotten)+1 ||
		len(stepStates) != int(session.StepFailed)+1 {
		t.Error("a closed kind has another number of values than of names")
	}
	for _, v := range []session.Verdict{session.Unchecked, session.Clean, session.Suspect} {
		if verdicts.name(v) != v.String() {
			t.Errorf("%v travels as %q", v, verdicts.name(v))
		}
	}
	if name := states.name(99); name != "starting" {
		t.Errorf("an unknown state travels as %q", name)
	}
	if name := verdicts.name(-1); name != "unchecked" {
		t.Errorf("an unknown verdict travels as %q", name)
	}
}

// A status that is not wholly sound is none.
func TestAnUnsoundStatusIsRefused(t *testing.T) {
	for name, m := range map[string]map[string]any{
		"nothing":            {},
		"no state":           {"Serial": uint64(1)},
		"an unknown state":   {"State": "fine"},
		"a state's number":   {"State": uint32(1)},
		"an unknown step":    {"State": "wiped", "Wipe": []step{{"browser", "fine"}}},
		"many steps":         {"State": "wiped", "Wipe": make([]step, mostSteps+1)},
		"a negative time":    {"State": "open", "TimeLeftUSec": int64(-1)},
		"a time without end": {"State": "open", "TimeLeftUSec": int64(1) << 62},
		"a size too large":   {"State": "open", "MediumFree": uint64(1) << 63},
		"a fault's sentence": {"State": "stopped", "Fault": "E30\x1b[2J"},
		"a word too long":    {"State": "stopped", "Fault": "E1234567890123456789012345678901234567890"},
	} {
		variants := map[string]dbus.Variant{}
		for k, v := range m {
			variants[k] = dbus.MakeVariant(v)
		}
		if s, err := decodeStatus(travel(t, variants).(map[string]dbus.Variant)); err == nil || !reflect.ValueOf(s).IsZero() {
			t.Errorf("%s: read as %+v, %v", name, s, err)
		}
	}
}

// Each sentinel comes back as itself, and nothing else does.
func TestEveryErrorTravels(t *testing.T) {
	ctx := t.Context()
	for _, e := range errorNames {
		there := toBus(fmt.Errorf("cannot copy lettre.pdf: %w", e.err))
		if there.Name != e.name || there.Error() != e.err.Error() {
			t.Errorf("%v goes as %s: %s", e.err, there.Name, there.Error())
		}
		if back := fromBus(ctx, *there); !errors.Is(back, e.err) {
			t.Errorf("%s comes back as %v", there.Name, back)
		}
	}
	if there := toBus(errors.New("lettre.pdf")); there.Name != failed || there.Error() == "lettre.pdf" {
		t.Errorf("an unknown error goes as %s: %s", there.Name, there.Error())
	}
	if err := fromBus(ctx, *denied()); !errors.Is(err, ErrDenied) {
		t.Errorf("a refusal comes back as %v", err)
	}
	for _, err := range []error{dbus.ErrClosed, errors.New("EOF"), dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}} {
		if !errors.Is(fromBus(ctx, err), session.ErrGone) {
			t.Errorf("%v is not gone", err)
		}
	}
}

// The service forgets callers that left, and never keeps more than a bound.
func TestCallersAreForgotten(t *testing.T) {
	l := &serverLink{callers: callers{known: map[string]caller{":1.5": {}, ":1.6": {}}}}
	l.DeliverSignal(busName, "NameOwnerChanged", &dbus.Signal{Body: []any{":1.5", ":1.5", ""}})
	l.DeliverSignal(busName, "NameOwnerChanged", &dbus.Signal{Body: []any{":1.6", "", ":1.6"}})
	l.DeliverSignal(busName, "NameOwnerChanged", &dbus.Signal{Body: []any{uint32(5)}})
	if _, there := l.callers.known[":1.5"]; there || len(l.callers.known) != 1 {
		t.Errorf("the service knows %v", l.callers.known)
	}
}
