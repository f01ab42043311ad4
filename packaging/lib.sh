# shellcheck shell=sh
# What run, test and picture share: where the clone is, how a Debian package is installed, which Go builds.
# They speak to developers, in English, on standard error.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# clamd and mke2fs are there, and a user's PATH on Debian is not.
PATH=$PATH:/usr/sbin:/sbin

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
	say "$*"
	exit 1
}

# as_root runs a command as root, through sudo where that is needed.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "this needs root, and sudo is not installed; as root: $*"
	fi
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# need installs those of the Debian packages that are missing. When none is, it touches nothing and needs no network.
need() {
	command -v dpkg-query >/dev/null || {
		say "this is not a Debian system: these packages, or what they stand for, must be there: $*"
		return
	}
	missing=
	for package in "$@"; do
		is_installed "$package" || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	say "installing$missing"
	# Standard output is the program's own; RUNLEVEL keeps service scripts quiet where systemd is not running.
	level=
	[ -d /run/systemd/system ] || level=RUNLEVEL=1
	as_root apt-get -q -o Acquire::Retries=3 update >&2 || say "cannot refresh the list of packages, trying with the one that is there"
	# shellcheck disable=SC2086 # one word each
	as_root env DEBIAN_FRONTEND=noninteractive $level apt-get -q -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
		install --no-install-recommends $missing >&2 </dev/null || die "cannot install$missing"
}

# need_go finds a Go that is new enough. Debian's own may be older: Go then fetches a newer one by itself, or says why
# it cannot.
need_go() {
	command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin
	command -v go >/dev/null || die "Go is not installed: https://go.dev/doc/install (1.26 or later)"
	found=$(cd "$root" && go env GOVERSION 2>&1) || die "Go does not work: $found"
	minor=${found#go1.}
	minor=${minor%%[!0-9]*}
	if [ "${minor:-0}" -lt 26 ]; then
		die "Go 1.26 or later is needed, here is $found: https://go.dev/doc/install"
	fi
}

# build makes the program and prints where it is: in bin/, or in the cache of whoever runs this in a clone of somebody
# else, so that no file of root's stays there.
build() {
	bin=$root/bin
	if [ "$(stat -c %u "$root")" -ne "$(id -u)" ]; then
		bin=${XDG_CACHE_HOME:-$HOME/.cache}/estran/bin
	fi
	[ -x "$bin/estran" ] || say "building; the first time takes a minute"
	(cd "$root" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$bin/estran" ./cmd/estran) >&2 ||
		die "cannot build"
	printf '%s\n' "$bin/estran"
}
