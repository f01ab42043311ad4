package main

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"estran/session"
)

// Whoever tries Estran gets a code that opens the space of the agents, another one each time, and nothing before Enter.
func TestTrialAgent(t *testing.T) {
	dir := t.TempDir()
	house := deskOf(dir, 24).Agents
	var last session.Private
	for range 2 {
		var out bytes.Buffer
		if err := trialAgent(t.Context(), dir, strings.NewReader("\n"), &out); err != nil {
			t.Fatal(err)
		}
		code := session.Private(regexp.MustCompile(`[a-z]{5}-[a-z]{5}-[a-z]{5}`).FindString(out.String()))
		if profile, err := house.SignIn(t.Context(), trialLogin, code); err != nil || profile != session.ProfileMediateur {
			t.Errorf("the code that was told gives %q, %v", profile, err)
		}
		if code == last {
			t.Error("the code of last time is told again")
		}
		last = code
	}
	if err := trialAgent(t.Context(), dir, strings.NewReader(""), io.Discard); err == nil {
		t.Error("without Enter the kiosk would fill the terminal all the same")
	}
}

func TestATrialHasAStationOfItsOwn(t *testing.T) {
	for _, args := range [][]string{{"--agent", "--bus"}, {"--agent", "--tour"}} {
		if _, _, err := parse(args, io.Discard); !errors.Is(err, errUsage) {
			t.Errorf("%v: %v", args, err)
		}
	}
	if o, _, err := parse([]string{"--agent", "--key", "/tmp"}, io.Discard); err != nil || !o.agent {
		t.Errorf("with a key: %+v, %v", o, err)
	}
}
