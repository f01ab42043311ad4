package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// screen is one question. It is a struct that the model calls; it takes no part in the message loop, does no input or
// output, and keeps what is typed only for as long as it is on the stack.
type screen interface {
	// title is the first line, exactly as the guides have it.
	title(w *world) string
	// draw draws the body, at any size. It changes nothing: what it declares as choices is what can be picked.
	draw(p *page)
	// pick is called when a choice that it declared was made, by its key, Enter or a click.
	pick(w *world, id string) tea.Cmd
}

// What a screen may also do.

// enterer is told each time its screen comes to the top.
type enterer interface{ enter(w *world) tea.Cmd }

// typist takes keys before they mean anything else; it says whether it wanted this one. F1 never comes here.
type typist interface {
	key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool)
}

// listener hears the answers to the calls it made, and nothing that was meant for another screen.
type listener interface {
	hear(w *world, msg tea.Msg) tea.Cmd
}

// watcher is told of each new status, with the one before.
type watcher interface {
	changed(w *world, before session.Status) tea.Cmd
}

// mover has something that moves: draw is called again after that long, 0 for never.
type mover interface{ next(w *world) time.Duration }

// ticker is told that what moves is due: the time that next gave is over.
type ticker interface{ ticked(w *world) tea.Cmd }

// helped names its text of help: "help.NAME".
type helped interface{ help() string }

// wheeler takes turns of the mouse wheel, and drags on a list.
type wheeler interface{ wheel(w *world, rows int) }

// backer decides what Esc does; without it Esc leaves the screen.
type backer interface{ goBack(w *world) tea.Cmd }

// leaver holds what was typed, and overwrites it when its screen is gone for good.
type leaver interface{ leave() }
