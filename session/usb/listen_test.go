package usb

import (
	"context"
	"os"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// null is a device that every computer has, and that takes no harm when somebody says that it changed.
const null = "/sys/devices/virtual/mem/null/uevent"

// TestTheKernelIsHeard has the real kernel say that a device changed, and hears it, in this network namespace and in an
// empty one, as PrivateNetwork= makes it.
func TestTheKernelIsHeard(t *testing.T) {
	if err := os.WriteFile(null, []byte("change"), 0); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skipf("only root may have the kernel speak: %v", err)
	}
	t.Run("here", isHeard)
	t.Run("in a network of its own", func(t *testing.T) {
		runtime.LockOSThread() // and never unlocked: the thread ends with the test, and its namespace with it
		check(t, unix.Unshare(unix.CLONE_NEWNET))
		isHeard(t)
	})
}

func isHeard(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	signs, err := listen(ctx)
	check(t, err)
	quiet(signs)
	check(t, os.WriteFile(null, []byte("change"), 0))
	select {
	case <-signs:
	case <-time.After(10 * time.Second):
		t.Error("no sign came")
	}
}

// quiet takes the signs of what happens on the computer anyway, until there is none for a moment.
func quiet(signs <-chan struct{}) {
	for {
		select {
		case <-signs:
		case <-time.After(300 * time.Millisecond):
			return
		}
	}
}
