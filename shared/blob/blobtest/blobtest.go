// Package blobtest is the suite that every engine of the blob port passes: named scenarios, each with two tenants that hold the same keys, and a
// random walk against a small model.
package blobtest

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
)

// Subject is a fresh, empty engine under test.
type Subject struct {
	Blob blob.Blob
	// Restart gives the engine up and opens another over the same objects.
	Restart func() blob.Blob
	// Advance moves the engine's clock, for links that run out, or waits where time is the machine's.
	Advance func(d time.Duration)
	// LinkLife is how long a link lives that is to run out; 0 is a minute. Less makes a suite short whose Advance waits.
	LinkLife time.Duration
	// Rounds is how many sequences of calls the random walk tries where each call costs a way through the network; 0 is rapid's 100.
	Rounds int
}

// Exemption is a scenario that an engine cannot pass, and why.
type Exemption struct{ Scenario, Reason string }

type scenario struct {
	name string
	run  func(t *testing.T, w *world)
}

// world is what a scenario works with: the engine and the two tenants' prefixes.
type world struct {
	Subject
	tenants []string
}

// Run runs every scenario on a fresh engine. An exemption must name a scenario and give a reason, which is logged.
func Run(t *testing.T, open func(t *testing.T) Subject, exempt ...Exemption) {
	reasons := map[string]string{}
	for _, e := range exempt {
		reasons[e.Scenario] = e.Reason
	}
	for _, s := range scenarios() {
		reason, exempted := reasons[s.name]
		delete(reasons, s.name)
		t.Run(s.name, func(t *testing.T) {
			if exempted {
				t.Logf("EXEMPT: %s", reason)
				return
			}
			s.run(t, &world{open(t), []string{"t/hana/", "t/duri/"}})
		})
	}
	for name := range reasons {
		t.Errorf("exemption %q names no scenario", name)
	}
}

func scenarios() []scenario {
	all := []scenario{}
	all = append(all, putScenarios...)
	all = append(all, readScenarios...)
	all = append(all, linkScenarios...)
	return append(all, scenario{"any sequence of calls agrees with a map", agreesWithModel})
}

// put stores text and fails the test if that fails.
func (w *world) put(t *testing.T, key, text string) blob.Info {
	t.Helper()
	info, err := w.Blob.Put(t.Context(), key, strings.NewReader(text), blob.PutOptions{ContentType: "text/plain"})
	if err != nil {
		t.Fatalf("put %s: %v", key, err)
	}
	return info
}

// wantText asserts the content and the size of a key.
func (w *world) wantText(t *testing.T, key, want string) {
	t.Helper()
	r, info, err := w.Blob.Get(t.Context(), key, 0, -1)
	if err != nil {
		t.Fatalf("get %s: %v", key, err)
	}
	got, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatalf("read %s: %v", key, err)
	}
	if string(got) != want || info.Size != int64(len(want)) {
		t.Errorf("%s holds %q (size %d), want %q", key, got, info.Size, want)
	}
}

func (w *world) wantMissing(t *testing.T, key string) {
	t.Helper()
	if _, err := w.Blob.Head(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("head of %s: %v, want ErrNotFound", key, err)
	}
	if _, _, err := w.Blob.Get(t.Context(), key, 0, -1); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("get of %s: %v, want ErrNotFound", key, err)
	}
}

// wantKeys asserts a whole listing, read in one page.
func (w *world) wantKeys(t *testing.T, prefix string, want ...string) {
	t.Helper()
	infos, err := w.Blob.List(t.Context(), prefix, "", 1000)
	if err != nil {
		t.Fatalf("list %s: %v", prefix, err)
	}
	got := make([]string, 0, len(infos))
	for _, i := range infos {
		got = append(got, i.Key)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("list %s: %q, want %q", prefix, got, want)
	}
}

// noise returns n bytes of text.
func noise(n int) []byte { return bytes.Repeat([]byte("0123456789abcdef"), n/16+1)[:n] }
