package triage

import (
	"path"
	"strings"
)

// slashed is a path with the separators of Linux: archives made on Windows have the others.
func slashed(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// escapes says that a path leads out of the folder it is meant in.
func escapes(name string) bool {
	name = slashed(name)
	clean := path.Clean(name)
	return isAbsolute(name) || clean == ".." || strings.HasPrefix(clean, "../")
}

// isAbsolute says that a path begins at the root of a system: /etc, C:/Windows.
func isAbsolute(name string) bool {
	return strings.HasPrefix(name, "/") || (len(name) > 2 && name[1] == ':' && name[2] == '/')
}
