package proof

import "estran/cleanup/hunt"

// Missing is what could not be planted, or not be looked through, and why.
type Missing struct {
	What string `json:"what"`
	Why  string `json:"why"`
}

// message is one line from the planter to the hunter: the net first, that the session is open, then what became of each kind.
type message struct {
	Net     *hunt.Net `json:",omitempty"`
	Opened  bool      `json:",omitempty"` // the session is open
	Planted string    `json:",omitempty"`
	Missing *Missing  `json:",omitempty"`
	Failed  string    `json:",omitempty"` // the visit could not be made, and why
}
