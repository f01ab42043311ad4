// Package sessiontest holds the one suite that every session.Station must pass: the station of this process, and the
// one behind the system bus. A Maker gives the suite a fresh station on real parts; the suite asks of it what the
// contract promises, and nothing of how it does it.
package sessiontest
