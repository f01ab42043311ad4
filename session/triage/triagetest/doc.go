// Package triagetest is the catalogue of files that the rules of a station are tried with: what people really bring, and
// what they were given to be harmed. Every file is made here, on the spot, as the programs that write such files make
// them; none is dangerous, and none is stored.
//
// What is expected of a file is written from what it does to whoever opens it, not from what the rules say of it today.
// A false alarm is as bad as a miss: at least half of the catalogue is harmless.
package triagetest
