// Package paper makes what a station prints of its own: the receipt, as one page of PDF.
//
// The page says what the screen said, in French and in English, and holds the same text as a code for a phone. It is
// made in memory, from the ids of a receipt and nothing else: it can hold nothing of a visitor. The words, and why they
// tell neither time nor place, are in assets.
package paper
