// Package hop runs long jobs as a chain of short calls. A hop reads the job, works until its deadline comes near, saves its cursor and asks for
// the next hop in the same write, so that a crash at any point costs at most the repetition of one hop. What ends a job is work that gets nowhere, not the
// number of crashes.
package hop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Step does the work of one hop. It may be called again with the same cursor after a crash, so every effect of it must be safe to repeat.
// It returns true when another hop is needed. An errs.Error other than Internal and Unavailable ends the job as failed with its code;
// any other error leaves the hop to be delivered again.
type Step func(ctx context.Context, r *Run) (again bool, err error)

// GaveUp is told of a job that ended because it got nowhere, before its end is written: it leaves the record that the job worked on in a state from
// which its owner can go on. It may be called again.
type GaveUp func(ctx context.Context, r *Run) error

// Run is one hop of one job.
type Run struct {
	Env *env.Env
	T   *store.Tenant
	Job *job.Job
	// Until is when the step should stop and return true.
	Until time.Time

	saved time.Time
	asked bool // whether Late was
}

// Params fills v from what the job was started with, and Cursor from where the last hop stopped; v stays as it is at the beginning.
func (r *Run) Params(v any) error { return fill(r.Job.Params, v) }

// Cursor fills v from the place where the last save left off.
func (r *Run) Cursor(v any) error { return fill(r.Job.Cursor, v) }

func fill(raw json.RawMessage, v any) error {
	if len(raw) == 0 {
		return nil
	}
	return json.Unmarshal(raw, v)
}

// SetCursor remembers where to go on; it is stored with the next save.
func (r *Run) SetCursor(v any) error {
	b, err := json.Marshal(v)
	r.Job.Cursor = b
	return err
}

// SetResult sets what the job shows when it ends.
func (r *Run) SetResult(v any) error {
	b, err := json.Marshal(v)
	r.Job.Result = b
	return err
}

// Late says whether the step should stop: its time is nearly over, or its owner asked to cancel. A step asks before each piece of its work. For the first
// one time is never over: the margin has room for a piece, and a job whose preparations take a whole hop would otherwise ask for hop after hop and get
// nowhere. When the piece does not fit either, the delivery fails, and such failures are counted.
func (r *Run) Late() bool {
	first := !r.asked
	r.asked = true
	return r.Job.CancelAsked || !first && !r.Env.Clock.Now().Before(r.Until)
}

// checkpointEvery is how often progress is written within a hop.
const checkpointEvery = 500 * time.Millisecond

// Checkpoint saves progress and cursor now and then; cheap to call often. Afterwards Job.CancelAsked is fresh.
func (r *Run) Checkpoint(ctx context.Context) error {
	now := r.Env.Clock.Now()
	if now.Sub(r.saved) < checkpointEvery {
		return nil
	}
	r.saved = now
	return r.save(ctx, false, nil)
}

// Commit writes a piece of work together with the job as it now stands: effects, cursor and counts hold together or not at all, so that a repeated hop neither counts
// twice nor leaves out. When only the owner's cancel came between, it takes that over and writes again. Where a condition of the effects fails, nothing is written,
// and the *table.ConditionError counts the operations of the effects from 0.
func (r *Run) Commit(ctx context.Context, effects *store.Tx) error {
	return r.save(ctx, false, effects)
}

// ErrOvertaken reports that another delivery of the same hop saved first: this one stops without a trace.
var ErrOvertaken = errors.New("hop: overtaken by another delivery")

// save writes the job, after the effects if there are any. When only the owner's cancel came between, it takes that over and writes again.
func (r *Run) save(ctx context.Context, again bool, effects *store.Tx) error {
	for {
		tx := r.T.Begin()
		tx.Join(effects)
		tx.SaveJob(r.Job, again)
		err := tx.Commit(ctx)
		if err == nil {
			return nil
		}
		r.Job.Version--
		if again {
			r.Job.Hop--
		}
		if !table.FailedLabel(err, "job") {
			return err
		}
		stored, err := r.T.Job(ctx, r.Job.ID)
		if err != nil {
			return err
		}
		if stored.Hop != r.Job.Hop || stored.Status.Ended() || !stored.CancelAsked || r.Job.CancelAsked {
			return ErrOvertaken
		}
		r.Job.CancelAsked, r.Job.Version = true, stored.Version
	}
}

// Handler returns the queue handler of a worker function: its name for the record, and a step per kind of job. What a job changes that a person or a key
// asked for is put down to them.
func Handler(e *env.Env, name string, steps map[job.Kind]Step) queue.Handler {
	return Telling(e, name, steps, func(context.Context, *Run) error { return nil })
}

