// Package bus is session.Station across D-Bus: a root service holds the station (Serve), the kiosk reaches it (Dial).
//
// org.estran.Station1.xml is the reference manual: every method, property, option, error and unit stands there, and a
// test holds it and the tables of this package together. Nothing is decided here: a method checks who calls, decodes
// its arguments, asks the station, and answers. What goes over the bus is in tables, one line a field.
//
// Who calls is taken from the bus, once, before anything else (callers.go). It comes behind the bus policy file, which
// refuses the same people earlier. What arrives goes through a gate (gate.go) before godbus sees it, because godbus
// panics, or lets go of the connection, on some messages that are well formed.
//
// A bus or a service that restarts is no end of a session: the service connects anew and keeps its station, the client
// answers session.ErrGone and connects anew at the next call.
package bus
