// Package exportwork is the worker of what is done with all that the lake finds: it writes the members of a segment, or what a list shows, into a file of the tenant's own, changes
// the customers of a list (bulkwork), and removes files whose time is over (expiry).
package exportwork

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/dangol/dangol/functions/exportwork/bulkwork"
	"github.com/dangol/dangol/functions/exportwork/expiry"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
)

// Worker works the queue exports.
type Worker struct{ hops queue.Handler }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker {
	return &Worker{hops: hop.Telling(e, "exportwork", map[job.Kind]hop.Step{
		job.SegmentExport:    members,
		job.ListExport:       list,
		job.FileExpiry:       expiry.Expire,
		job.CustomerBulk:     bulkwork.Change,
		job.CustomerBulkUndo: bulkwork.Undo,
	}, bulkwork.GaveUp)}
}

// Handle works a batch of the queue and returns the ids of the messages that failed.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) ([]string, error) {
	return w.hops(ctx, batch)
}

// made writes the file and its record in one hop: an object is written whole or not at all, and a repetition writes the same object again, under an id that belongs to
// the job.
func made(ctx context.Context, r *hop.Run, p export.Params, c content, version int64) (bool, error) {
	e := record(r, p, c.name)
	m, err := file(ctx, r, e, c)
	if err != nil {
		return false, err
	}
	m.SegmentVersion = version
	if err := manifest(ctx, r, e, m); err != nil {
		return false, err
	}
	tx := r.T.Begin()
	tx.PutExport(e)
	if err := tx.Commit(ctx); err != nil {
		return false, err
	}
	r.Job.Total, r.Job.Done = e.Rows, e.Rows
	return false, r.SetResult(map[string]any{"exportId": e.ID, "rows": e.Rows})
}

// ready opens the lake once it has what the table had when the export was asked for.
func ready(ctx context.Context, r *hop.Run) (*audience.Lake, error) {
	a, err := audience.Over(r.Env, r.T)
	if err != nil {
		return nil, err
	}
	return a, a.Await(ctx, r.Job.CreatedAt)
}

func record(r *hop.Run, p export.Params, name string) *export.Export {
	at := r.Job.CreatedAt
	return &export.Export{
		ID: id.Derived(id.Export, r.T.ID, r.Job.ID), Format: p.Format, SegmentID: p.SegmentID, List: p.List, JobID: r.Job.ID, Scheduled: p.Scheduled,
		FileName: fmt.Sprintf("%s %s.%s", fileName(name), at.Format("2006-01-02"), p.Format), CreatedAt: at, ExpiresAt: at.AddDate(0, 0, export.KeptDays),
	}
}

// fileName keeps what every file system takes.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
}

// file streams the rows into the object while they are read.
func file(ctx context.Context, r *hop.Run, e *export.Export, c content) (export.Manifest, error) {
	read, write := io.Pipe()
	sum := summing(write)
	var m written
	done := make(chan struct{})
	go func() {
		defer close(done)
		var err error
		m, err = c.write(ctx, sum, e.Format)
		write.CloseWithError(err)
	}()
	info, err := r.Env.Objects(r.T.ID).Put(ctx, r.T.ExportKey(e), read, blob.PutOptions{ContentType: types[e.Format]})
	read.CloseWithError(err) // lets the writer end when the store gave up
	<-done
	if err != nil {
		return export.Manifest{}, err
	}
	e.Bytes, e.Rows, e.HasManifest = info.Size, m.rows, true
	return export.Manifest{ID: e.ID, SegmentID: e.SegmentID, List: e.List, AsOf: r.T.Now(), Format: e.Format, File: e.FileName, Rows: e.Rows, Bytes: e.Bytes, SHA256: sum.sum(), Columns: m.columns}, nil
}

// manifest puts down beside the file what it is.
func manifest(ctx context.Context, r *hop.Run, e *export.Export, m export.Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	_, err = r.Env.Objects(r.T.ID).Put(ctx, r.T.ExportManifestKey(e), bytes.NewReader(text), blob.PutOptions{ContentType: "application/json"})
	return err
}
