package triage

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"estran/session"
)

var mimeVersion = regexp.MustCompile(`(?im)^MIME-Version:\s*\d`)

// isMail says that a text is a message, or a page that was saved as one.
func isMail(ext string, start []byte) bool {
	switch ext {
	case "eml", "mht", "mhtml":
		return bytes.IndexByte(start, ':') > 0
	default:
		return mimeVersion.Match(start) && headerLine.Match(start)
	}
}

var headerLine = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9\-]*:`)

// mail looks at each part of a message (RFC 2045, 2046). A message without attachments raises nothing.
func (k *look) mail(f file) {
	r := bufio.NewReader(io.NewSectionReader(f.content, 0, f.size))
	for { // some programs leave blanks above
		b, err := r.Peek(1)
		if err != nil || b[0] > ' ' {
			break
		}
		_, _ = r.ReadByte()
	}
	m, err := mail.ReadMessage(r)
	if err != nil {
		k.raise(session.ReasonDamaged)
		return
	}
	k.mailPart(f, textproto.MIMEHeader(m.Header), m.Body, 0)
}

// mostMailDepth is how deep parts may lie in one another: real ones are three deep.
const mostMailDepth = 10

func (k *look) mailPart(f file, header textproto.MIMEHeader, body io.Reader, depth int) (goOn bool) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		kind, params = "", nil
	}
	if depth > mostMailDepth {
		k.raise(session.ReasonArchiveLimits)
		return false
	}
	if strings.HasPrefix(kind, "multipart/") {
		if params["boundary"] == "" {
			k.raise(session.ReasonDamaged)
			return true
		}
		return k.mailParts(f, multipart.NewReader(body, params["boundary"]), depth)
	}
	name := partFile(header, params)
	if name == "" && kind == "message/rfc822" {
		name = "message.eml"
	}
	return k.inside(f, entry{name: name, size: -1}, plain(header.Get("Content-Transfer-Encoding"), body))
}

func (k *look) mailParts(f file, parts *multipart.Reader, depth int) (goOn bool) {
	for {
		part, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return true
		case err != nil:
			k.raise(session.ReasonDamaged)
			return true
		}
		if !k.mailPart(f, part.Header, part, depth+1) {
			return false
		}
	}
}

// partFile is the name under which a part is saved (RFC 2183, 2231, and 2047 against the rule, as many programs do).
func partFile(header textproto.MIMEHeader, params map[string]string) string {
	_, disposition, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	name := disposition["filename"]
	if name == "" {
		name = params["name"]
	}
	words := &mime.WordDecoder{CharsetReader: func(_ string, r io.Reader) (io.Reader, error) { return r, nil }}
	if decoded, err := words.DecodeHeader(name); err == nil {
		name = decoded
	}
	return afterFolders(name)
}

// plain undoes the encoding of a part.
func plain(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return forgiving{base64.NewDecoder(base64.StdEncoding, &onlyBase64{r: bufio.NewReader(r)})}
	case "quoted-printable":
		return forgiving{quotedprintable.NewReader(r)}
	default:
		return forgiving{r}
	}
}

// onlyBase64 passes over all that is none, as mail programs do.
type onlyBase64 struct{ r *bufio.Reader }

func (o *onlyBase64) Read(b []byte) (int, error) {
	for n := 0; n < len(b); {
		c, err := o.r.ReadByte()
		if err != nil {
			return n, err
		}
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
			b[n] = c
			n++
		}
	}
	return len(b), nil
}
