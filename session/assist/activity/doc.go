// Package activity keeps what a structure may know of the help it gave: numbers. A médiateur taps four answers at the end
// of an intervention (session.CountOptions), the station adds the mode and the length, and each becomes one more in a
// counter of its own. The codes are those of the Coop de la médiation numérique, so that they can be taken over there.
//
// No intervention can be rebuilt from the counts: each question is a margin by itself, and no two are ever crossed. A
// table by day and by theme would cross them again, where one person came on a day. So the file keeps how many there were
// on each day, the margins of whole months, and the margins of the newest day only, which the médiateur sees at the desk;
// they go into their month as soon as another day begins.
//
// What is told is told under three rules.
//   - Nothing from 1 to 4 (session.FewPeople) is told, nor can be worked out. Cells that are too small are merged, and with
//     them as many larger ones as it takes: see told, which says why that is enough. A nought is nobody, and may show.
//   - What leaves the station is whole months that are over (Between). Two tables whose periods overlap by a day would give
//     that day away by a subtraction; the table of a month that is over is always the same one, and no table spans
//     two months, since the sum of what was merged in one of them could be taken apart. For the same reason a month is
//     purged whole, and never day by day.
//   - Month and Today show what still grows, and so who looks twice sees what came between. The first is for root, who can
//     read the file anyway; the second is for the agents who count, and has the themes alone.
//
// The file is lines of text, each with its checksum, and a last one that says how many there are. Every change makes a new
// file that takes the place of the old one, so that a power cut loses at most the intervention of that moment. A file that
// somebody else cut or spoilt is recognised: the lines that are sound count on, the others are put aside beside it, and
// Spoilt is told. A file of a newer Estran is refused and left as it is.
//
// A clock that is wrong puts an intervention on a wrong day, and no more: a day of the future stays until its time has
// come and gone, and days before Estran are refused. A clock that is far ahead purges too early, as in the access log.
package activity
