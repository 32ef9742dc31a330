package deployed_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/cloudstand"
	"github.com/dangol/dangol/localstack/story"
	"github.com/dangol/dangol/localstack/storytest"
	"github.com/dangol/dangol/shared/mail/outbox"
)

// storyLimit is generous: an emulator starts a process for each function's first call.
const storyLimit = 3 * time.Minute

// stops are those of functions in processes of their own, and that of the gateway before them.
func stops() map[string]storytest.Stop {
	all := maps.Clone(cloudstand.Stops)
	all["sign-up"] = storytest.Stop{Line: 116, Reason: "whoever brings no credential is turned away by the gateway, in words of its own"}
	keys := all["keys"]
	keys.Perhaps = true // MiniStack keeps several processes of a function, and one that has not seen the key yet asks the table
	all["keys"] = keys
	return all
}

// chance is measured in docs/emulators.md. Each of the stories makes some dozens of such writes.
const chance = "MiniStack fails one in some 700 conditional writes that nothing stands against"

// neighbour is a caller with an address of its own, since sign-ups are counted by address: it speaks as CloudFront would for that caller. Names below
// localhost are dialled at the loopback address, as RFC 6761 (6.3) has it and not every resolver does. The mailbox of a laptop is no part of a stage: it
// stands here.
type neighbour struct {
	to      http.RoundTripper
	address string
	mailbox http.Handler
}

func newNeighbour(n int, mailbox http.Handler) neighbour {
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, port, err := net.SplitHostPort(address); err == nil && strings.HasSuffix(host, ".localhost") {
			address = net.JoinHostPort("127.0.0.1", port)
		}
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
	return neighbour{&http.Transport{DialContext: dial}, fmt.Sprintf("10.%d.0.%d", time.Now().Unix()%250, n+1), mailbox}
}

// RoundTrip implements http.RoundTripper.
func (n neighbour) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.Path, outbox.BasePath) {
		w := httptest.NewRecorder()
		n.mailbox.ServeHTTP(w, r)
		return w.Result(), nil
	}
	r = r.Clone(r.Context())
	r.Header.Set("X-Dangol-Edge", os.Getenv("DANGOL_DEPLOYED_EDGE"))
	r.Header.Set("X-Forwarded-For", n.address+", 127.0.0.1")
	return n.to.RoundTrip(r)
}

// signUp finds who signs up in a story.
var signUp = regexp.MustCompile(`POST /v1/signup\n\{[^}]*"email": "([^"]+)"`)

// ofItsOwn gives the people who sign up in a story addresses that no other story, and no earlier run, has used: all stories share one stage.
func ofItsOwn(name string, data []byte) []byte {
	run, renamed := time.Now().UnixNano(), map[string]bool{}
	for _, m := range signUp.FindAllSubmatch(data, -1) {
		if address := string(m[1]); !renamed[address] {
			renamed[address] = true
			data = bytes.ReplaceAll(data, m[1], fmt.Appendf(nil, "%s.%d.%s", name, run, address))
		}
	}
	return data
}

func TestStories(t *testing.T) {
	base := os.Getenv("DANGOL_DEPLOYED_URL")
	if base == "" {
		t.Skip("no deployed stage: scripts/deployed.sh makes one on MiniStack and runs this")
	}
	mailbox := openOffice(t)
	storytest.Play(t, storytest.Place{Dir: "../scenarios", Limit: storyLimit, Stops: stops(), Again: chance, Text: ofItsOwn, Open: func(_ *testing.T, n int) *story.Runner {
		r := story.NewRunner(base)
		r.Patience = 20 * time.Second
		r.Client.Transport = newNeighbour(n, mailbox)
		return r
	}})
}
