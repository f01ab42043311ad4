package accesslog

import (
	"bytes"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session/sessiontest"
)

const trie = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 127.0.0.0/8 2 0 2
        |-- 127.0.0.1
           /32 host LOCAL
     +-- 192.0.2.0/24 2 0 2
        +-- 192.0.2.0/30 2 0 2
           |-- 192.0.2.0
              /24 link UNICAST
           |-- 192.0.2.2
              /32 host LOCAL
        |-- 192.0.2.255
           /32 link BROADCAST
Local:
  +-- 0.0.0.0/0 3 0 5
     |-- 10.0.0.0
        /8 link UNICAST
     |-- 10.1.2.3
        /24 link UNICAST
        /32 host LOCAL
     |-- 169.254.7.7
        /32 host LOCAL
     |-- 192.0.2.2
        /32 host LOCAL
`

const inet6 = `20010db8000000000000000000000007 02 40 00 82     eth0
00000000000000000000000000000001 01 80 10 80       lo
fe8000000000000000fc00fffe000001 02 40 20 80     eth0
20010db8000000000000000000000008 02 40 00 40     eth0
20010db8000000000000000000000009 02 40 00 88     eth0
fd000000000000000000000000000002 03 40 00 20    wlan0
`

func TestAddressesAreFound(t *testing.T) {
	for _, c := range []struct {
		trie, inet6, want string
	}{
		{"", "", "[]"},
		{trie, inet6, "[10.1.2.3 192.0.2.2 2001:db8::7 fd00::2]"},
		{"Main:\n  |-- 192.0.2.2\n     /24 link UNICAST\n", "", "[]"}, // a neighbour's
		{"     /32 host LOCAL\n", "", "[]"},                           // of no leaf
		{"|-- rubbish\n/32 host LOCAL\n", "rubbish 02 40 00 82 eth0\n", "[]"},
		{"|-- 192.0.2.2\n|-- fe80::1%eth0\n/32 host LOCAL\n", "", "[]"},
		{"|-- 224.0.0.1\n/32 host LOCAL\n|-- 255.255.255.255\n/32 host LOCAL\n", "ff020000000000000000000000000001 02 40 00 82 eth0", "[]"},
		{"", "00000000000000000000ffffc0000202 02 40 00 82 eth0\n20010db8000000000000000000000007 02 40 00 zz eth0\n", "[]"},
		{"", "20010db800000000000000000000000700 02 40 00 82 eth0\n", "[]"},
	} {
		if got := fmt.Sprint(tidy(append(parseTrie([]byte(c.trie)), parseInet6([]byte(c.inet6))...))); got != c.want {
			t.Errorf("%q, %q: %s, want %s", c.trie, c.inet6, got, c.want)
		}
	}
}

// What the kernel lists is what it lets us bind to: no others' address is among them.
func TestTheAddressesAreOurs(t *testing.T) {
	found, err := Addresses()
	if err != nil {
		t.Fatal(err)
	}
	ours, _ := os.ReadFile("/proc/self/net/fib_trie")
	if theirs, err := os.ReadFile("/proc/1/net/fib_trie"); err != nil || !bytes.Equal(ours, theirs) {
		sessiontest.Missing(t, "this test is on another network than the computer")
	}
	for _, a := range found {
		family, to := unix.AF_INET6, unix.Sockaddr(&unix.SockaddrInet6{Addr: a.As16()})
		if a.Is4() {
			family, to = unix.AF_INET, &unix.SockaddrInet4{Addr: a.As4()}
		}
		fd, err := unix.Socket(family, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := unix.Bind(fd, to); err != nil {
			t.Errorf("%s: %v", a, err)
		}
		unix.Close(fd)
	}
	t.Log(found)
}

// FuzzAddresses: whatever the kernel writes, what is found can be noted.
func FuzzAddresses(f *testing.F) {
	f.Add([]byte(trie), []byte(inet6))
	f.Add([]byte("|-- 1.2.3.4\n/32 host LOCAL"), []byte("::"))
	f.Fuzz(func(t *testing.T, trie, inet6 []byte) {
		found := tidy(append(parseTrie(trie), parseInet6(inet6)...))
		if len(found) > mostAddresses || !slices.IsSortedFunc(found, netip.Addr.Compare) {
			t.Fatalf("%v", found)
		}
		if _, err := encode(Entry{Station: "pc", Addresses: found, Start: first}); err != nil {
			t.Fatal(err)
		}
	})
}

// A service that systemd gave a network of its own (PrivateNetwork=) finds the addresses of the computer all the same.
func TestAServiceWithoutANetworkFindsTheAddresses(t *testing.T) {
	found, err := Addresses()
	if err != nil {
		t.Fatal(err)
	}
	const inside = "ESTRAN_TEST_ADDRESSES"
	if want, is := os.LookupEnv(inside); is {
		if got := fmt.Sprint(found); got != want {
			t.Errorf("it finds %s, not %s", got, want)
		}
		if ours, err := os.ReadFile("/proc/self/net/if_inet6"); err == nil && len(parseInet6(ours)) > 0 {
			t.Errorf("it has a network: %s", ours)
		}
		return
	}
	if out, err := exec.Command("unshare", "--net", "true").CombinedOutput(); err != nil {
		sessiontest.Missing(t, fmt.Sprintf("no network can be taken away here: %s", out))
	}
	cmd := exec.Command("unshare", "--net", os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), inside+"="+fmt.Sprint(found))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
