// Package session is the contract of Estran: what a Station is, what it tells of itself, and the rules it obeys.
//
// A visitor opens a session, uses a browser and a USB key in it, and ends it; the station then wipes all that the
// session left and looks for it again. Everything here is pure: the state machine decides, and session/station
// carries out what it decided. The kiosk and the service share these types and nothing else, so that the same kiosk
// drives a station in its own process or one behind the system bus.
//
// Two rules hold everywhere. The zero value is the cautious one: a zero Verdict is unchecked, a zero State opens
// nothing. And privacy is a type: what belongs to a visitor is a Private, which no format verb and no encoder prints.
package session
