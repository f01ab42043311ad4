// Package agents keeps the accounts of the agents (médiateurs) of a station, and is the door through which they come in.
//
// The accounts are a file of root's alone, /etc/estran/agents.json: a login, a profile, three days and the argon2id of a
// code. IT changes it with estranctl at any time; it is read anew at each sign-in. A file that is damaged, of a newer
// Estran, or that others could have changed lets nobody in (ErrAgentsUntrusted): visitors are served all the same.
//
// A code is drawn, with more than 50 bits, which is what the CNIL asks where tries are limited (délibération 2022-100, second
// case). Tries are counted in a file of the state directory before a code is looked at, so that a crash forgives nothing.
// Nine wrong codes each make one wait, longer and longer, on a clock that nobody can set; the tenth blocks the login until IT
// lets it in again. After a reboot the whole delay starts again. A count that cannot be read lets nobody in.
//
// A login that does not exist is counted, delayed and blocked as any other, takes as long, and gets the same answers: nobody
// learns who works here. What was typed as a login may be a code typed in the wrong place, so it is kept nowhere: the count of
// such a login is kept under ten bits of a keyed hash. Whoever fills all of those counts, with ten thousand codes, could tell
// the logins that exist from those that do not; the codes are as hard to guess as before.
//
// Who types the right code is told that the account is switched off or past its end; to others it is a wrong code. That a
// login is blocked is told to everybody, for a visitor may be standing at the desk, waiting.
//
// The login of an agent is staff data and may stand in the main courante, with the day and without the hour: beside the line
// of a session it would tell which agent helped in which session. For the same reason the line of a sign-in is written on a
// later day, in the order of logins: its place among other lines would tell the hour. The status of the station never
// tells which agent is there.
package agents
