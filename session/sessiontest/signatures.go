package sessiontest

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"fmt"
	"time"
)

// SignaturesName is the name that clamd takes a base of Signatures under, and its day from.
const SignaturesName = "daily.cud"

// Signatures is a base of hash signatures (lines of an .hdb file) with a day, as the daily one has. clamd tells the day in
// its answer to VERSION, and takes it from no other kind of base that carries no seal of its makers.
func Signatures(day time.Time, lines string) ([]byte, error) {
	day = day.UTC()
	header := fmt.Sprintf("ClamAV-VDB:%s:27812:1:90:X:X:estran:%d", day.Format("02 Jan 2006 15-04 -0700"), day.Unix())
	info := fmt.Sprintf("%s\ndaily.hdb:%d:%x\n", header, len(lines), sha256.Sum256([]byte(lines)))
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-512s", header)
	w := tar.NewWriter(&b)
	for _, f := range []struct{ name, content string }{{"daily.info", info}, {"daily.hdb", lines}} {
		if err := w.WriteHeader(&tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.content)), Format: tar.FormatUSTAR}); err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(f.content)); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), w.Close()
}
