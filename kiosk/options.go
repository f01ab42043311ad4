package kiosk

import "estran/session"

// Options is what a kiosk is told besides its station.
type Options struct {
	// Config is the configuration of the station: its name and language, the official sites, what a visitor may skip.
	Config session.Config
	// CanLeave shows « Quitter » on Bienvenue while no session is open, and on « Ordinateur arrêté »: for whoever started Estran on a desktop to try
	// it. A station that is open to the public never has it.
	CanLeave bool
	// Still draws nothing that moves: for pictures and tours.
	Still bool
}
