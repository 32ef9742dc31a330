package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// JobContinue is the event that makes the change feed put a job's next hop on its queue: a job and its message can not part.
const JobContinue = "job.continue"

// jobKept is how long an ended job stays readable.
const jobKept = 90 * 24 * time.Hour

// jobInner is the part of a job that only its worker reads.
type jobInner struct {
	Params      json.RawMessage `json:"params,omitempty"`
	Cursor      json.RawMessage `json:"cursor,omitempty"`
	Hop         int             `json:"hop"`
	Mark        uint64          `json:"mark,omitempty"`
	CancelAsked bool            `json:"cancelAsked,omitempty"`
}

// Job reads one job; errs job_not_found.
func (t *Tenant) Job(ctx context.Context, jobID string) (*job.Job, error) {
	it, err := t.get(ctx, table.Ops, t.keys.record(jobID), "job_not_found")
	if err != nil {
		return nil, err
	}
	return decodeJob(it)
}

// Jobs lists jobs, newest first.
func (t *Tenant) Jobs(ctx context.Context, p Page) ([]*job.Job, string, error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.Ops, 1, "job.list", 1, p)
	if err != nil {
		return nil, "", err
	}
	jobs := make([]*job.Job, 0, len(items))
	for i := range items {
		j, err := decodeJob(&items[i])
		if err != nil {
			return nil, "", err
		}
		jobs = append(jobs, j)
	}
	return jobs, next, nil
}

// StartJob adds a queued job with its first hop to the transaction and returns it. params is what its worker needs.
func (x *Tx) StartJob(kind job.Kind, ref string, total int64, params any) *job.Job {
	return x.StartJobIn(0, kind, ref, total, params)
}

// StartJobIn is StartJob for a job whose first hop waits; at most 15 minutes.
func (x *Tx) StartJobIn(wait time.Duration, kind job.Kind, ref string, total int64, params any) *job.Job {
	j := &job.Job{ID: x.t.NewID(id.Job), Kind: kind, Status: job.Queued, Ref: ref, Total: total, StartedBy: x.t.actor, CreatedAt: x.t.Now(), Params: encode(params)}
	j.Mark = j.At()
	it := x.t.jobItem(j)
	it.Event = x.jobEvent(j, wait)
	x.create(table.Ops, "job", it)
	j.Version = 1
	return j
}

// SaveJob adds the job's new state. When again is true, its next hop is asked for: Hop counts up, Mark is where it begins, and the change feed queues it. The write fails
// (label "job") when another hop, or the owner's cancel, saved first: read again.
func (x *Tx) SaveJob(j *job.Job, again bool) {
	if again {
		j.Hop++
		j.Mark = j.At()
	}
	if j.Status.Ended() && j.FinishedAt == nil {
		now := x.t.Now()
		j.FinishedAt = &now
	}
	it := x.t.jobItem(j)
	if again {
		it.Event = x.jobEvent(j, 0)
	}
	x.replace(table.Ops, "job", j.Version, it)
	j.Version++
}

func (x *Tx) jobEvent(j *job.Job, wait time.Duration) []byte {
	return x.event(JobContinue, j.ID, nil, job.Call{Tenant: x.t.ID, Job: j.ID, Kind: j.Kind, Hop: j.Hop, DelaySeconds: int(wait.Seconds())})
}

func (t *Tenant) jobItem(j *job.Job) table.Item {
	it := table.Item{Key: t.keys.record(j.ID), Head: encode(j), Body: encode(jobInner{j.Params, j.Cursor, j.Hop, j.Mark, j.CancelAsked})}
	it.Index[0] = t.keys.listedOnce("job.list", j.ID)
	if j.FinishedAt != nil {
		it.Expires = j.FinishedAt.Add(jobKept).Unix()
	}
	return it
}

func decodeJob(it *table.Item) (*job.Job, error) {
	j := &job.Job{Version: it.Version}
	var in jobInner
	if err := decode(it, j); err != nil {
		return nil, err
	}
	if len(it.Body) > 0 {
		if err := json.Unmarshal(it.Body, &in); err != nil {
			return nil, err
		}
	}
	j.Params, j.Cursor, j.Hop, j.Mark, j.CancelAsked = in.Params, in.Cursor, in.Hop, in.Mark, in.CancelAsked
	return j, nil
}
