package bus

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// dict makes an a{sv} of the bytes of its body, nil when they are none: what a caller may send, as the bus sees it.
func dict(body []byte) map[string]dbus.Variant {
	m := dbus.Message{Type: dbus.TypeSignal, Body: []any{none()}, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldPath: dbus.MakeVariant(Path), dbus.FieldInterface: dbus.MakeVariant(Name),
		dbus.FieldMember: dbus.MakeVariant("M"), dbus.FieldSignature: dbus.MakeVariant(dbus.ParseSignatureMust("a{sv}")),
	}}
	var b bytes.Buffer
	if err := m.EncodeTo(&b, binary.LittleEndian); err != nil {
		return nil
	}
	raw := b.Bytes()
	raw = append(raw[:len(raw)-8], body...) // an empty dict takes 8 bytes
	binary.LittleEndian.PutUint32(raw[4:], uint32(len(body)))
	if !decodes(raw) {
		return nil
	}
	got, err := dbus.DecodeMessage(bytes.NewReader(raw))
	if err != nil {
		return nil
	}
	out, _ := got.Body[0].(map[string]dbus.Variant)
	return out
}

// body is an a{sv} as bytes.
func body(m map[string]dbus.Variant) []byte {
	msg := dbus.Message{Type: dbus.TypeSignal, Body: []any{m}, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldPath: dbus.MakeVariant(Path), dbus.FieldInterface: dbus.MakeVariant(Name),
		dbus.FieldMember: dbus.MakeVariant("M"), dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(m)),
	}}
	var b bytes.Buffer
	if err := msg.EncodeTo(&b, binary.LittleEndian); err != nil {
		panic(err)
	}
	return b.Bytes()[b.Len()-int(binary.LittleEndian.Uint32(b.Bytes()[4:])):]
}

// What is fuzzed must begin as something that is read: otherwise nothing is tried.
func TestTheSeedsAreRead(t *testing.T) {
	s := session.Status{State: session.Open}
	if got, err := decodeStatus(dict(body(encode(statusFields, &s)))); err != nil || got.State != session.Open {
		t.Errorf("the seed of FuzzStatus is read as %+v, %v", got, err)
	}
	if o, err := options(openFields, dict(body(one("mode", "act")))); err != nil || o.Mode != session.Act {
		t.Errorf("the seed of FuzzOptions is read as %+v, %v", o, err)
	}
}

// FuzzStatus: whatever is read as a status is written and read again as the same.
func FuzzStatus(f *testing.F) {
	s := session.Status{State: session.Wiped, Wipe: []session.StepStatus{{ID: "browser", State: session.StepVerified}}, Language: "fr"}
	f.Add(body(encode(statusFields, &s)))
	f.Add(body(one("State", "ready")))
	f.Add(body(one("State", map[string]dbus.Variant{})))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := decodeStatus(dict(b))
		if err != nil {
			if !cmp.Equal(s, session.Status{}) {
				t.Fatalf("half a status was read: %+v", s)
			}
			return
		}
		again, err := decodeStatus(dict(body(encode(statusFields, &s))))
		if err != nil || !cmp.Equal(s, again) {
			t.Fatalf("%v: %s", err, cmp.Diff(s, again))
		}
	})
}

func one(key string, v any) map[string]dbus.Variant {
	return map[string]dbus.Variant{key: dbus.MakeVariant(v)}
}

// FuzzOptions: options are read whole, with nothing unknown, or refused by an error of the bus.
func FuzzOptions(f *testing.F) {
	o := session.OpenOptions{Mode: session.Act, Language: "en", Large: true}
	f.Add(body(encode(openFields, &o)))
	f.Add(body(one("terminal", dbus.UnixFDIndex(0))))
	f.Add(body(one("force", true)))
	f.Add(body(one("mandate", true)))
	f.Add(body(one("paper", dbus.UnixFDIndex(0))))
	f.Add(body(one("age", "soixante_dix_plus")))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := dict(b)
		checkOptions(t, openFields, m)
		checkOptions(t, browseFields, m)
		checkOptions(t, copyFields, m)
		checkOptions(t, beginFields, m)
		checkOptions(t, actFields, m)
		checkOptions(t, paperFields, m)
		checkOptions(t, countFields, m)
		checkOptions(t, noFields, m)
	})
}

