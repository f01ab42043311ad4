// Package accesslog keeps the « journal de connexion » that French law asks of whoever offers internet to the public
// (code des postes et des communications électroniques, L34-1 and R10-13): one technical line a session, where IT turned
// it on. A line says which computer, its addresses on the network of the place, when the session began and ended, and how
// it ended. It is root's alone.
//
// Nothing of a visitor can be written here, by construction: whoever writes gives times, addresses and one of a few ends,
// and no text. The name of the computer is read by the package itself.
//
// The file is JSON lines, the oldest first. The line is written when a session opens, so that a power cut loses nothing,
// and completed when it ends; Recover completes what was cut. Every change makes a new file that takes the place of the old
// one, so that one of the two is always whole.
//
// Purge takes the times of a line away when they are older than the law lets them be, and leaves the day; later it takes
// away the line. A line that cannot be read is kept where it stands, told, and goes with the lines around it: a log is not
// lost for one line. A clock that is or was behind destroys nothing (see believed); one that is ahead takes away what will be
// too old then, and there is no telling it from a computer that was off for long.
package accesslog
