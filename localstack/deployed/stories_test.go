package deployed_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/story"
)

// storyLimit is generous: an emulator starts a process for each function's first call.
const storyLimit = 3 * time.Minute

// stops are where a story cannot go on against a deployed stage on MiniStack, and why. It must come that far and no further.
var stops = map[string]struct {
	line   int
	reason string
}{}

// neighbour dials names below localhost at the loopback address, as RFC 6761 (6.3) has it and not every resolver does, from an address of its own: sign-ups
// are counted by address.
func neighbour(n int) func(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, byte(time.Now().Unix()), byte(10+n))}}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, port, err := net.SplitHostPort(address); err == nil && strings.HasSuffix(host, ".localhost") {
			address = net.JoinHostPort("127.0.0.1", port)
		}
		return d.DialContext(ctx, network, address)
	}
}

// signUp finds who signs up in a story.
var signUp = regexp.MustCompile(`POST /v1/signup\n\{[^}]*"email": "([^"]+)"`)

// ofItsOwn gives the people who sign up in a story addresses that no other story, and no earlier run, has used: all stories share one stage.
func ofItsOwn(name string, data []byte) []byte {
	for _, m := range signUp.FindAllSubmatch(data, -1) {
		own := fmt.Sprintf("%s.%d.%s", name, time.Now().UnixNano(), m[1])
		data = bytes.ReplaceAll(data, m[1], []byte(own))
	}
	return data
}

func TestStories(t *testing.T) {
	base := os.Getenv("DANGOL_DEPLOYED_URL")
	if base == "" {
		t.Skip("no deployed stage: scripts/deployed.sh makes one on MiniStack and runs this")
	}
	files, err := filepath.Glob("../scenarios/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d stories: %v", len(files), err)
	}
	for n, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := story.Parse(file, ofItsOwn(name, data))
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
			defer cancel()
			r := story.NewRunner(base)
			r.Patience = 20 * time.Second
			r.Client.Transport = &http.Transport{DialContext: neighbour(n)}
			err = r.Run(ctx, s)
			stop, stops := stops[name]
			if stops && (err == nil || !strings.Contains(err.Error(), fmt.Sprintf(".txtar:%d:", stop.line))) {
				t.Errorf("got %v, want a stop at line %d: %s", err, stop.line, stop.reason)
			} else if !stops && err != nil {
				t.Error(err)
			}
		})
	}
}
