package expiry

import (
	"context"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// exported says it of the file of an export, or of its manifest. Both are written after the export was asked for, from when its record counts: once so long has gone by,
// there is no record any more.
func (l *look) exported(_ context.Context, o blob.Info) (time.Time, error) {
	return o.Modified.AddDate(0, 0, export.KeptDays), nil
}

// verdict is until when the objects of an import are kept; they follow one another.
type verdict struct {
	importID string
	until    time.Time
}

// imported says it of an object of an import: none goes before its own days are over, and none before the import is over, or is made so.
func (l *look) imported(ctx context.Context, o blob.Info) (time.Time, error) {
	until := o.Modified.AddDate(0, 0, imports.KeptDays)
	if until.After(l.T.Now()) {
		return until, nil
	}
	importID, _, _ := strings.Cut(strings.TrimPrefix(o.Key, l.folder("imports/")), "/")
	if l.last.importID != importID {
		ends, err := l.ends(ctx, importID)
		if err != nil {
			return until, err
		}
		l.last = verdict{importID, ends}
	}
	return l.last.until, nil
}

// ends says when the time of an import is over, the past where it is. One that was left lying is canceled then, so that nobody goes on without its file.
func (l *look) ends(ctx context.Context, importID string) (time.Time, error) {
	im, err := l.T.Import(ctx, importID)
	if errs.Code(err) == "import_not_found" {
		return time.Time{}, nil // of an upload whose import was never written
	}
	if err != nil {
		return time.Time{}, err
	}
	if im.FilesUntil().After(l.T.Now()) {
		return im.FilesUntil(), nil
	}
	tomorrow := l.T.Now().AddDate(0, 0, 1)
	if working, err := l.working(ctx, im); err != nil || working {
		return tomorrow, err
	}
	if im.Move(imports.Canceled) != nil {
		return im.FilesUntil(), nil
	}
	tx := l.T.Begin()
	tx.SaveImport(im)
	err = tx.Commit(ctx)
	if table.FailedLabel(err, store.LabelRecord) {
		return tomorrow, nil // somebody goes on with it just now
	}
	return im.FilesUntil(), err
}

// working says whether a job is at work on an import. One that gave up is not, nor one of so long ago that its record has ended.
func (l *look) working(ctx context.Context, im *imports.Import) (bool, error) {
	if !im.Working() {
		return false, nil
	}
	j, err := l.T.Job(ctx, im.JobID)
	if errs.Code(err) == "job_not_found" {
		return false, nil
	}
	return err == nil && !j.Status.Ended(), err
}
