// Package exportwork is the worker that writes the members of a segment into a file of the tenant's own.
package exportwork

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/csvsafe"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Worker works the queue exports.
type Worker struct{ hops queue.Handler }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker {
	return &Worker{hops: hop.Handler(e, "exportwork", map[job.Kind]hop.Step{job.SegmentExport: write})}
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
	e := record(r, s, p)
	r.Job.Total = int64(len(ids))
	if err := file(ctx, r, e, ids); err != nil {
		return false, err
	}
	tx := r.T.Begin()
	tx.PutExport(e)
	if err := tx.Commit(ctx); err != nil {
		return false, err
	}
	r.Job.Done = e.Rows
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
func file(ctx context.Context, r *hop.Run, e *export.Export, ids []string) error {
	read, written := io.Pipe()
	go func() { written.CloseWithError(rows(ctx, r.T, written, e, ids)) }()
	info, err := r.Env.Objects(r.T.ID).Put(ctx, r.T.ExportKey(e), read, blob.PutOptions{ContentType: "text/csv; charset=utf-8"})
	read.CloseWithError(err) // lets the writer end when the store gave up
	e.Bytes = info.Size
	return err
}

func rows(ctx context.Context, t *store.Tenant, to io.Writer, e *export.Export, ids []string) error {
	own, err := ownColumns(ctx, t)
	if err != nil {
		return err
	}
	w := csvsafe.NewWriter(to, true)
	if err := w.Write(append(header(), own.header()...)); err != nil {
		return err
	}
	for chunk := range slices.Chunk(ids, table.MaxBatchGet) {
		members, err := t.CustomersByID(ctx, chunk)
		if err != nil {
			return err
		}
		for _, c := range members {
			if c == nil || c.ArchivedAt != nil {
				continue
			}
			if err := w.Write(append(cells(c), own.cells(c)...)); err != nil {
				return err
			}
			e.Rows++
		}
	}
	return w.Flush()
}

// header names the columns as an import would read them.
func header() []string {
	return append(append([]string{"id"}, customer.TextPaths()...), "tags", "consent.email.marketing", "createdAt")
}

func cells(c *customer.Customer) []string {
	out := []string{c.ID}
	for _, path := range customer.TextPaths() {
		out = append(out, customer.TextAt(path)(&c.Fields))
	}
	granted := ""
	switch c.Consents["email.marketing"] {
	case "granted":
		granted = "yes"
	case "withdrawn":
		granted = "no"
	}
	return append(out, strings.Join(c.Tags, ", "), granted, c.CreatedAt.Format("2006-01-02T15:04:05Z07:00"))
}
