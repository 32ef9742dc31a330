package emulators

import (
	"fmt"
	"net"
	"strings"
	"testing"
)

func TestAFreePortCanBeListenedOn(t *testing.T) {
	for range 20 {
		port, err := freePort()
		wantError(t, err)
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
	}
}

func TestAnErrorShowsTheEndOfALog(t *testing.T) {
	for _, c := range []struct {
		name      string
		log, want string
	}{
		{"an empty log", "", ""},
		{"a short log", "a\nb\n", "a\nb"},
		{"a long log", strings.Repeat("early\n", 100) + strings.Repeat("late\n", shownLines), strings.TrimSuffix(strings.Repeat("late\n", shownLines), "\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(lastLines([]byte(c.log))); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
