package usb

import (
	"slices"
	"testing"

	"estran/session"
)

func TestKindOfWhatIsRefused(t *testing.T) {
	one := func(parts ...part) [][]part { return [][]part{parts} }
	for _, c := range []struct {
		name           string
		vendor         uint16
		configurations [][]part
		want           session.Refusal
	}{
		{"a keyboard", 0x046D, one(keyboard), session.RefusedKeyboard},
		{"a keyboard with keys for the sound", 0x046D, one(keyboard, plainHID), session.RefusedKeyboard},
		{"a mouse", 0x046D, one(mouse), session.RefusedKeyboard},
		{"a tablet", 0x0627, one(plainHID), session.RefusedKeyboard},
		{"a keyboard of Apple", apple, one(keyboard, plainHID), session.RefusedKeyboard},
		{"a hub that is a keyboard too", 0x046D, one(hub, keyboard), session.RefusedKeyboard},
		{"a keyboard that says it is a camera too", 0x046D, one(camera, keyboard), session.RefusedKeyboard},
		{"a keyboard in the second configuration", 0x046D, [][]part{{vendor}, {keyboard}}, session.RefusedKeyboard},
		{"a network card, RNDIS and ECM", 0x0525, [][]part{{cdcRNDIS, data}, {cdcECM, data}}, session.RefusedNetwork},
		{"a network card, NCM", 0x0BDA, one(cdcNCM, data), session.RefusedNetwork},
		{"a modem", 0x12D1, one(modem, data, vendor), session.RefusedNetwork},
		{"Bluetooth", 0x0A12, one(radio), session.RefusedNetwork},
		{"a phone that shares its network, and nothing else", 0x18D1, one(tethering, data), session.RefusedNetwork},
		{"a key that is a keyboard too", 0x0781, one(storage, keyboard), session.RefusedDouble},
		{"a keyboard that is a key too", 0x0781, one(keyboard, storage), session.RefusedDouble},
		{"a key that is a keyboard in another configuration", 0x0781, [][]part{{storage}, {keyboard}}, session.RefusedDouble},
		{"a key that is a network card too", 0x0781, one(storage, cdcECM, data), session.RefusedDouble},
		{"a fast disk with a button", 0x1058, one(uas, plainHID), session.RefusedDouble},
		{"a phone that is a key and is mended by adb", 0x18D1, one(storage, adb), session.RefusedDouble},
		{"an Android phone, MTP", 0x18D1, one(camera), session.RefusedPhone},
		{"an Android phone, MTP and adb", 0x18D1, one(camera, adb), session.RefusedPhone},
		{"an older Android phone", 0x04E8, one(mtp), session.RefusedPhone},
		{"a phone that shows its files and shares its network", 0x18D1, one(camera, tethering, data), session.RefusedPhone},
		{"an iPhone", apple, [][]part{{camera}, {audio, plainHID}, {camera, mux}}, session.RefusedPhone},
		{"an iPad that shows no pictures", apple, one(mux), session.RefusedPhone},
		{"a camera", 0x04A9, one(camera), session.RefusedPhone},
		{"a printer", 0x03F0, one(printer), session.RefusedOther},
		{"a webcam", 0x046D, one(webcam), session.RefusedOther},
		{"what only its vendor knows", 0x0BDA, one(vendor), session.RefusedOther},
		{"somebody else's like an iPhone", 0x1234, one(mux), session.RefusedOther},
		{"a serial line like MTP", 0x0403, one(part{mtp.class, 2}), session.RefusedOther},
		{"a key that is kept outside all the same", 0x0781, one(storage), session.RefusedOther},
		{"a hub that is kept outside", 0x05E3, one(hub), session.RefusedOther},
		{"what has no configuration", 0x1234, nil, session.RefusedOther},
	} {
		if got := decode(dump(c.vendor, c.configurations...)).refusal(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestBrokenDescriptors: what came before the fault counts, and nothing that cannot be read is harmless.
func TestBrokenDescriptors(t *testing.T) {
	whole := dump(0x0781, []part{storage, keyboard})
	for _, c := range []struct {
		name string
		raw  []byte
		want session.Refusal
	}{
		{"nothing", nil, session.RefusedOther},
		{"one byte", []byte{18}, session.RefusedOther},
		{"the device's descriptor alone", whole[:18], session.RefusedOther},
		{"cut in the second interface", whole[:18+9+9+14+5], session.RefusedOther},
		{"cut after the second interface", whole[:18+9+9+14+9], session.RefusedDouble},
		{"a descriptor of no length at the end", append(slices.Clone(whole), 0, 4, 0), session.RefusedDouble},
		{"a descriptor longer than what is left", append(slices.Clone(whole), 200, 4, 0), session.RefusedDouble},
		{"an interface that is too short", append(slices.Clone(whole[:18+9]), 8, typeInterface, 0, 0, 1, 3, 1, 1), session.RefusedOther},
	} {
		if got := decode(c.raw).refusal(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTheWorstIsTold(t *testing.T) {
	for i, low := range bad {
		for _, high := range bad[i:] {
			if worse(low, high) != high || worse(high, low) != high {
				t.Errorf("of %q and %q, %q and %q are told", low, high, worse(low, high), worse(high, low))
			}
		}
	}
}

func FuzzDescriptors(f *testing.F) {
	f.Add(dump(0x0781, []part{storage, keyboard}))
	f.Add(dump(apple, []part{camera}, []part{audio, plainHID}))
	f.Add([]byte{0, 0, 0})
	f.Add([]byte{255, 4, 1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := decode(raw)
		if len(d.functions) > len(raw)/sizeInterface {
			t.Errorf("%d interfaces in %d bytes", len(d.functions), len(raw))
		}
		got := d.refusal()
		if !slices.Contains(bad, got) || got == session.RefusedNothing {
			t.Errorf("what is refused is %q", got)
		}
		// What is added hides nothing of what was there: a keyboard stays a keyboard, or is a double.
		more := decode(append(slices.Clone(raw), 9, typeInterface, 0, 0, 1, 3, 1, 1, 0))
		if len(more.functions) < len(d.functions) {
			t.Error("what follows hides what was there")
		}
	})
}
