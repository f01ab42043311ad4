package kiosk

// ink says how a cell looks. Screens name inks, never colours: the theme knows the colours, and its test holds the
// contrast of each.
type ink uint8

// The inks. Those « on the water » let the sea behind them through, lighter near the surface.
const (
	inkText   ink = iota // what is read
	inkSoft              // what helps
	inkStrong            // what counts
	inkSand              // headings, numbers
	inkWarn              // with « ! »
	inkDanger            // with « ✗ »
	inkGood              // with « ✓ »
	inkFrame             // lines around tiles; no text
	inkDim               // empty parts of scroll bars; no text
	inkBar               // bars; no text
	inkBarWarn
	inkSea  // drawings: the water
	inkFoam // drawings: foam

	inkTitle // on the title bar
	inkMark  // the name of the station on the title bar

	inkAlarm // on the bandeau over the browser, when it came by itself

	inkLit      // on the tile that has the focus
	inkLitSoft  // its second line
	inkLitEdge  // its edge; no text
	inkBadge    // the number of a tile
	inkLitBadge // the number of the tile that has the focus

	inkShore     // on the sand at the bottom
	inkShoreWarn // what warns there
	inkStone     // buttons on the sand
	inkStoneLit  // the one that has the focus
	inkStoneEdge
	inkStoneLitEdge
	inkPrint // drawings: footprints in the sand
	inkTyped // where something is typed
	inkTypedEdge

	inkCode // a code for a phone: black and white in every look, since a phone reads it

	inkPage       // the page of the text browser
	inkPageStrong // what is bold on it
	inkPageLink   // its links and fields

	inkCount
)

// words says that an ink carries text, and so must be easy to read.
func (k ink) words() bool {
	switch k {
	case inkFrame, inkDim, inkBar, inkBarWarn, inkSea, inkLitEdge, inkPrint,
		inkStoneEdge, inkStoneLitEdge, inkTypedEdge:
		return false
	default:
		return true
	}
}
