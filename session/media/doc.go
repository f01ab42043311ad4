// Package media reads and writes USB keys.
//
// A key is what UDisks2 tells to be one, a folder or a block device that appears under a watched directory, or is given
// by its path. Whoever made it may be hostile: its names hold escape sequences, its links point at the station, its folders
// loop, its answers change between two readings, and it is pulled out at any moment. So every path is resolved by the
// kernel beneath one open directory, without following a link or leaving the file system (openat2(2)); only regular files
// are opened; and what is checked and given to the visitor is a copy, never the key itself.
//
// A block device is mounted read-only, noexec, nosuid, nodev and nosymfollow, at no path at all: the mount hangs from
// one descriptor of this process (fsmount(2)), so nobody else sees it, and it goes with the process, however that ends.
// It is made writable only while documents are copied out, by a Delivery, and for as long a file on the key says that a copy
// runs: should the key be pulled, Sweep removes at the next plug what is left of it.
//
// A key may have several partitions. All that can be read are open, the files of each in a folder of its own; of the others
// Open, or Problem, says what they are.
package media
