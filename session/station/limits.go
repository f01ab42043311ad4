package station

import (
	"bytes"
	"os"
	"slices"

	"estran/session"
)

// limits names what is out of our hands on this very computer, today.
func (s *Station) limits(v *visit) []string {
	limits := []string{session.LimitNetwork, session.LimitAccounts}
	if s.cfg.AccessLog.Enabled {
		limits = append(limits, session.LimitAccessLog)
	}
	if v != nil && len(v.printed) > 0 {
		limits = append(limits, session.LimitPrinter)
	}
	if !zeroesFreedMemory() {
		limits = append(limits, session.LimitMemory)
	}
	if swapIsOn() {
		limits = append(limits, session.LimitSwap)
	}
	if s.opts.Desktop {
		limits = append(limits, session.LimitDesktop)
	}
	return limits
}

// zeroesFreedMemory says that the kernel overwrites memory as it is freed (kernel-parameters.txt, init_on_free=1).
// When it cannot be told, it is not so.
func zeroesFreedMemory() bool {
	line, err := os.ReadFile("/proc/cmdline")
	return err == nil && slices.ContainsFunc(bytes.Fields(line), func(f []byte) bool { return string(f) == "init_on_free=1" })
}

// swapIsOn says that memory may have gone to a disk; when it cannot be told, it is so.
func swapIsOn() bool {
	table, err := os.ReadFile("/proc/swaps")
	return err != nil || bytes.Count(bytes.TrimSpace(table), []byte("\n")) > 0
}
