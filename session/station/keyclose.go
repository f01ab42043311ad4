package station

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"estran/session/media"
)

// closeKeys lets go of every key of the visit.
func closeKeys(keys []*key) func(context.Context) error {
	return func(context.Context) error {
		var errs []error
		for _, k := range keys {
			errs = append(errs, k.close())
		}
		return errors.Join(errs...)
	}
}

// checkKeys asks the kernel: no device is mounted or held, no descriptor of ours is in a folder.
func checkKeys(keys []*key) func(context.Context) error {
	return func(context.Context) error {
		for _, k := range keys {
			used, err := inUse(k.source)
			if err != nil {
				return err
			}
			if used {
				return errors.New("a key is still in use")
			}
		}
		return nil
	}
}

func inUse(src media.Source) (bool, error) {
	if src.Device {
		return media.InUse(src)
	}
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		target, err := os.Readlink(filepath.Join("/proc/self/fd", e.Name()))
		if err == nil && (target == src.Path || strings.HasPrefix(target, src.Path+"/")) {
			return true, nil
		}
	}
	return false, nil
}
