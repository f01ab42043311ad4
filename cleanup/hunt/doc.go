// Package hunt looks for canaries: strings that were planted so that one can tell whether anything remains of them. It
// reads files, whole disks and the whole memory of the computer, and finds a canary in each way in which programs write
// text.
//
// A hunter that held what it looks for would find itself. So a Net is made of canaries once, by whoever planted them,
// and holds them mixed with a secret only. It can be handed to another process, and what is read is overwritten as soon
// as it was looked at.
//
// Looking proves nothing by itself: a hunt that was never seen to find a canary is blind. Whoever hunts after a wipe has
// hunted before it, in the same places.
package hunt
