// Package kiosk is what a visitor sees: a Bubble Tea program that fills the terminal, from Bienvenue to Tout est
// effacé. It drives a session.Station, in its own process or behind the system bus, and holds no rule: it shows
// Status and sends calls. It may be killed at any moment; a new one asks Status and shows the right screen.
//
// # How it is made
//
// Model takes messages and decides which screen is up: the state of the station chooses the first screen of a stack
// (route.go), the visitor pushes more over it (world.go), and what comes by itself covers them all. A screen is a
// small struct, one a file, that draws and answers (screen.go). It takes no part in the message loop.
//
// Drawing is immediate. draw declares text and choices from top to bottom on a page; the frame gives them keys,
// focus, places to click, a scroll bar and a place on the bandeau. So a screen holds no focus and no layout:
//
//	func (s *sitesScreen) draw(p *page) {
//		p.actions(choice{id: "home", label: p.t("sites.home")}) // first: what is under the body
//		p.say(inkText, p.t("sites.lead"))
//		p.gap(1)
//		p.tiles(2, choice{id: "site", label: "CAF", hint: "caf.fr"})
//	}
//
//	func (s *sitesScreen) pick(w *world, id string) tea.Cmd { … }
//
// # Beside a browser
//
// Where Estran has a compositor (Options.Desk), the kiosk shares the screen with the browser's window: layout.go says
// how, from the screen in front, and asks on change only; over.go draws the bandeau over the browser, which is clicked
// while the browser has the keyboard. Elsewhere a graphical browser is a window out of the kiosk's hands.
//
// # Conventions
//
//   - draw changes nothing but the page. pick and the optional methods of screen.go change the screen.
//   - Texts come from p.t, p.n and assets, never from Go code. Inks, never colours. A sign goes with each ink that
//     means something: told writes it.
//   - All calls to the station are in cmds.go and cmds_*.go; a screen returns them, and hears the answer in hear. Screens never
//     read a file, the clock (w.now) or the environment.
//   - What is typed lives in the screen and goes with it; names of files too. Neither is ever in world, but for what a
//     mandate allows, until the session ends: its sites, which the bandeau recalls (world.aid), and its formalities with
//     the notes of what was done (world.act), which are overwritten.
//   - A screen that is for an agent alone is an agentOnly: it goes when the agent does.
//   - Only Reveal-ed text that is drawn leaves a session.Private, and the sheet draws no control character.
//   - Esc goes back by itself. Enter picks the choice with the focus: the first, or the one declared safe.
//   - A figure typed without Shift on a French keyboard is a figure: digit reads it.
//
// # Testing
//
// The harness (harness_test.go) holds a model, a scripted station and a clock.
//
//	h := newHarness(t)         // 80×24, French
//	h.status(open())           // the station says something
//	h.press("1", "enter")      // keys
//	h.clickOn("internet")      // the middle of a choice
//	h.advance(12 * time.Second)
//	h.golden("name")           // the picture, go test -update writes it
//
// Every screen is in the table of scenes_test.go, or of a *_scenes_test.go: it is drawn at each size, language, text size
// and contrast, and its picture is in testdata. TestPictures writes them in colour.
package kiosk
