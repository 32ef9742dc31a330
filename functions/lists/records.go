package lists

import (
	"context"
	"strings"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

// recordsInput is what a list of one kind of record takes.
type recordsInput struct {
	api.PageInput
	api.SortInput
	api.FieldsInput
	NarrowInput
}

// query is what a cursor of the lake is bound to.
func (in *recordsInput) query(of string) []string {
	return []string{of, strings.TrimSpace(in.Filter), strings.Join(strings.Fields(in.Q), " "), in.Sort}
}

// records is the list of one kind of record, by its own fields alone.
type records[T any] struct {
	f       *Feature
	name    string // in cursors
	of      rules.Records
	members []string // of a record, by which fields narrows the answer
	page    func(t *store.Tenant, ctx context.Context, p store.Page) ([]T, string, error)
	byID    func(t *store.Tenant, ctx context.Context, ids []string) ([]T, error)
}

// register mounts the list and its groups.
func (r records[T]) register(a *api.API, list, groups api.Operation) {
	api.Register(a, list, r.list)
	api.Register(a, groups, r.groups)
}

func (r records[T]) list(ctx context.Context, in *recordsInput) (*api.Counted[T], error) {
	if err := in.Only(ctx, r.members...); err != nil {
		return nil, err
	}
	t := r.f.tenant(ctx)
	if in.bare() && (in.Sort == "" || in.Sort == newest) {
		read := func(ctx context.Context, p store.Page) ([]T, string, error) { return r.page(t, ctx, p) }
		return tableList[T]{newest, read, r.count}.page(ctx, r.f, t, in.PageInput, in.NarrowInput)
	}
	return r.fromLake(ctx, t, in)
}

// fromLake asks the lake which records are on the page, and the table for them. One that is not there any more is left out.
func (r records[T]) fromLake(ctx context.Context, t *store.Tenant, in *recordsInput) (*api.Counted[T], error) {
	query := in.query(r.name)
	after, err := placeOf(ctx, in.Cursor, query)
	if err != nil {
		return nil, err
	}
	q, err := r.f.askBy(ctx, t, in.NarrowInput, r.of.Fields.FromFilter)
	if err != nil {
		return nil, err
	}
	l := rules.RecordList{Of: r.of, Rule: q.rule, Search: in.Q, Limit: in.Limit + 1, After: after}
	if l.Sort, err = sorted(in.Read(newest), r.of.Fields.Path, func(path string) bool { return r.of.Sortable(q.world, path) }); err != nil {
		return nil, err
	}
	page, err := q.asked(ctx, l)
	if err != nil {
		return nil, err
	}
	next := page.cut(ctx, in.Limit, query)
	found, err := r.byID(t, ctx, page.ids())
	if err != nil {
		return nil, err
	}
	return api.NewCounted(found, next, &page.total), nil
}

// count asks the lake how many there are in all.
func (r records[T]) count(ctx context.Context, t *store.Tenant, in NarrowInput) (int64, error) {
	q, err := r.f.askBy(ctx, t, in, r.of.Fields.FromFilter)
	if err != nil {
		return 0, err
	}
	page, err := q.asked(ctx, rules.RecordList{Of: r.of, Rule: segment.Rule{Node: segment.All{}}})
	return page.total, err
}

func (r records[T]) groups(ctx context.Context, in *groupsInput) (*groupsOutput, error) {
	q, err := r.f.askBy(ctx, r.f.tenant(ctx), in.NarrowInput, r.of.Fields.FromFilter)
	if err != nil {
		return nil, err
	}
	by := r.of.Fields.Path(in.By)
	_, known := r.of.Fields.At(by)
	if err := q.mayGroup(in.By, by, known, r.of.Groupable(q.world, by)); err != nil {
		return nil, err
	}
	return q.grouped(ctx, rules.RecordGroups{Of: r.of, Rule: q.rule, Search: in.Q, By: by, Limit: in.Limit})
}
