package imports

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/failedrows"
)

// failedRows streams the rows that failed: those of the commit, or before it those that the check found.
func (f *Feature) failedRows(ctx context.Context, in *ByID) (*huma.StreamResponse, error) {
	t := f.tenant(ctx)
	im, err := f.opened(ctx, t, in.ID)
	if err != nil {
		return nil, err
	}
	parts := imports.FailedParts
	if im.CommittedAt == nil {
		parts = imports.CheckedParts
	} else if t.Now().After(im.FilesUntil()) {
		return nil, errs.New(errs.NotFound, "import_files_gone")
	}
	language := api.Language(ctx)
	return &huma.StreamResponse{Body: func(h huma.Context) {
		h.SetHeader("Content-Type", "text/csv; charset=utf-8")
		h.SetHeader("Content-Disposition", `attachment; filename="failed-rows.csv"`)
		h.SetStatus(http.StatusOK)
		rows, err := importplan.NewFailedRows(h.BodyWriter(), im.Header)
		if err != nil {
			return // the reader has left
		}
		err = failedrows.Each(h.Context(), f.env.Objects(t.ID), t.ImportKey(im.ID, parts+"/"), func(r imports.FailedRow) error {
			return rows.Write(r.Cells, problemText(r.Problems, language))
		})
		if err != nil {
			f.env.Log.ErrorContext(h.Context(), "failed rows cut off", "function", "imports", "tenant", t.ID, "import", im.ID, "error", err)
			return
		}
		if err := rows.Flush(); err != nil {
			f.env.Log.InfoContext(h.Context(), "reader of failed rows left", "function", "imports", "error", err)
		}
	}}, nil
}

// problemText says all that is wrong with a row in one cell.
func problemText(problems []imports.CellProblem, language string) string {
	parts := make([]string, len(problems))
	for i, p := range problems {
		parts[i] = errs.Detail(p.Code, p.Args, language)
		if p.Column != "" {
			parts[i] = p.Column + ": " + parts[i]
		}
	}
	return strings.Join(parts, " / ")
}
