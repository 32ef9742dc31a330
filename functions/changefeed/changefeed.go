// Package changefeed reads every committed write and starts what follows from it: the next hop of a job, a chunk of a campaign to send, a
// service mail. Because the event is part of the write, a follow-up is never lost; because consumers check what they are called for, one that
// comes twice does nothing more.
package changefeed

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
)

// Worker handles the change feed.
type Worker struct{ env *env.Env }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e} }

// jobQueues says which queue does which kind of job.
var jobQueues = map[job.Kind]queue.Name{
	job.ImportCheck:      catalogue.Imports,
	job.ImportCommit:     catalogue.Imports,
	job.ImportUndo:       catalogue.Imports,
	job.SampleData:       catalogue.Imports,
	job.CustomerMerge:    catalogue.Imports,
	job.CustomerUnmerge:  catalogue.Imports,
	job.CustomerBulk:     catalogue.Exports,
	job.CustomerBulkUndo: catalogue.Exports,
	job.ScoreRebuild:     catalogue.Scores,
	job.SegmentExport:    catalogue.Exports,
	job.ListExport:       catalogue.Exports,
	job.FileExpiry:       catalogue.Exports,
	job.SegmentRebuild:   catalogue.Memberships,
	job.CampaignPlan:     catalogue.Plans,
}

// Handle passes on what each record asks for, in order, and returns how many records are done.
func (w *Worker) Handle(ctx context.Context, batch []feed.Record) (int, error) {
	for i, r := range batch {
		if err := w.record(ctx, r); err != nil {
			return i, err
		}
	}
	return len(batch), nil
}

func (w *Worker) record(ctx context.Context, r feed.Record) error {
	if r.New == nil || len(r.New.Event) == 0 || r.Old != nil && string(r.Old.Event) == string(r.New.Event) {
		return nil // removed, silent, or a counter moved under an event that was handled before
	}
	var e store.Event
	if err := json.Unmarshal(r.New.Event, &e); err != nil {
		return fmt.Errorf("decode event of %s/%s: %w", r.New.PK, r.New.SK, err)
	}
	to, wait, ok := target(e)
	if !ok {
		return nil
	}
	if err := w.env.Queue.Send(ctx, to, queue.Send{Group: e.Tenant, Body: e.Data, Delay: wait}); err != nil {
		return fmt.Errorf("pass %s on to %s: %w", e.Type, to, err)
	}
	return nil
}

// target is the queue that an event's data belongs on, if any, and how long it waits there.
func target(e store.Event) (to queue.Name, wait time.Duration, ok bool) {
	switch e.Type {
	case store.JobContinue:
		var c job.Call
		if json.Unmarshal(e.Data, &c) != nil {
			return "", 0, false
		}
		to, ok := jobQueues[c.Kind]
		return to, time.Duration(c.DelaySeconds) * time.Second, ok
	case store.ChunkReady:
		return catalogue.Sends, 0, true
	case store.LookDue:
		return catalogue.Plans, 0, true
	case store.MailRequested:
		return catalogue.Mails, 0, true
	}
	return "", 0, false
}
