// Package station carries out what the state machine of package session decides.
//
// A Station holds one lock over the machine and over what it knows of the browser, the key and the documents. Work
// that takes time runs beside it and comes back under the lock; each change is told to whoever watches. Nothing that
// belongs to a visitor is written outside the session's memory, a tmpfs that is mounted when a session opens and dies
// with it, and the one line of the state file says that a session is open before it is. Where the law asks for it, the
// access log has a line for each session, which holds nothing of theirs.
//
// The same code serves the kiosk's own process, inside a mount namespace of its own (user namespaces(7)), and the
// service: the difference is in Options.
package station
