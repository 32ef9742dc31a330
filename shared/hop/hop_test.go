package hop_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// works is a workspace with one job; its step is the test's.
type works struct {
	testing.TB
	*testenv.Place
	t   *store.Tenant
	job string
}

func open(t testing.TB) *works {
	t.Helper()
	p := testenv.New(t)
	w := &works{TB: t, Place: p, t: p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID).As("owner")}
	tx := w.t.Begin()
	w.job = tx.StartJob(job.ScoreRebuild, "", 10, map[string]int{"goal": 10}).ID
	w.must(tx.Commit(t.Context()))
	return w
}

func (w *works) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *works) read() *job.Job {
	w.Helper()
	j, err := w.t.Job(w.Context(), w.job)
	w.must(err)
	return j
}

// deliver hands a message to a worker that does the step, and says whether it failed.
func (w *works) deliver(m queue.Message, step hop.Step) bool {
	w.Helper()
	failed, err := hop.Handler(w.Env, "worker", map[job.Kind]hop.Step{job.ScoreRebuild: step})(w.Context(), []queue.Message{m})
	w.must(err)
	return len(failed) > 0
}

func (w *works) next() queue.Message { return testenv.Hop(w.TB, w.t, w.job) }

func (w *works) cancel() {
	w.Helper()
	j := w.read()
	j.CancelAsked = true
	tx := w.t.Begin()
	tx.SaveJob(j, false)
	w.must(tx.Commit(w.Context()))
}

func never(context.Context, *hop.Run) (bool, error) {
	panic("the step was called")
}

func TestHowAHopEndsAJob(t *testing.T) {
	for name, c := range map[string]struct {
		step     hop.Step
		received int
		canceled bool
		failed   bool // the delivery
		status   job.Status
		code     string
		hop      int
	}{
		"done": {
			step:   func(context.Context, *hop.Run) (bool, error) { return false, nil },
			status: job.Succeeded,
		},
		"done, with failures": {
			step:   func(_ context.Context, r *hop.Run) (bool, error) { r.Job.Failed = 1; return false, nil },
			status: job.PartlyFailed,
		},
		"done, after its owner asked to cancel": {
			step:     func(context.Context, *hop.Run) (bool, error) { return false, nil },
			canceled: true, status: job.Canceled,
		},
		"another hop is needed": {
			step:   func(context.Context, *hop.Run) (bool, error) { return true, nil },
			status: job.Running, hop: 1,
		},
		"a rule says no": {
			step: func(context.Context, *hop.Run) (bool, error) {
				return false, errs.New(errs.NotFound, "segment_not_found")
			},
			status: job.Failed, code: "segment_not_found",
		},
		"an engine is not there: again later": {
			step:   func(context.Context, *hop.Run) (bool, error) { return true, errs.New(errs.Unavailable, "try_again") },
			failed: true, status: job.Running,
		},
		"anything else: again later": {
			step:   func(context.Context, *hop.Run) (bool, error) { return true, errors.New("disk on fire") },
			failed: true, status: job.Running,
		},
		"given up after so many deliveries in vain": {
			step: never, received: queue.MaxReceives, status: job.Failed, code: "job_gave_up",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			if c.canceled {
				w.cancel()
			}
			m := w.next()
			m.Received = max(c.received, 1)
			if got := w.deliver(m, c.step); got != c.failed {
				t.Errorf("got failed %v, want %v", got, c.failed)
			}
			j := w.read()
			if j.Status != c.status || j.Code != c.code || j.Hop != c.hop || (j.FinishedAt != nil) != j.Status.Ended() {
				t.Errorf("got %s %q, hop %d, finished %v; want %s %q, hop %d", j.Status, j.Code, j.Hop, j.FinishedAt, c.status, c.code, c.hop)
			}
			if j.Status.Ended() {
				version := j.Version
				if w.deliver(m, never) || w.read().Version != version {
					t.Error("a delivery after the end did something")
				}
			}
		})
	}
}

func TestADeliveryThatIsBehindIsIgnored(t *testing.T) {
	w := open(t)
	first := w.next()
	if w.deliver(first, func(context.Context, *hop.Run) (bool, error) { return true, nil }) {
		t.Fatal("the first hop failed")
	}
	if w.deliver(first, never) {
		t.Error("the first hop, come again, failed")
	}
	gone := first
	gone.Body, _ = json.Marshal(job.Call{Tenant: w.t.ID, Job: "job_01KJQ6PSG02X9YPKYC3QEKNM3P", Kind: job.ScoreRebuild})
	if w.deliver(gone, never) {
		t.Error("a hop of a job that has expired failed")
	}
	gone.Body = []byte("{")
	if !w.deliver(gone, never) {
		t.Error("a message that nobody can read was taken for done")
	}
}

