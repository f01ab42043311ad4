package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

func TestAReceiptIsTakenOnce(t *testing.T) {
	f, err := newReceiptFile()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if h := takeReceipt(f); h != nil {
		t.Errorf("the first kiosk finds %+v", h)
	}
	left := session.Receipt{Steps: []session.StepStatus{{ID: session.StepBrowser, State: session.StepVerified}}, Limits: session.Limits()}
	if err := leaveReceipt(f, left); err != nil {
		t.Fatal(err)
	}
	h := takeReceipt(f)
	if h == nil || h.End != session.EndNone {
		t.Fatalf("the next kiosk finds %+v", h)
	}
	if diff := cmp.Diff(left, h.Receipt); diff != "" {
		t.Errorf("it is another receipt:\n%s", diff)
	}
	if h := takeReceipt(f); h != nil {
		t.Errorf("the one after that finds %+v", h)
	}
	if takeReceipt(nil) != nil || leaveReceipt(nil, left) != nil {
		t.Error("a kiosk without a file has a receipt")
	}
}

// A kiosk ends with its visitor, and the next one offers their receipt, until somebody else begins.
func TestTheLastReceiptIsOfferedByTheNextKiosk(t *testing.T) {
	d := newDesk(t, "")
	d.sees("Bienvenue")
	before := d.kiosk()
	d.opens()
	d.until("f", "tout effacer")
	d.until("2", "Tout est effacé")
	d.until("\r", "Le dernier reçu")
	if d.kiosk() == before {
		t.Error("the kiosk that knew the visitor is still there")
	}
	d.until("r", "Vos documents sont effacés.")
	d.until("\x1b", "Bienvenue")
	d.opens()
	d.until("f", "tout effacer")
	d.until("1", "Ma session")
	if strings.Contains(d.text(), "Le dernier reçu") {
		t.Error("the next visitor's session offers the receipt of the one before")
	}
}
