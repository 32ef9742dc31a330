package exportwork

import (
	"cmp"
	"context"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sheet"
)

// list writes what a list shows, in its order.
func list(ctx context.Context, r *hop.Run) (bool, error) {
	var p export.Params
	if err := r.Params(&p); err != nil {
		return false, err
	}
	of, known := sheet.Of(p.Subject)
	if !known {
		return false, errs.Newf(errs.Invalid, "export_subject", "subject", string(p.Subject)) // of a later release, which was taken back
	}
	a, err := ready(ctx, r)
	if err != nil {
		return false, err
	}
	n, err := a.Narrowed(ctx, of.Read, p.Filter, p.Search)
	if err != nil {
		return false, err
	}
	n.World.Now = r.Job.CreatedAt // a hop that is repeated tomorrow looks for the same days
	c, err := contentOf(ctx, r, a, of, p)
	if err != nil {
		return false, err
	}
	c.rows = ofList(a, of, n.World, sheet.Query{Rule: n.Rule, Search: p.Search, Sort: rules.Sorts(cmp.Or(p.Sort, of.Order), of.PathOf), Limit: perPage, Alone: p.Impersonal})
	return made(ctx, r, p, c, 0)
}

// contentOf is what a file of the subject is made of, but for its rows; it is called after the subject.
func contentOf(ctx context.Context, r *hop.Run, a *audience.Lake, of sheet.Subject, p export.Params) (c content, err error) {
	w, err := r.T.Workspace(ctx)
	if err != nil {
		return c, err
	}
	c = content{subject: of, name: of.Title.In(w.Language)}
	own := sheet.Own{Language: w.Language}
	if own.Fields, err = r.T.CustomFields(ctx); err != nil {
		return c, err
	}
	if own.There, err = a.Columns(ctx); err != nil {
		return c, err
	}
	c.columns = sheet.Choose(of.Columns(own), p.Columns, p.Impersonal)
	if of.Name == export.Customers {
		c.custom, err = a.CustomTypes(ctx)
	}
	return c, err
}

// perPage is how many rows of a list are asked for at a time: some thirty megabytes in the database's answer, and a hundred looks through ten million orders.
const perPage = 100_000

// ofList finds the rows of a list by pages of one state of the lake, so that none is there twice and none is left out while others come and go.
func ofList(a *audience.Lake, of sheet.Subject, w rules.World, q sheet.Query) rows {
	return func(ctx context.Context, expressions []string, each func(row []any) error) error {
		return a.Read(ctx, func(s ask.State) error {
			for {
				n, err := page(ctx, s, of.Pages(q), w, &q, expressions, each)
				if err != nil || n < q.Limit {
					return err
				}
			}
		})
	}
}

// page hands over the rows of one page, and lets the next one begin behind it.
func page(ctx context.Context, s ask.State, pages sheet.Pages, w rules.World, q *sheet.Query, expressions []string, each func(row []any) error) (n int, err error) {
	statement, err := pages.Rows(w, expressions)
	if err != nil {
		return 0, err
	}
	var last rules.Place
	err = s.Query(ctx, statement, func(row []any) error {
		at, cells := rules.PlaceOf(row, len(q.Sort))
		n, last = n+1, at
		return each(cells)
	})
	q.After = &last
	return n, err
}
