package proof

import (
	"encoding/json"
	"time"
)

// Verdict is what a proof came to. The zero value proves nothing.
type Verdict string

// The verdicts.
const (
	Blind   Verdict = "blind"   // a canary that was planted was not found while it was there: nothing is proved
	Clean   Verdict = "clean"   // all were found before, and none after
	Residue Verdict = "residue" // one was found after
)

// Report is what was done and what came of it. It holds nothing of a visitor: the visit was the proof's own.
type Report struct {
	Version string    `json:"version"`
	Kernel  string    `json:"kernel"`
	Began   time.Time `json:"began"`
	Ended   time.Time `json:"ended"`
	Deep    bool      `json:"deep"`
	Verdict Verdict   `json:"verdict"`

	// Kinds are the kinds of canary, in the order of the visit.
	Kinds []Kind `json:"kinds"`
	// Unplanted are those that could not be planted, and why.
	Unplanted []Missing `json:"unplanted"`
	// Encodings are the forms that each was looked for in.
	Encodings []string `json:"encodings"`
	// Searched is what was looked through after the end, and Unsearched what could not be.
	Searched   []Place   `json:"searched"`
	Unsearched []Missing `json:"unsearched"`
	// Wiped says that the station's own receipt was verified.
	Wiped bool `json:"wiped"`
}

// Kind is one kind of canary: how many pieces of it there were in memory while the session was open, and what was found
// after. A long one is two pieces (estran/cleanup/hunt).
type Kind struct {
	Name   string    `json:"name"`
	Before int       `json:"before"`
	After  []Remains `json:"after"`
}

// Remains is where a canary was found after the end, and how often.
type Remains struct {
	Place  string `json:"place"`
	Form   string `json:"form"`
	Pieces int    `json:"pieces"`
}

// Place is what was looked through.
type Place struct {
	What  string `json:"what"`
	Bytes int64  `json:"bytes,omitempty"`
	Files int    `json:"files,omitempty"`
	// Seen says that a witness, put there for that, was found: the look is not blind.
	Seen bool `json:"seen"`
}

// judge gives the verdict. Residue is told even by a hunt that is blind elsewhere.
func (r *Report) judge() {
	r.Verdict = Clean
	if len(r.Kinds) == 0 || len(r.Searched) == 0 || !r.Wiped {
		r.Verdict = Blind
	}
	for _, k := range r.Kinds {
		if k.Before == 0 {
			r.Verdict = Blind
		}
	}
	for _, p := range r.Searched {
		if !p.Seen {
			r.Verdict = Blind
		}
	}
	for _, k := range r.Kinds {
		if len(k.After) > 0 {
			r.Verdict = Residue
		}
	}
}

// JSON is the report for a program.
func (r *Report) JSON() ([]byte, error) { return json.MarshalIndent(r, "", "  ") }
