package main

import (
	"fmt"
	"net/url"
	"os"
	"strconv"

	"estran/session"
)

// stage is what the guardian tells the kiosk it starts. It holds nothing of a visitor.
type stage struct {
	// uid is who started the guardian; in the kiosk's user namespace everybody is 0.
	uid              int
	runDir, stateDir string
	// bus says that the station is the service's.
	bus bool
	// fault is why nothing may open, when the guardian found a reason.
	fault session.Fault
	// receipt is where one kiosk leaves the receipt to the next; nil where the service keeps it.
	receipt *os.File
}

// stageVariable is how a kiosk knows that it is one.
const stageVariable = "ESTRAN_STAGE"

func (s stage) environ() []string {
	v := url.Values{}
	v.Set("uid", strconv.Itoa(s.uid))
	v.Set("run", s.runDir)
	v.Set("state", s.stateDir)
	v.Set("bus", strconv.FormatBool(s.bus))
	v.Set("fault", string(s.fault))
	v.Set("receipt", strconv.FormatBool(s.receipt != nil))
	return append(os.Environ(), stageVariable+"="+v.Encode())
}

// stageFromEnv reads the stage and takes it out of the environment, so that nothing the kiosk starts inherits it.
func stageFromEnv() (stage, bool) {
	text, there := os.LookupEnv(stageVariable)
	if !there {
		return stage{}, false
	}
	_ = os.Unsetenv(stageVariable)
	s, err := parseStage(text)
	if err != nil {
		s.fault = session.FaultInternal
	}
	return s, true
}

func parseStage(text string) (stage, error) {
	v, err := url.ParseQuery(text)
	if err != nil {
		return stage{}, fmt.Errorf("cannot read the stage: %w", err)
	}
	uid, err := strconv.Atoi(v.Get("uid"))
	if err != nil {
		return stage{}, fmt.Errorf("cannot read the stage: %w", err)
	}
	onBus, err := strconv.ParseBool(v.Get("bus"))
	if err != nil {
		return stage{}, fmt.Errorf("cannot read the stage: %w", err)
	}
	s := stage{uid: uid, bus: onBus, runDir: v.Get("run"), stateDir: v.Get("state"), fault: session.Fault(v.Get("fault"))}
	if v.Get("receipt") == "true" {
		s.receipt = os.NewFile(receiptDescriptor, "receipt")
	}
	return s, nil
}
