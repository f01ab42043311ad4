// Package ownfile is how a station keeps the few files that are its own: the main courante, the counts, the accounts, the
// journal de connexion, the word that says that a session is open. A file that somebody else could have written, or
// that a link leads elsewhere, is not believed; one that is replaced is there whole, whatever happens meanwhile.
//
// It knows nothing of what is in a file, and holds nothing between two calls. Its errors name the file and what to do,
// and never what is in it; one of the system comes as an *fs.PathError, so that errors.Is knows fs.ErrNotExist.
package ownfile
