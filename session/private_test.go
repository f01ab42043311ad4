package session_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"estran/session"
)

func TestPrivateIsNeverPrinted(t *testing.T) {
	const secret = "dossier-caf-dupont.pdf"
	p := session.Private(secret)
	held := struct {
		Name session.Private
		List []session.Private
	}{p, []session.Private{p}}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "name", p, "held", held)
	encoded, err := json.Marshal(held)
	if err != nil {
		t.Fatal(err)
	}
	outputs := []string{log.String(), string(encoded), fmt.Errorf("cannot open %v: %w", p, errors.New("x")).Error()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T %v"} {
		outputs = append(outputs, fmt.Sprintf(verb, p), fmt.Sprintf(verb, held), fmt.Sprintf(verb, &held))
	}
	for _, out := range outputs {
		if strings.Contains(out, secret) || strings.Contains(strings.ToLower(out), fmt.Sprintf("%x", secret)) {
			t.Errorf("the name leaks: %s", out)
		}
	}
	if p.Reveal() != secret {
		t.Error("Reveal does not give the text")
	}
}
