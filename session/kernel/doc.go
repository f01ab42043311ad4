// Package kernel makes the kernel forget what it learned of a visitor and what no process of ours can give back: its log,
// and the names of files that it remembers. Both are memory alone.
//
// The log names each USB key with its maker and its serial number, and nothing stops it from doing so. It is a ring: what
// is in it goes when it is written over, not when it is "cleared", which only hides it (syslog(2), SYSLOG_ACTION_CLEAR). So
// it is written over from end to end after each visitor, and then read again.
//
// The names are those of directory entries, also of files that are gone: the label of a key in /dev/disk/by-label, a
// document in a spool. The kernel keeps them until it needs the room. It does not tell which ones
// it keeps, only how many: it is taught some that are nobody's, and asked to forget all.
package kernel
