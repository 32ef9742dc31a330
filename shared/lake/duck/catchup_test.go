//go:build cgo

package duck_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	lakes "github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/duck"
)

// slowBucket is one whose objects are not to be had until go is closed.
type slowBucket struct {
	*bucket
	wanted atomic.Int64 // how often an object was asked for
	asked  chan struct{}
	free   chan struct{}
}

func slow(b *bucket) *slowBucket {
	return &slowBucket{bucket: b, asked: make(chan struct{}, 16), free: make(chan struct{})}
}

func (b *slowBucket) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	b.wanted.Add(1)
	b.asked <- struct{}{}
	select {
	case <-b.free:
		return b.bucket.Open(ctx, key)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// TestALoadOutlivesWhoAskedForIt: a lake that takes longer to load than anybody waits is loaded all the same, and once.
func TestALoadOutlivesWhoAskedForIt(t *testing.T) {
	b := slow(newBucket())
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {b.customers(t, "a 1 x")}}})
	l, err := runner(t, duck.Options{}).Lake("tenant", b)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		inTime, cancel := context.WithCancel(t.Context())
		left := make(chan error)
		go func() { left <- l.Query(inTime, duck.Statement{SQL: names}, none) }()
		if b.wanted.Load() == 0 {
			<-b.asked
		}
		cancel()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("who left got %v", err)
		}
	}
	close(b.free)
	if got := ask1(t, l, names); !slices.Equal(got, []string{"a x"}) {
		t.Errorf("got %q", got)
	}
	if n := b.wanted.Load(); n != 1 {
		t.Errorf("the part was read %d times, want once", n)
	}
}

func ask1(t *testing.T, l lakes.Lake, query string) (out []string) {
	t.Helper()
	err := l.Query(t.Context(), duck.Statement{SQL: query}, func(row []any) error {
		out = append(out, row[0].(string)+" "+row[1].(string))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestWhoWantsAnAnswerSoonGetsTheLastOne while the lake takes its time; who wants everything waits for it, and a lake of which nothing is known has no answer.
func TestWhoWantsAnAnswerSoonGetsTheLastOne(t *testing.T) {
	b := newBucket()
	first := b.customers(t, "a 1 x")
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {first}}})
	taken := slow(b)
	close(taken.free)
	l, err := runner(t, duck.Options{}).Lake("tenant", taken)
	if err != nil {
		t.Fatal(err)
	}
	soon := lakes.Soon(l, 20*time.Millisecond)
	if got := ask1(t, soon, names); !slices.Equal(got, []string{"a x"}) {
		t.Errorf("nothing was known: got %q", got)
	}
	<-taken.asked

	taken.free = make(chan struct{})
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {first}}, Deltas: []string{b.delta(t, "1", `{"s":"customers","v":2,"at":"2026-11-22T09:00:00Z","id":"a","row":{"name":"y"}}`)}})
	if got := ask1(t, soon, names); !slices.Equal(got, []string{"a x"}) {
		t.Errorf("soon: got %q, want the state before", got)
	}
	all := make(chan []string)
	go func() { all <- ask1(t, l, names) }()
	select {
	case got := <-all:
		t.Errorf("who wants everything got %q before it was there", got)
	case <-time.After(50 * time.Millisecond):
	}
	close(taken.free)
	if got := <-all; !slices.Equal(got, []string{"a y"}) {
		t.Errorf("all: got %q", got)
	}
	if got := ask1(t, soon, names); !slices.Equal(got, []string{"a y"}) {
		t.Errorf("soon, when it is there: got %q", got)
	}
}

// TestNobodyWaitsForWhatOthersWaitFor where loads go on by themselves: patience counts from when the load began.
func TestNobodyWaitsForWhatOthersWaitFor(t *testing.T) {
	b := newBucket()
	first := b.customers(t, "a 1 x")
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {first}}})
	taken := slow(b)
	close(taken.free)
	l, err := runner(t, duck.Options{Awake: true}).Lake("tenant", taken)
	if err != nil {
		t.Fatal(err)
	}
	ask1(t, l, names)
	<-taken.asked
	taken.free = make(chan struct{})
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {first}}, Deltas: []string{b.delta(t, "1", `{"s":"customers","v":2,"at":"2026-11-22T09:00:00Z","id":"a","row":{"name":"y"}}`)}})
	go func() { _ = l.Query(t.Context(), duck.Statement{SQL: names}, none) }()
	<-taken.asked
	const patience = 200 * time.Millisecond
	ask1(t, lakes.Soon(l, patience), names)
	answered := make(chan struct{})
	go func() { ask1(t, lakes.Soon(l, patience), names); close(answered) }()
	select {
	case <-answered:
	case <-time.After(patience):
		t.Error("the second one waits too")
	}
	close(taken.free)
}

// TestWhatCameBeforeTheQuestionIsInTheAnswer, though another one's load was under way that began earlier.
func TestWhatCameBeforeTheQuestionIsInTheAnswer(t *testing.T) {
	b := slow(newBucket())
	part := b.customers(t, "a 1 x")
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {part}}})
	l, err := runner(t, duck.Options{}).Lake("tenant", b)
	if err != nil {
		t.Fatal(err)
	}
	earlier, later := make(chan []string, 1), make(chan []string, 1)
	go func() { earlier <- ask1(t, l, names) }()
	<-b.asked // it knows of the part alone
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {part}}, Deltas: []string{b.delta(t, "1", `{"s":"customers","v":2,"at":"2026-11-22T09:00:00Z","id":"a","row":{"name":"y"}}`)}})
	go func() { later <- ask1(t, l, names) }()
	close(b.free)
	<-earlier
	if got := <-later; !slices.Equal(got, []string{"a y"}) {
		t.Errorf("got %q, want what was there before the question", got)
	}
}

// TestACloseEndsALoad that would take forever.
func TestACloseEndsALoad(t *testing.T) {
	b := slow(newBucket())
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {b.customers(t, "a 1 x")}}})
	r, err := duck.New(subjects, duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	l, err := r.Lake("tenant", b)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan error)
	go func() { got <- l.Query(t.Context(), duck.Statement{SQL: names}, none) }()
	<-b.asked
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := <-got; err == nil {
		t.Error("an answer from a lake that was never loaded")
	}
}
