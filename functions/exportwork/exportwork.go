// Package exportwork is the worker of what is done with all whom the lake finds: it writes the members of a segment into a file of the tenant's own, and changes the
// customers of a list (bulkwork).
package exportwork

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/dangol/dangol/functions/exportwork/bulkwork"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/segments"
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
		job.SegmentExport:    write,
		job.CustomerBulk:     bulkwork.Change,
		job.CustomerBulkUndo: bulkwork.Undo,
	}, bulkwork.GaveUp)}
}

// Handle works a batch of the queue and returns the ids of the messages that failed.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) ([]string, error) {
	return w.hops(ctx, batch)
}

// write is done in one hop: an object is written whole or not at all, and a repetition writes the same object again, under an id that belongs to the job.
func write(ctx context.Context, r *hop.Run) (bool, error) {
	var p export.Params
	if err := r.Params(&p); err != nil {
		return false, err
	}
	s, err := r.T.Segment(ctx, p.SegmentID)
	if err != nil {
		return false, err
	}
	a, err := audience.Over(r.Env, r.T)
	if err != nil {
		return false, err
	}
	if err := a.Await(ctx, r.Job.CreatedAt); err != nil {
		return false, err
	}
	ids, err := a.Members(ctx, s)
	if err != nil {
		return false, err
	}
	own, err := columns(ctx, r.T, a)
	if err != nil {
		return false, err
	}
	e := record(r, s, p)
	m, err := file(ctx, r, e, content{a, ids, own, s.Name})
	if err != nil {
		return false, err
	}
	m.SegmentVersion = s.Version
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

func record(r *hop.Run, s *segments.Segment, p export.Params) *export.Export {
	made := r.Job.CreatedAt
	return &export.Export{
		ID: id.Derived(id.Export, r.T.ID, r.Job.ID), Format: p.Format, SegmentID: s.ID, JobID: r.Job.ID, Scheduled: p.Scheduled,
		FileName: fmt.Sprintf("%s %s.%s", fileName(s.Name), made.Format("2006-01-02"), p.Format), CreatedAt: made, ExpiresAt: made.AddDate(0, 0, export.KeptDays),
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

// file streams the members into the object while they are read.
func file(ctx context.Context, r *hop.Run, e *export.Export, c content) (export.Manifest, error) {
	read, written := io.Pipe()
	sum := summing(written)
	var m made
	done := make(chan struct{})
	go func() {
		defer close(done)
		var err error
		m, err = c.write(ctx, sum, e.Format)
		written.CloseWithError(err)
	}()
	info, err := r.Env.Objects(r.T.ID).Put(ctx, r.T.ExportKey(e), read, blob.PutOptions{ContentType: types[e.Format]})
	read.CloseWithError(err) // lets the writer end when the store gave up
	<-done
	if err != nil {
		return export.Manifest{}, err
	}
	e.Bytes, e.Rows, e.HasManifest = info.Size, m.rows, true
	return export.Manifest{ID: e.ID, SegmentID: e.SegmentID, AsOf: r.T.Now(), Format: e.Format, File: e.FileName, Rows: e.Rows, Bytes: e.Bytes, SHA256: sum.sum(), Columns: m.columns}, nil
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