// Telling is Handler for a worker that acts on a job that gave up.
func Telling(e *env.Env, name string, steps map[job.Kind]Step, gaveUp GaveUp) queue.Handler {
	return func(ctx context.Context, batch []queue.Message) (failed []string, err error) {
		failed = []string{}
		for _, m := range batch {
			if err := handle(ctx, e, name, steps, gaveUp, m); err != nil {
				e.Log.ErrorContext(ctx, "hop failed", "function", name, "tenant", m.Group, "message", m.ID, "received", m.Received, "error", err)
				failed = append(failed, m.ID)
			}
		}
		return failed, nil
	}
}

func handle(ctx context.Context, e *env.Env, name string, steps map[job.Kind]Step, gaveUp GaveUp, m queue.Message) error {
	var call job.Call
	if err := json.Unmarshal(m.Body, &call); err != nil {
		return fmt.Errorf("decode call: %w", err)
	}
	step, ok := steps[call.Kind]
	if !ok {
		return fmt.Errorf("no step for %q", call.Kind)
	}
	t := e.DB.Tenant(call.Tenant).As(name)
	j, err := t.Job(ctx, call.Job)
	if errs.Code(err) == "job_not_found" {
		return nil // expired: nobody waits for it any more
	}
	if err != nil {
		return err
	}
	if j.Hop != call.Hop || j.Status.Ended() {
		return nil // a repeated delivery of a hop that is done
	}
	r := &Run{Env: e, T: inNameOf(t, j), Job: j, Until: deadline(ctx, e)}
	switch {
	case m.Received > 1 && j.Moved():
		// The delivery before this one was cut off, but not in vain: a new message counts its deliveries anew.
		return quiet(r.save(ctx, true, nil))
	case m.Received >= queue.MaxReceives:
		if err := gaveUp(ctx, r); err != nil {
			return err
		}
		return r.giveUp(ctx)
	}
	return r.do(ctx, step)
}

// inNameOf puts what the job writes down to the person or the key that asked for it. What the clock started stays its worker's.
func inNameOf(t *store.Tenant, j *job.Job) *store.Tenant {
	if id.Valid(id.User, j.StartedBy) || id.Valid(id.APIKey, j.StartedBy) {
		return t.As(j.StartedBy)
	}
	return t
}

func deadline(ctx context.Context, e *env.Env) time.Time {
	until := e.Clock.Now().Add(time.Minute)
	if d, ok := ctx.Deadline(); ok {
		// The context's deadline is the machine's time; only the distance to it is carried over to the clock port.
		until = e.Clock.Now().Add(time.Until(d))
	}
	return until.Add(-e.Settings.Margin)
}

func (r *Run) do(ctx context.Context, step Step) error {
	if err := r.start(ctx); err != nil {
		return quiet(err)
	}
	again, err := step(ctx, r)
	if err != nil {
		return r.refused(ctx, err)
	}
	if !again && !r.Job.Status.Ended() {
		r.Job.Status = outcome(r.Job)
	}
	return quiet(r.save(ctx, again, nil))
}

// start shows the owner at once that the work is under way.
func (r *Run) start(ctx context.Context) error {
	if r.Job.StartedAt != nil {
		return nil
	}
	now := r.T.Now()
	r.Job.StartedAt, r.Job.Status = &now, job.Running
	return r.save(ctx, false, nil)
}

// outcome is the final status of a job whose step has finished without setting one.
func outcome(j *job.Job) job.Status {
	switch {
	case j.CancelAsked:
		return job.Canceled
	case j.Failed > 0:
		return job.PartlyFailed
	}
	return job.Succeeded
}

// refused ends the job when a rule said no, and passes any other error on, so that the hop is delivered again.
func (r *Run) refused(ctx context.Context, err error) error {
	var rule *errs.Error
	if !errors.As(err, &rule) || rule.Kind == errs.Internal || rule.Kind == errs.Unavailable {
		return quiet(err)
	}
	r.Job.Status, r.Job.Code = job.Failed, rule.Code
	return quiet(r.save(ctx, false, nil))
}

// giveUp ends a job whose hop got nowhere every time it was delivered, so that its owner is not left waiting.
func (r *Run) giveUp(ctx context.Context) error {
	r.Job.Status, r.Job.Code = job.Failed, "job_gave_up"
	return quiet(r.save(ctx, false, nil))
}

func quiet(err error) error {
	if errors.Is(err, ErrOvertaken) {
		return nil
	}
	return err
}