// A hop that is delivered again asks for a new one when the last delivery got somewhere, and counts towards the end when it did not.
func TestOnlyAHopThatGetsNowhereIsGivenUp(t *testing.T) {
	works := func(done int64, at int) hop.Step {
		return func(ctx context.Context, r *hop.Run) (bool, error) {
			r.Job.Done = done
			if err := errors.Join(r.SetCursor(at), r.Checkpoint(ctx)); err != nil {
				t.Error(err)
			}
			return false, errors.New("the power went")
		}
	}
	nothing := func(context.Context, *hop.Run) (bool, error) { return false, errors.New("the power went") }
	for name, c := range map[string]struct {
		first    hop.Step // what the first delivery does before it is cut off
		received int      // the delivery that comes next
		hop      int
		status   job.Status
		called   bool // the step
	}{
		"rows were done":                           {works(4, 4), 2, 1, job.Running, false},
		"only the cursor moved":                    {works(0, 4), 2, 1, job.Running, false},
		"rows were done, and it is the last":       {works(4, 4), queue.MaxReceives, 1, job.Running, false},
		"nothing was done":                         {nothing, 2, 0, job.Running, true},
		"nothing was done, and it is the last":     {nothing, queue.MaxReceives, 0, job.Failed, false},
		"work was done, but the count starts anew": {works(4, 4), 1, 0, job.Running, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			m := w.next()
			w.deliver(m, c.first)
			called := false
			m.Received = c.received
			w.deliver(m, func(context.Context, *hop.Run) (bool, error) { called = true; return false, errors.New("again") })
			if j := w.read(); j.Hop != c.hop || j.Status != c.status || called != c.called {
				t.Errorf("got hop %d, %s, step called %v; want hop %d, %s, %v", j.Hop, j.Status, called, c.hop, c.status, c.called)
			}
			if version := w.read().Version; c.hop > 0 && (w.deliver(m, never) || w.read().Version != version) {
				t.Error("the message of the hop before did something")
			}
		})
	}
}

// Progress buys one new hop, not an endless chain of them: the new hop begins where the last one stood.
func TestANewHopCountsFromWhereItBegins(t *testing.T) {
	w := open(t)
	w.deliver(w.next(), func(ctx context.Context, r *hop.Run) (bool, error) {
		r.Job.Done = 4
		return false, errors.Join(r.Checkpoint(ctx), errors.New("the power went"))
	})
	for received := 2; received <= queue.MaxReceives; received++ {
		m := w.next()
		m.Received = received
		w.deliver(m, func(context.Context, *hop.Run) (bool, error) { return false, errors.New("a row that nobody can read") })
	}
	if j := w.read(); j.Hop != 1 || j.Status != job.Failed || j.Code != "job_gave_up" || j.Done != 4 {
		t.Errorf("got hop %d, %s %q, %d done; want hop 1 given up with 4 done", j.Hop, j.Status, j.Code, j.Done)
	}
}

// A delivery that is slow rather than dead loses to the hop that was asked for in its stead.
func TestASlowDeliveryIsStaleOnceANewHopWasAskedFor(t *testing.T) {
	w := open(t)
	m := w.next()
	again := m
	again.Received = 2
	slow := func(ctx context.Context, r *hop.Run) (bool, error) {
		r.Job.Done = 4
		if err := r.Checkpoint(ctx); err != nil {
			t.Error(err)
		}
		if w.deliver(again, never) {
			t.Error("the second delivery failed")
		}
		r.Job.Done = 5
		return true, nil
	}
	if w.deliver(m, slow) {
		t.Error("the slow one failed")
	}
	if j := w.read(); j.Hop != 1 || j.Done != 4 || j.Status != job.Running {
		t.Errorf("got hop %d, %d done, %s", j.Hop, j.Done, j.Status)
	}
}

