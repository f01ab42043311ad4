// Package tour makes a whole visit of Estran without a terminal and without a person, on real parts: the real kiosk
// and station, Firefox in its sandbox, clamd, a USB key with a clean paper and a virus, a web site of this machine.
//
// It presses the keys that the screens show, prints each screen as text, then looks for what the visit left in a way of
// its own, which shares no code with the station's. It is the newcomer's smoke test: sh packaging/run --tour.
package tour
