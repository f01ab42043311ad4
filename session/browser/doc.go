// Package browser runs a private browser in a sandbox that sees none of the computer.
//
// The wall is bubblewrap: its own process, IPC, host name and user namespaces, an empty file system into which only
// the programs and a handful of generated settings are bound read-only, no message bus, and four directories that can
// be written, all of them on the session's own memory. What Firefox itself allows is settled by policies and by an
// AutoConfig script; both only make the visitor's life simpler, for a visitor who gets past them is still behind the
// wall. The text browser w3m runs behind the same wall, for stations without a display.
//
// The session's directories come from the caller, who mounts them before and wipes them after. This package writes
// what the browser needs into them, starts it, tells how it is, and leaves no process behind: whatever happens to the
// caller, the sandbox dies with it.
package browser