// While a hop works, another delivery of it comes first: the slower one leaves no trace.
func TestAHopThatIsOvertakenLeavesNoTrace(t *testing.T) {
	w := open(t)
	m := w.next()
	slow := func(ctx context.Context, r *hop.Run) (bool, error) {
		if w.deliver(m, func(_ context.Context, r *hop.Run) (bool, error) { r.Job.Done = 10; return true, r.SetCursor(10) }) {
			t.Error("the faster one failed")
		}
		r.Job.Done = 5
		if err := r.SetCursor(5); err != nil {
			return false, err
		}
		if err := r.Checkpoint(ctx); !errors.Is(err, hop.ErrOvertaken) {
			t.Errorf("checkpoint: got %v, want overtaken", err)
		}
		return true, nil
	}
	if w.deliver(m, slow) {
		t.Error("the slower one failed")
	}
	if j := w.read(); j.Done != 10 || string(j.Cursor) != "10" || j.Hop != 1 {
		t.Errorf("got %d done, cursor %s, hop %d", j.Done, j.Cursor, j.Hop)
	}
}

func TestACancelInBetweenIsSeenAndNothingIsLost(t *testing.T) {
	for name, checkpoint := range map[string]bool{"at a checkpoint": true, "at the end of the hop": false} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			step := func(ctx context.Context, r *hop.Run) (bool, error) {
				w.cancel()
				r.Job.Done = 5
				if err := r.SetCursor(5); err != nil {
					return false, err
				}
				if !checkpoint {
					return true, nil
				}
				err := r.Checkpoint(ctx)
				if !r.Late() {
					t.Error("the step is not told to stop")
				}
				return false, err
			}
			w.deliver(w.next(), step)
			j := w.read()
			if want := map[bool]job.Status{true: job.Canceled, false: job.Running}[checkpoint]; j.Status != want || !j.CancelAsked || j.Done != 5 || string(j.Cursor) != "5" {
				t.Errorf("got %s, cancel asked %v, %d done, cursor %s", j.Status, j.CancelAsked, j.Done, j.Cursor)
			}
			if checkpoint {
				return
			}
			w.deliver(w.next(), func(_ context.Context, r *hop.Run) (bool, error) {
				if !r.Late() {
					t.Error("the next hop is not told to stop")
				}
				return false, nil
			})
			if j := w.read(); j.Status != job.Canceled {
				t.Errorf("got %s", j.Status)
			}
		})
	}
}

func TestProgressOutlivesAHopThatFails(t *testing.T) {
	w := open(t)
	steps := 0
	step := func(ctx context.Context, r *hop.Run) (bool, error) {
		at := 0
		var p struct{ Goal int }
		if err := errors.Join(r.Cursor(&at), r.Params(&p)); err != nil || p.Goal != 10 {
			t.Errorf("got params %+v, %v", p, err)
		}
		for ; at < p.Goal; at++ {
			steps++
			r.Job.Done = int64(at + 1)
			w.Time.Advance(time.Second)
			if err := errors.Join(r.SetCursor(at+1), r.Checkpoint(ctx)); err != nil {
				return false, err
			}
			if steps == 4 {
				return false, errors.New("the power went")
			}
		}
		return false, r.SetResult(map[string]int{"reached": at})
	}
	if !w.deliver(w.next(), step) {
		t.Error("the first delivery did not fail")
	}
	if j := w.read(); j.Status != job.Running || j.Done != 4 || j.StartedAt == nil {
		t.Errorf("after the failure: got %s, %d done, started %v", j.Status, j.Done, j.StartedAt)
	}
	if w.deliver(w.next(), step) {
		t.Error("the second delivery failed")
	}
	if j := w.read(); j.Status != job.Succeeded || steps != 10 || string(j.Result) != `{"reached":10}` {
		t.Errorf("got %s after %d steps with %s", j.Status, steps, j.Result)
	}
}

// A worker has as long as its function, less the margin; by the clock of the place.
func TestAHopKnowsWhenToStop(t *testing.T) {
	w := open(t)
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	h := hop.Handler(w.Env, "worker", map[job.Kind]hop.Step{job.ScoreRebuild: func(_ context.Context, r *hop.Run) (bool, error) {
		if left := r.Until.Sub(w.Time.Now()); left > 9*time.Second || left < time.Second || r.Late() {
			t.Errorf("got %v left, late %v", left, r.Late())
		}
		w.Time.Advance(9 * time.Second)
		if !r.Late() {
			t.Error("not late")
		}
		return true, nil
	}})
	if failed, err := h(ctx, []queue.Message{w.next()}); err != nil || len(failed) > 0 {
		t.Errorf("got %v %v", failed, err)
	}
}

