// Package triage says what is wrong with a file without an antivirus: by its name, by what its first bytes say it is, by
// how it is built, and by what it holds.
//
// The bytes may come from anybody. So nothing of a file is believed before it was compared with its size, nothing is
// unpacked without a limit on how much, how deep and how many, and whatever cannot be understood is a reason, never
// nothing. And a false alarm is as bad as a miss: it teaches people to click on. So what is merely unusual raises
// nothing.
package triage
