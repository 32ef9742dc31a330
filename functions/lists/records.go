package lists

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

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

func (r records[T]) list(ctx context.Context, in *Input) (*api.Counted[T], error) {
	if err := in.Only(ctx, r.members...); err != nil {
		return nil, err
	}
	t := r.f.tenant(ctx)
	if in.plain(newest) {
		read := func(ctx context.Context, p store.Page) ([]T, string, error) { return r.page(t, ctx, p) }
		return tableList[T]{newest, read, r.count}.page(ctx, r.f, t, in.PageInput, in.NarrowInput)
	}
	return r.fromLake(ctx, t, in)
}

// fromLake lists records as the lake finds them.
func (r records[T]) fromLake(ctx context.Context, t *store.Tenant, in *Input) (*api.Counted[T], error) {
	find := func(q *question, limit int, after *rules.Place) (out page, err error) {
		l := rules.RecordList{Of: r.of, Rule: q.rule, Search: in.Q, Limit: limit, After: after}
		if l.Sort, err = sorted(in.Read(newest), r.of.Fields.Path, func(path string) bool { return r.of.Sortable(q.world, path) }); err != nil {
			return out, err
		}
		return q.asked(ctx, l)
	}
	read := func(ids []string) ([]T, error) { return r.byID(t, ctx, ids) }
	return lakeList[T]{r.name, r.ask, find, read}.page(ctx, t, in)
}

// ask gets a question about the records ready.
func (r records[T]) ask(ctx context.Context, t *store.Tenant, in NarrowInput) (*question, error) {
	return r.f.askBy(ctx, t, in, r.of.Fields.FromFilter)
}

// count asks the lake how many there are in all.
func (r records[T]) count(ctx context.Context, t *store.Tenant, in NarrowInput) (int64, error) {
	q, err := r.ask(ctx, t, in)
	if err != nil {
		return 0, err
	}
	page, err := q.asked(ctx, rules.RecordList{Of: r.of, Rule: segment.Rule{Node: segment.All{}}})
	return page.total, err
}

func (r records[T]) groups(ctx context.Context, in *groupsInput) (*groupsOutput, error) {
	q, err := r.ask(ctx, r.f.tenant(ctx), in.NarrowInput)
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
