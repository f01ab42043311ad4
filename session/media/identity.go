package media

import "golang.org/x/sys/unix"

// identity tells one file from another that takes its place, even when it takes its number too: by when it was made and
// on which mount it is, where the kernel knows (statx(2)).
type identity struct {
	major, minor uint32
	ino, mount   uint64
	born         unix.StatxTimestamp
}

func identityAt(path string) (identity, error) {
	return statx(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW)
}

func identityOf(fd int) (identity, error) { return statx(fd, "", unix.AT_EMPTY_PATH) }

func statx(dir int, path string, flags int) (identity, error) {
	var st unix.Statx_t
	if err := unix.Statx(dir, path, flags, unix.STATX_INO|unix.STATX_BTIME|unix.STATX_MNT_ID, &st); err != nil {
		return identity{}, err
	}
	return identity{st.Dev_major, st.Dev_minor, st.Ino, st.Mnt_id, st.Btime}, nil
}
