package emulators

import (
	"net"
	"net/url"
	"os"
	"testing"
	"time"
)

// An emulator asks nobody for a password: whoever reaches its port reads and writes. Beside running emulators (make test-aws) this knocks from outside.
func TestOnlyThisMachineReachesTheEmulators(t *testing.T) {
	tried := 0
	for _, e := range All() {
		at, err := url.Parse(os.Getenv(e.Variable))
		if err != nil || at.Port() == "" {
			continue
		}
		tried++
		if !listens("127.0.0.1", at.Port()) {
			t.Errorf("%s does not answer at %s", e.Name, at)
		}
		for _, address := range outside(t) {
			if listens(address, at.Port()) {
				t.Errorf("%s listens at %s too", e.Name, address)
			}
		}
	}
	if tried == 0 {
		t.Skip("no emulator runs: `make test-aws` starts them and runs this")
	}
}

func listens(address, port string) bool {
	c, err := net.DialTimeout("tcp", net.JoinHostPort(address, port), 2*time.Second)
	if err != nil {
		return false
	}
	return c.Close() == nil
}

// outside are this machine's addresses that other machines may reach. Link-local ones of IPv6 need a zone and are left out.
func outside(t *testing.T) (addresses []string) {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
			addresses = append(addresses, n.IP.String())
		}
	}
	return addresses
}
