// Package kernellog makes the kernel forget what its log says of a visitor. The kernel names each USB key there with its
// maker and its serial number, and nothing stops it from doing so. Its log is a ring in memory: what is in it goes when it
// is written over, not when it is "cleared", which only hides it (syslog(2), SYSLOG_ACTION_CLEAR).
//
// So a ring that got a record since the last visitor is written over from end to end, and then read again.
package kernellog
