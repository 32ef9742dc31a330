package sqs_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/sqs"
	"github.com/dangol/dangol/shared/testkit/sqstwin"
)

// graveyard has 25 dead letters of hana, of which 12 were sent an hour after the others, and one of duri.
func graveyard(t *testing.T) (*sqs.Queue, *sqstwin.Twin, *clock.Manual) {
	t.Helper()
	clk := clock.NewManual(start)
	twin := sqstwin.Start(t, clk)
	q := overTwin(twin)
	for i := range 25 {
		if i == 13 {
			clk.Advance(time.Hour)
		}
		put(t, q, queue.Send{Group: "hana", Body: fmt.Appendf(nil, "%d", i)})
	}
	put(t, q, queue.Send{Group: "duri", Body: []byte("theirs")})
	for range queue.MaxReceives {
		for got := []queue.Message{{}}; len(got) > 0; {
			var err error
			if got, err = q.Receive(t.Context(), "work", 10, time.Second, 0); err != nil {
				t.Fatal(err)
			}
		}
		clk.Advance(time.Second)
	}
	return q, twin, clk
}

func put(t *testing.T, q queue.Queue, m queue.Send) {
	t.Helper()
	if err := q.Send(t.Context(), "work", m); err != nil {
		t.Fatal(err)
	}
}

func TestARedriveMovesWhatFits(t *testing.T) {
	cases := map[string]struct {
		selection sqs.Selection
		moved     map[string]int
		stay      int // dead letters afterwards
	}{
		"everything":                      {sqs.Selection{}, map[string]int{"hana": 25, "duri": 1}, 0},
		"one group":                       {sqs.Selection{Group: "hana"}, map[string]int{"hana": 25}, 1},
		"what was sent since":             {sqs.Selection{Since: start.Add(time.Minute)}, map[string]int{"hana": 12, "duri": 1}, 13},
		"both":                            {sqs.Selection{Group: "hana", Since: start.Add(time.Minute)}, map[string]int{"hana": 12}, 14},
		"another group":                   {sqs.Selection{Group: "none"}, map[string]int{}, 26},
		"nothing, since it is a dry run":  {sqs.Selection{DryRun: true}, map[string]int{"hana": 25, "duri": 1}, 26},
		"nothing of a group in a dry run": {sqs.Selection{Group: "duri", DryRun: true}, map[string]int{"duri": 1}, 26},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			q, twin, _ := graveyard(t)
			before := twin.Calls("SendMessageBatch")
			r, err := q.RedriveSelected(t.Context(), "work", c.selection)
			if err != nil || fmt.Sprint(r.Moved) != fmt.Sprint(c.moved) || r.Left+r.Total() != 26 {
				t.Errorf("report %+v, %v; want %v moved", r, err, c.moved)
			}
			if c.selection.DryRun && twin.Calls("SendMessageBatch") != before {
				t.Error("a dry run sent something")
			}
			if dead, err := q.Dead(t.Context(), "work", 100); err != nil || len(dead) != c.stay {
				t.Errorf("%d dead letters, %v; want %d", len(dead), err, c.stay)
			}
			if got := drain(t, q); len(got) != 26-c.stay {
				t.Errorf("%d messages in the queue, want %d", len(got), 26-c.stay)
			}
		})
	}
}

func TestARedriveThatFailsLosesNothing(t *testing.T) {
	for _, action := range []string{"SendMessageBatch", "DeleteMessageBatch"} {
		t.Run(action, func(t *testing.T) {
			q, twin, _ := graveyard(t)
			first := twin.Calls(action) + 1
			twin.FailEntries(func(a string, call, entry int) *sqstwin.Fault {
				if a == action && call > first && entry == 3 {
					return &sqstwin.Fault{Code: "AccessDenied", Sender: true}
				}
				return nil
			})
			r, err := q.RedriveSelected(t.Context(), "work", sqs.Selection{})
			if err == nil || !strings.Contains(err.Error(), "AccessDenied") {
				t.Errorf("report %+v, %v; want the error", r, err)
			}
			twin.FailEntries(nil)
			if _, err = q.RedriveSelected(t.Context(), "work", sqs.Selection{}); err != nil {
				t.Error(err)
			}
			got := drain(t, q)
			slices.Sort(got)
			if distinct := slices.Compact(got); len(distinct) != 26 {
				t.Errorf("%d messages came back, want 26", len(distinct))
			}
		})
	}
}

func TestARedriveSendsLargeLettersInSeveralBatches(t *testing.T) {
	clk := clock.NewManual(start)
	q := overTwin(sqstwin.Start(t, clk))
	for i := range 4 {
		put(t, q, queue.Send{Group: "hana", Body: []byte(strings.Repeat(fmt.Sprint(i), 100_000))})
	}
	for range queue.MaxReceives {
		if got, err := q.Receive(t.Context(), "work", 10, time.Second, 0); err != nil || len(got) != 4 {
			t.Fatalf("received %d, %v", len(got), err)
		}
		clk.Advance(time.Second)
	}
	if n, err := q.Redrive(t.Context(), "work", "hana"); err != nil || n != 4 {
		t.Errorf("redrive: %d, %v; want 4", n, err)
	}
}

func drain(t *testing.T, q queue.Queue) (all []string) {
	t.Helper()
	for {
		got := bodies(t, q)
		if len(got) == 0 {
			return all
		}
		all = append(all, got...)
	}
}
