package main

import (
	"bytes"
	"encoding/binary"
	"testing"
)

func TestTheBellIsAWaveFileThatFadesOut(t *testing.T) {
	b := wave()
	if !bytes.HasPrefix(b, []byte("RIFF")) || string(b[8:16]) != "WAVEfmt " || string(b[36:40]) != "data" {
		t.Fatalf("no WAVE file: % x", b[:44])
	}
	if got := binary.LittleEndian.Uint32(b[40:44]); int(got) != len(b)-44 {
		t.Errorf("it says %d bytes of sound, and holds %d", got, len(b)-44)
	}
	if got := binary.LittleEndian.Uint32(b[4:8]); int(got) != len(b)-8 {
		t.Errorf("it says %d bytes in all, and holds %d", got, len(b)-8)
	}
	loud := func(samples []byte) (most int) {
		for _, s := range samples {
			most = max(most, int(s)-128, 128-int(s))
		}
		return most
	}
	if first, last := loud(b[44:544]), loud(b[len(b)-50:]); first < 50 || last > 2 {
		t.Errorf("it begins at %d and ends at %d", first, last)
	}
}
