package kiosk

import "estran/session"

// Options is what a kiosk is told besides its station.
type Options struct {
	// Config is the configuration of the station: its name and language, the official sites, what a visitor may skip.
	Config session.Config
	// CanLeave shows « Quitter » on Bienvenue while no session is open, and on « Ordinateur arrêté »: for whoever
	// started Estran on a desktop to try it. A station that is open to the public never has it.
	CanLeave bool
	// Desk arranges the screen where Estran has a compositor of its own; nil elsewhere: then the browser's window is
	// out of the kiosk's hands.
	Desk Desk
	// Idle tells that nobody has touched keyboard, mouse or screen for a few seconds (true), and that somebody does
	// again (false), whatever window has the keyboard; nil where nobody can tell. Run ends when it is closed.
	Idle <-chan bool
	// Still draws nothing that moves: for pictures and tours.
	Still bool
}
