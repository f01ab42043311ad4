// Command bell writes the sound of the kiosk's bell: a WAV file of a third of a second, 8 bits, one channel. It is made
// when the package is built, so that no sound of somebody else is in it. Whole numbers only: the same bytes everywhere.
package main

import (
	"bytes"
	"encoding/binary"
	"os"
)

const (
	rate   = 22050
	length = rate / 3
	tone   = 880 // hertz
)

func main() {
	if _, err := os.Stdout.Write(wave()); err != nil {
		os.Exit(1)
	}
}

// wave is the file: the RIFF header, the format (PCM), and the samples.
func wave() []byte {
	var b bytes.Buffer
	put := func(parts ...any) {
		for _, p := range parts {
			_ = binary.Write(&b, binary.LittleEndian, p) // a bytes.Buffer takes all
		}
	}
	put([]byte("RIFF"), uint32(36+length), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1))
	put(uint32(rate), uint32(rate), uint16(1), uint16(8), []byte("data"), uint32(length))
	for i := range length {
		put(uint8(128 + triangle(i*tone*256/rate%256)*(length-i)/length))
	}
	return b.Bytes()
}

// triangle goes from -64 to 64 and back in 256 steps.
func triangle(step int) int {
	if step < 128 {
		return step - 64
	}
	return 191 - step
}
