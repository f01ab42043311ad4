// Package launch starts the browser in a unit of its own, so that the service that asks for it can be held to less than
// a browser needs: no network, no namespaces, no memory that is both written and run.
//
// There are two sides. The service (Launcher) has systemd start the unit, waits for it at a socket that only root can
// reach, and hands over what the browser is made of: its configuration, and the session's memory as a mount that is
// nowhere yet (open_tree(2), OPEN_TREE_CLONE). The unit (Serve) puts that mount at the same place in its own mount
// namespace, makes the browser's cgroup, becomes the visitor for good, and runs package browser as any other caller
// would. One unit runs one browser: nothing that knew an address outlives it.
//
// Either side can die: the end of the socket ends the other. Every wait is bounded, and the last word is systemd's, which
// kills all that is in the unit.
package launch
