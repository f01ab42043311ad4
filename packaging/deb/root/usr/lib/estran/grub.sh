# shellcheck shell=sh
# What the two scripts of /etc/grub.d share. They take Debian's own first entry and change its head, so that the kernel,
# the disk and its encryption are found by the code that Debian keeps.

# entry prints the entry that 10_linux writes first, with what it needs before. $1 is its title, $2 its identifier, $3
# more options for "menuentry".
entry() {
	/etc/grub.d/10_linux 2>/dev/null | sed -e "/^menuentry /,/^}/{
		s/^menuentry '[^']*'/menuentry '$1' $3/
		s/\\(menuentry_id_option}\\{0,1\\}\\) '[^']*'/\\1 '$2'/
		/^}/q
	}"
}

# password prints IT's password as grub-mkpasswd-pbkdf2(1) gives it; nothing when there is none, or when the file is not
# one line of that kind: GRUB would not boot at all.
password() {
	[ -r /etc/estran/grub.password ] || return 0
	grep -xE 'grub\.pbkdf2\.sha512\.[0-9]+\.[0-9A-Fa-f]+\.[0-9A-Fa-f]+' /etc/estran/grub.password | head -n 1
}