// However short the time, every hop does a piece of its work, and stops at the first question after its time is over: the job ends.
func TestEveryHopGetsSomewhere(t *testing.T) {
	for name, c := range map[string]struct {
		limit time.Duration // of the delivery
		each  time.Duration // that a piece takes
		hops  int
	}{
		"time is over before it begins":  {time.Millisecond, time.Second, 9},
		"a piece takes longer than that": {10 * time.Second, time.Minute, 9},
		"three pieces fit":               {10 * time.Second, 4 * time.Second, 3},
		"all of it fits":                 {time.Hour, time.Second, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w, pieces := open(t), 0
			step := func(_ context.Context, r *hop.Run) (bool, error) {
				at := 0
				if err := r.Cursor(&at); err != nil {
					return false, err
				}
				for ; at < 10; at++ {
					if r.Late() {
						return true, r.SetCursor(at)
					}
					pieces++
					w.Time.Advance(c.each)
				}
				return false, nil
			}
			for !w.read().Status.Ended() {
				w.deliverWithin(c.limit, step)
			}
			if j := w.read(); j.Status != job.Succeeded || pieces != 10 || j.Hop != c.hops {
				t.Errorf("got %s after %d pieces, hop %d; want each of 10 done once, hop %d", j.Status, pieces, j.Hop, c.hops)
			}
		})
	}
}

// deliverWithin hands the next hop to a worker whose function has so much time; the engine is not held to it.
func (w *works) deliverWithin(limit time.Duration, step hop.Step) {
	w.Helper()
	ctx := deadlineOnly{w.Context(), time.Now().Add(limit)}
	failed, err := hop.Handler(w.Env, "worker", map[job.Kind]hop.Step{job.ScoreRebuild: step})(ctx, []queue.Message{w.next()})
	if err != nil || len(failed) > 0 {
		w.Fatalf("got %v %v", failed, err)
	}
}

// deadlineOnly tells of a deadline and does not keep it.
type deadlineOnly struct {
	context.Context
	at time.Time
}

func (d deadlineOnly) Deadline() (time.Time, bool) { return d.at, true }

// A piece of work holds together with the job, or leaves no trace: also when the owner cancels in between, when someone else wrote what it is about, and when
// another delivery was faster.
func TestAPieceAndItsJobAreOne(t *testing.T) {
	taken := func(w *works) *store.Tx {
		tx := w.t.Begin()
		tx.StartJob(job.ScoreRebuild, "effect", 0, nil)
		return tx
	}
	effects := func(w *works) (n int) {
		all, _, err := w.t.Jobs(w.Context(), store.Page{Limit: 10})
		w.must(err)
		for _, j := range all {
			if j.Ref == "effect" {
				n++
			}
		}
		return n
	}
	piece := func(between func(w *works, r *hop.Run)) func(w *works) hop.Step {
		return func(w *works) hop.Step {
			return func(ctx context.Context, r *hop.Run) (bool, error) {
				r.Job.Done = 5
				between(w, r)
				return true, errors.Join(r.SetCursor(5), r.Commit(ctx, taken(w)))
			}
		}
	}
	for name, c := range map[string]struct {
		step    func(*works) hop.Step
		effects int
		done    int64
		failed  bool
	}{
		"nothing between": {piece(func(*works, *hop.Run) {}), 1, 5, false},
		"a cancel":        {piece(func(w *works, _ *hop.Run) { w.cancel() }), 1, 5, false},
		"another delivery was faster": {piece(func(w *works, r *hop.Run) {
			w.deliver(w.next(), func(context.Context, *hop.Run) (bool, error) { return true, nil })
		}), 0, 0, false},
		"a condition of the effects fails": {func(w *works) hop.Step {
			return func(ctx context.Context, r *hop.Run) (bool, error) {
				r.Job.Done = 5
				tx := taken(w)
				other := w.t.Begin()
				other.SaveMerge(&merge.Merge{ID: "mrg_01JD8Z4N6T0QF5W9E2R7Y1K3MB", CustomerID: "cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB", Version: 7})
				tx.Join(other)
				err := r.Commit(ctx, tx)
				var lost *table.ConditionError
				if !errors.As(err, &lost) || len(lost.Failed) != 1 || lost.Failed[0] != 1 {
					t.Errorf("got %v, want the second operation to fail", err)
				}
				r.Job.Done = 2
				return false, r.Commit(ctx, taken(w))
			}
		}, 1, 2, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			if failed := w.deliver(w.next(), c.step(w)); failed != c.failed {
				t.Errorf("got failed %v", failed)
			}
			if got := effects(w); got != c.effects || w.read().Done != c.done {
				t.Errorf("got %d effects, %d done; want %d and %d", got, w.read().Done, c.effects, c.done)
			}
		})
	}
}
