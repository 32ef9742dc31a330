package imports

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/csvfile"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// sampleRows is how many rows a person sees while matching columns.
const sampleRows = 20

// opened reads an import and, the first time after its file has arrived, looks into the file: format, header, sample, guessed mapping.
func (f *Feature) opened(ctx context.Context, t *store.Tenant, importID string) (*imports.Import, error) {
	im, err := t.Import(ctx, importID)
	if err != nil || im.Status != imports.AwaitingFile {
		return im, err
	}
	head, size, err := f.head(ctx, t, im)
	if errors.Is(err, blob.ErrNotFound) {
		return im, nil
	}
	if err != nil {
		return nil, err
	}
	im.FileBytes = size
	if size > f.maxFile {
		err = f.turnAway(ctx, t, im)
	} else {
		err = f.look(ctx, t, im, head, int64(len(head)) == size)
	}
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.SaveImport(im)
	if err := tx.Commit(ctx); table.FailedLabel(err, store.LabelRecord) {
		return t.Import(ctx, importID) // another reader looked first
	} else if err != nil {
		return nil, err
	}
	return im, nil
}

// head reads the beginning of the file.
func (f *Feature) head(ctx context.Context, t *store.Tenant, im *imports.Import) ([]byte, int64, error) {
	r, info, err := f.env.Objects(t.ID).Get(ctx, t.ImportKey(im.ID, imports.FileObject), 0, csvfile.HeadSize)
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return b, info.Size, err
}

// turnAway removes a file that is too large: an upload link of S3 is bound to its type and time, but not to a size.
func (f *Feature) turnAway(ctx context.Context, t *store.Tenant, im *imports.Import) error {
	im.FileBytes, im.FileProblem = 0, &imports.FileProblem{Code: "file_too_large",
		Detail: errs.Detail("file_too_large", map[string]any{"max": f.maxFile >> 20}, api.Language(ctx))}
	return f.env.Objects(t.ID).Delete(ctx, t.ImportKey(im.ID, imports.FileObject))
}

// look finds out how the file is written. A file that cannot be read is named in FileProblem, and another may be uploaded in its place.
func (f *Feature) look(ctx context.Context, t *store.Tenant, im *imports.Import, head []byte, all bool) error {
	im.FileProblem = nil
	format, err := csvfile.Sniff(head, all)
	var p *csvfile.Problem
	if errors.As(err, &p) {
		im.FileProblem = &imports.FileProblem{Code: p.Code, Detail: errs.Detail(p.Code, p.Args, api.Language(ctx))}
		return nil
	}
	if err != nil {
		return err
	}
	if im.Format, err = json.Marshal(format); err != nil {
		return err
	}
	sample := sampleOf(head, format, all)
	if err := f.put(ctx, t, t.ImportKey(im.ID, imports.SampleObject), sample); err != nil {
		return err
	}
	own, err := f.own(ctx, t, importplan.Kind(im.Kind))
	if err != nil {
		return err
	}
	im.Header, im.Mapping = format.Header, importplan.Guess(importplan.Kind(im.Kind), format.Header, sample, own...)
	return im.Move(imports.Mapping)
}

// sampleOf reads the first rows of the file's beginning. A row that the beginning cuts off is left out.
func sampleOf(head []byte, format csvfile.Format, all bool) [][]string {
	rows, reader := [][]string{}, csvfile.Open(bytes.NewReader(head[format.Start.Offset:]), format, format.Start)
	for len(rows) < sampleRows {
		r, err := reader.Next()
		if err != nil && r.Cells == nil || !all && reader.Position().Offset >= int64(len(head)) {
			break
		}
		rows = append(rows, r.Cells)
	}
	return rows
}

func (f *Feature) put(ctx context.Context, t *store.Tenant, key string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = f.env.Objects(t.ID).Put(ctx, key, bytes.NewReader(body), blob.PutOptions{ContentType: "application/json"})
	return err
}
