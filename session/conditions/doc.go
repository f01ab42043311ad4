// Package conditions looks at everything that the promise of a station rests on: the kernel, the console, the memory,
// the files of the seat, the antivirus, the updates.
//
// A condition has a stable id, says what was found, why it matters and how to mend it, in French, for IT. Some are
// vital: when one fails the station does not open, and shows its session.Fault. A condition is looked at, never
// believed: what cannot be read is Unknown, Unknown is never OK, and a vital Unknown counts as failed.
//
// Each probe is a small function over a Host, so that tests can show it any computer. They run at once, each within a
// bound of time, and a probe that panics or hangs tells nothing, which is Unknown.
package conditions
