// Package assets is what a visitor reads and sees: the texts of each screen, the CNIL's twelve tips with their
// pictures, the charter, the exercises, what an agent goes through in the three situations of help, and the list of
// words. It is data, embedded in the program so that a station speaks even when its disk does not answer.
//
// One folder a kind, one file a language: texts/fr/welcome.toml holds what the first screen says in French. Whoever
// edits them types plain apostrophes and plain spaces; reading them sets the typographic apostrophe, and in French the
// no-break space before : ; ! ? and inside « ». The tests of this package hold the rules of plain language: the same
// keys in each language, at most 12 words a sentence, titles of at most 40 characters.
//
// The texts are written in plain language, inspired by the European rules for easy reading (Inclusion Europe, 2009).
// They were not read and validated by the people those rules are for, and so claim no logo.
package assets
