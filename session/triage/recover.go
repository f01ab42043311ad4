package triage

import "estran/session"

// panicked is told of each panic that was survived, for tests, which do not survive it.
var panicked = func(any) {}

// survive makes a panic of a reader, ours or a library's, into a reason: foreign bytes do not end the station.
func (k *look) survive() {
	if v := recover(); v != nil {
		k.raise(session.ReasonTooComplex)
		panicked(v)
	}
}
