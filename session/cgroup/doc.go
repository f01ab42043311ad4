// Package cgroup holds a browser to its share of the computer, and ends all that is in it at once.
//
// A group is a directory of the kernel's cgroup2 file system (cgroups(7); Documentation/admin-guide/cgroup-v2.rst). A
// browser that is born in one can neither leave it nor have more memory, processes or time than the group has: a page
// that eats everything ends, and the kiosk beside it stays. Emptying a group needs no list of processes that could be out
// of date, and the kernel says by itself when nothing is left in it.
//
// systemd gives the service a part of the tree to rule (systemd.resource-control(5), Delegate=):
// Settle makes room there, and Delegated finds it.
package cgroup
