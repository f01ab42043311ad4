// Package proof proves, on the very station, that nothing remains: a visit leaves canaries through the programs that
// visitors use, is ended, and is then looked for in the whole memory of the computer, in its files and, on request, on its
// whole disks. What could not be planted, or not be looked through, is said.
//
// Three processes share the work, so that none finds itself. The planter knows the canaries, and is gone before anybody
// hunts; so is the one that ends the session. The hunter has only a net (estran/cleanup/hunt).
package proof
