package browser

import "runtime"

// mount is something of the host's that the sandbox sees, read-only. What is not on this list does not exist inside:
// no shell, no other program, no directory of the host's users.
type mount struct {
	path string
	why  string
}

// hostMounts are bound where they stand, when they exist.
func hostMounts() []mount {
	return []mount{
		{"/usr/lib/" + multiarch(), "the libraries"},
		{"/usr/lib64", "the dynamic loader, on amd64"},
		{"/usr/lib/ld-linux-aarch64.so.1", "the dynamic loader, on arm64"},
		{"/usr/lib/locale", "C.UTF-8 and the languages that were generated"},
		{"/usr/lib/terminfo", "what w3m knows of terminals"},
		{"/usr/lib/mozilla", "spelling dictionaries and extensions packaged by Debian"},
		{"/usr/share/ca-certificates", "/etc/ssl/certs points into it"},
		{"/usr/local/share/ca-certificates", "so do the authorities that a town adds"},
		{"/usr/share/drirc.d", "Mesa"},
		{"/usr/share/firefox-esr", "Debian keeps a part of Firefox here"},
		{"/usr/share/fontconfig", "/etc/fonts points into it"},
		{"/usr/share/fonts", "fonts"},
		{"/usr/local/share/fonts", "fonts that a town adds"},
		{"/usr/share/glib-2.0", "GTK's settings schemas"},
		{"/usr/share/glvnd", "OpenGL in software"},
		{"/usr/share/gtk-3.0", "GTK"},
		{"/usr/share/hunspell", "spelling dictionaries"},
		{"/usr/share/hyphen", "hyphenation"},
		{"/usr/share/icons", "icons and mouse pointers"},
		{"/usr/share/libthai", "line breaking in Thai"},
		{"/usr/share/locale", "GTK and w3m in French"},
		{"/usr/share/mime", "the types of the files that are uploaded"},
		{"/usr/share/mozilla", "packaged extensions"},
		{"/usr/share/myspell", "spelling dictionaries"},
		{"/usr/share/terminfo", "what w3m knows of terminals"},
		{"/usr/share/themes", "GTK"},
		{"/usr/share/w3m", "w3m"},
		{"/usr/share/X11", "keyboard layouts"},
		{"/usr/share/xkeyboard-config-2", "keyboard layouts, in newer Debian"},
		{"/usr/share/zoneinfo", "time zones"},
		{"/etc/alternatives", "libraries that Debian chooses by a link"},
		{"/etc/firefox-esr", "Debian's own defaults"},
		{"/etc/fonts", "fonts"},
		{"/var/cache/fontconfig", "what is known of them: reading each font again takes a third of a second"},
		{"/etc/hosts", "names of the town's own network"},
		{"/etc/ld.so.cache", "the dynamic loader"},
		{"/etc/localtime", "the time zone"},
		{"/etc/mime.types", "the types of the files that are uploaded"},
		{"/etc/resolv.conf", "DNS; bubblewrap follows the link that it often is"},
		{"/etc/ssl/certs", "certificate authorities, for w3m"},
		{"/etc/ssl/openssl.cnf", "OpenSSL, for w3m"},
	}
}

// multiarch is the name of Debian's library directory on this architecture
// (https://wiki.debian.org/Multiarch/Tuples).
func multiarch() string {
	switch runtime.GOARCH {
	case "arm64":
		return "aarch64-linux-gnu"
	case "riscv64":
		return "riscv64-linux-gnu"
	case "ppc64le":
		return "powerpc64le-linux-gnu"
	default:
		return "x86_64-linux-gnu"
	}
}
