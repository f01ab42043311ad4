//go:build vm

package vm

// otherNames are what people call keys that QEMU calls otherwise.
var otherNames = map[string]string{
	"enter": "ret", "escape": "esc", "space": "spc", "delete": "delete", "super": "meta_l", "altgr": "alt_r",
	"pageup": "pgup", "pagedown": "pgdn", "shift": "shift", "ctrl": "ctrl", "alt": "alt",
}

// azerty tells which keys type a character on the layout "fr" of xkeyboard-config, by the names that QEMU gives them
// (those of an American keyboard). Two words are two keys in turn: an accent that waits for its letter.
var azerty = map[rune]string{
	'a': "q", 'b': "b", 'c': "c", 'd': "d", 'e': "e", 'f': "f", 'g': "g", 'h': "h", 'i': "i", 'j': "j", 'k': "k",
	'l': "l", 'm': "semicolon", 'n': "n", 'o': "o", 'p': "p", 'q': "a", 'r': "r", 's': "s", 't': "t", 'u': "u",
	'v': "v", 'w': "z", 'x': "x", 'y': "y", 'z': "w",
	'A': "shift-q", 'B': "shift-b", 'C': "shift-c", 'D': "shift-d", 'E': "shift-e", 'F': "shift-f", 'G': "shift-g",
	'H': "shift-h", 'I': "shift-i", 'J': "shift-j", 'K': "shift-k", 'L': "shift-l", 'M': "shift-semicolon",
	'N': "shift-n", 'O': "shift-o", 'P': "shift-p", 'Q': "shift-a", 'R': "shift-r", 'S': "shift-s", 'T': "shift-t",
	'U': "shift-u", 'V': "shift-v", 'W': "shift-z", 'X': "shift-x", 'Y': "shift-y", 'Z': "shift-w",

	'&': "1", 'é': "2", '"': "3", '\'': "4", '(': "5", '-': "6", 'è': "7", '_': "8", 'ç': "9", 'à': "0", ')': "minus",
	'=': "equal",
	'1': "shift-1", '2': "shift-2", '3': "shift-3", '4': "shift-4", '5': "shift-5", '6': "shift-6", '7': "shift-7",
	'8': "shift-8", '9': "shift-9", '0': "shift-0", '°': "shift-minus", '+': "shift-equal",
	'#': "alt_r-3", '{': "alt_r-4", '[': "alt_r-5", '|': "alt_r-6", '\\': "alt_r-8", '@': "alt_r-0",
	']': "alt_r-minus", '}': "alt_r-equal", '€': "alt_r-e",

	'$': "bracket_right", '£': "shift-bracket_right", 'ù': "apostrophe", '%': "shift-apostrophe", '*': "backslash",
	'µ': "shift-backslash", '<': "less", '>': "shift-less", ',': "m", '?': "shift-m", ';': "comma", '.': "shift-comma",
	':': "dot", '/': "shift-dot", '!': "slash", '§': "shift-slash",
	' ': "spc", '\n': "ret", '\t': "tab",

	'â': "bracket_left q", 'ê': "bracket_left e", 'î': "bracket_left i", 'ô': "bracket_left o", 'û': "bracket_left u",
	'ë': "shift-bracket_left e", 'ï': "shift-bracket_left i", 'ü': "shift-bracket_left u",
}
