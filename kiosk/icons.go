package kiosk

// The icons of the tiles, in plain lines that every console font has.
var (
	iconInternet  = icon{" ╭─┬─╮ ", " ├─┼─┤ ", " ╰─┴─╯ "}
	iconSites     = icon{" ▗▟█▙▖ ", " ║║ ║║ ", " ▀▀▀▀▀ "}
	iconMedium    = icon{"╭────┬╮", "│ ●  ││", "╰────┴╯"}
	iconDocuments = icon{" ╭──╮╮ ", " │≡≡││ ", " ╰──╯╯ "}
	iconTips      = icon{"  ╲◉╱  ", "   █   ", "  ▟█▙  "}
	iconPause     = icon{" ▐█ █▌ ", " ▐█ █▌ ", " ▐█ █▌ "}
	iconAgent     = icon{"  ●  ● ", " ▟█▙▟▙ ", " ▀▀▀▀▀ "}
	iconLesson    = icon{" ▁▁ ▁▁ ", "▕──┃──▏", "▕▁▁┃▁▁▏"}
	iconTime      = icon{" ▔▔▔▔▔ ", "  ╲·╱  ", " ▁╱▪╲▁ "}
	iconFinish    = icon{"  ▄▀▀▄ ", "▄▀   ▀▄", "≈≈≈≈≈≈≈"}
)
