// Package daybook keeps the « main courante » that the CNIL asks for: who worked on a station, when and why, and when
// the station stopped or recovered (référentiel 2021-028 §10).
//
// The same holds for who read the access log, and for the agents: who changed an account, when one was blocked, and on
// which days one signed in or was refused, never at what time.
//
// It is a file of JSON lines to which one only ever appends. Each line holds the SHA-256 of the line before it, so that a
// line that was changed, taken out or put in shows: Verify tells the first one. Whoever is root can write the whole file
// anew, or cut lines off its end; against that, IT notes the fingerprint of the last line elsewhere.
//
// Nothing of a visitor can be written here: what happened is one of a few words, who is a login of IT or the station
// itself, an agent is a login from their file, and the reason is one line that IT typed.
package daybook
