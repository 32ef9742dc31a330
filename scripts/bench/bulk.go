package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// bulkJob is a job that changes many customers, as far as the measurement reads it.
type bulkJob struct {
	ID         string
	Status     string
	FinishedAt *time.Time
	Result     struct{ Read, Changed, Restored int }
}

// benchBulk gives all customers a tag, and takes that back.
func benchBulk(ctx context.Context, b *bench) ([]result, error) {
	c, err := b.largeWorkspace(ctx, false)
	if err != nil {
		return nil, err
	}
	change, job, err := b.timeJob(ctx, c, "/v1/customers/bulk", map[string]any{"all": true, "addTags": []string{"bench"}})
	if err != nil {
		return nil, err
	}
	undo, back, err := b.timeJob(ctx, c, "/v1/jobs/"+job.ID+"/undo", nil)
	if err != nil {
		return nil, err
	}
	if job.Result.Changed != b.o.customers || back.Result.Restored != b.o.customers {
		return nil, fmt.Errorf("not all were changed and put back: %+v, %+v", job, back)
	}
	change.what, undo.what = "tag for "+thousands(float64(b.o.customers))+" customers, with a journal to take it back", "of it, taken back"
	return []result{change, undo}, nil
}

// timeJob starts a job about all customers and waits for its end.
func (b *bench) timeJob(ctx context.Context, c *client, path string, body any) (result, bulkJob, error) {
	used, peak, begin := b.host.meter(), b.host.peakMemory(), time.Now()
	var j bulkJob
	err := c.do(ctx, http.MethodPost, path, body, &j)
	if err == nil {
		j, err = await(ctx, c, "/v1/jobs/"+j.ID, 50*time.Millisecond, func(j bulkJob) (bool, error) { return j.FinishedAt != nil, nil })
	}
	took, u, m := time.Since(begin), used(), peak()
	return result{value: float64(b.o.customers) / took.Seconds(), unit: "customers/s", bound: fmt.Sprintf("peak %.0f MB resident; %s", m.resident, u.busy())}, j, err
}
