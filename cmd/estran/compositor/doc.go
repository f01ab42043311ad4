// Package compositor lays the screen of a station out, through the IPC of sway: it is the kiosk's Desk.
//
// The kiosk's window is known by its process, an ancestor of ours, and by nothing that another window can say of
// itself. It floats over every workspace of sway: on the workspace "estran", where nothing else is, it has the full
// screen; on the workspace "internet", to which sway's configuration sends every other window, it is the bandeau over
// the gap that is kept free for it. So a browser that is hidden is on a workspace that is not shown, whatever it asks
// for, and stays there when the kiosk dies.
//
// Sway gives full screen to any window that asks for it, and nothing in its configuration can refuse it to one that is
// open already. So a guard listens to sway, and takes it away again.
package compositor