func checkOptions[T any](t *testing.T, fields []field[T], m map[string]dbus.Variant) {
	t.Helper()
	o, err := options(fields, m)
	if err != nil {
		if e := toBus(err); e.Name != "org.freedesktop.DBus.Error.InvalidArgs" || len(e.Error()) > 200 {
			t.Fatalf("refused with %s: %s", e.Name, e.Error())
		}
		return
	}
	for key := range m {
		if !has(fields, key) {
			t.Fatalf("%q was let through", key)
		}
	}
	for key, v := range encode(fields, &o) {
		if sent, there := m[key]; there && sent.Signature() != v.Signature() {
			t.Fatalf("%q was read from another type", key)
		}
	}
}

// FuzzHeader: the beginning of any message is read or refused, and read as godbus reads it.
func FuzzHeader(f *testing.F) {
	call := dbus.Message{Type: dbus.TypeMethodCall, Body: []any{none()}, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldPath: dbus.MakeVariant(Path), dbus.FieldInterface: dbus.MakeVariant(Name), dbus.FieldMember: dbus.MakeVariant("Browse"),
		dbus.FieldSender: dbus.MakeVariant(":1.5"), dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(none())),
		dbus.FieldUnixFDs: dbus.MakeVariant(uint32(1)),
	}}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		var b bytes.Buffer
		if err := call.EncodeTo(&b, order); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < fixedLength {
			return
		}
		h, order, err := readFixed(b)
		if err != nil {
			return
		}
		end := min(len(b)-fixedLength, int(h.fields))
		if length := int(order.Uint32(b[12:])); length > end || h.readFields(order, b[fixedLength:], length) != nil {
			return
		}
		if !decodes(b) {
			return
		}
		m, err := dbus.DecodeMessage(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		theirs := header{
			kind: m.Type, flags: m.Flags, serial: m.Serial(), path: string(object(m)), iface: text(m, dbus.FieldInterface),
			member: text(m, dbus.FieldMember), sender: text(m, dbus.FieldSender), sig: signature(m), fields: h.fields, body: h.body,
		}
		if h != theirs {
			t.Fatalf("read as %+v, godbus reads %+v", h, theirs)
		}
	})
}

// FuzzBody: the walk never leaves the message, and what it lets through it has read to the end.
func FuzzBody(f *testing.F) {
	f.Add("a{sv}", body(one("mode", "act")))
	f.Add("sa{sv}", append([]byte{1, 0, 0, 0, 'x', 0, 0, 0}, 0, 0, 0, 0, 0, 0, 0, 0))
	f.Add("a{sv}", []byte{7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 'k', 0, 0, 0}) // a variant of no type
	f.Add("as", []byte{6, 0, 0, 0, 1, 0, 0, 0, 'x', 0})
	f.Add("as", []byte{0xff, 0, 0, 0, 0xff, 0xff, 0xff, 0xff})
	f.Add("au", []byte{4, 0, 0, 0, 1, 0, 0, 0})
	f.Fuzz(func(t *testing.T, sig string, b []byte) {
		w := walker{order: binary.LittleEndian, b: b}
		if checkBody(sig, &w) == nil && (w.bad || w.at != len(b)) {
			t.Fatalf("%q: walked to %d of %d", sig, w.at, len(b))
		}
		if w.at > len(b) {
			t.Fatalf("%q: walked to %d of %d", sig, w.at, len(b))
		}
	})
}

// FuzzActivity: whatever is read as counts is written and read again as the same, and holds nothing but codes.
func FuzzActivity(f *testing.F) {
	a := session.Activity{Total: 7, Cells: []session.ActivityCell{{Code: "email", Count: 7}}}
	f.Add(body(encode(activityFields, &a)))
	f.Add(body(one("Cells", []cell{{"Marie Dupont", 1}})))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := decode(activityFields, dict(b))
		if err != nil {
			return
		}
		for _, c := range a.Cells {
			if checkCode(c.Code) != nil || c.Count < 0 {
				t.Fatalf("read as %+v", c)
			}
		}
		again, err := decode(activityFields, dict(body(encode(activityFields, &a))))
		if err != nil || !cmp.Equal(a, again) {
			t.Fatalf("%v: %s", err, cmp.Diff(a, again))
		}
	})
}
