package lists

import (
	"context"
	"strings"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

const leadGrammar = `The grammar is that of GET /v1/customers, over the fields of a lead alone (name, status, company, email, phone, source, score, notes, ownerId, createdAt, updatedAt, convertedAt, customerId, id): ` + "`status in (new,working) and createdAt inLast P30D and not source isEmpty`" + `.

q finds words in name, company, e-mail and phone, wherever in them they stand, and names by their initial consonants (ㅎㄱㄷ finds 홍길동).

GET /v1/segments/fields lists the fields of leads as leads. Changes reach filtered lists within three seconds; who names what it just changed in Dangol-Recent sees it at once.`

const leadGroups = `Counts each value of a field among the leads of a list, the largest groups first; leads have no revenue. Dates are counted by the month of the workspace's zone. filter, q and Dangol-Recent are those of the list.`

type leadsInput struct {
	api.PageInput
	api.SortInput
	api.FieldsInput
	NarrowInput
}

// leadMembers are those of a lead, by which fields narrows the answer.
var leadMembers = []string{"id", "name", "email", "phone", "company", "source", "status", "notes", "ownerId", "score", "customerId", "origin", "sample", "createdAt", "updatedAt", "convertedAt"}

func (f *Feature) leads(ctx context.Context, in *leadsInput) (*api.Counted[*lead.Lead], error) {
	if err := in.Only(ctx, leadMembers...); err != nil {
		return nil, err
	}
	t := f.tenant(ctx)
	if in.bare() && (in.Sort == "" || in.Sort == newest) {
		return f.leadsFromTable(ctx, t, in)
	}
	return f.leadsFromLake(ctx, t, in)
}

// query is what a cursor of the lake is bound to.
func (in *leadsInput) query() []string {
	return []string{"leads", strings.TrimSpace(in.Filter), strings.Join(strings.Fields(in.Q), " "), in.Sort}
}

// leadsFromLake asks the lake which leads are on the page, and the table for the records. One that is not there any more is left out.
func (f *Feature) leadsFromLake(ctx context.Context, t *store.Tenant, in *leadsInput) (*api.Counted[*lead.Lead], error) {
	after, err := placeOf(ctx, in.Cursor, in.query())
	if err != nil {
		return nil, err
	}
	q, err := f.askBy(ctx, t, in.NarrowInput, segment.FromLeadFilter)
	if err != nil {
		return nil, err
	}
	l := rules.RecordList{Of: rules.Leads, Rule: q.rule, Search: in.Q, Limit: in.Limit + 1, After: after}
	if l.Sort, err = sorted(in.Read(newest), segment.LeadPathOf, func(path string) bool { return rules.Leads.Sortable(q.world, path) }); err != nil {
		return nil, err
	}
	page, err := q.asked(ctx, l)
	if err != nil {
		return nil, err
	}
	next := page.cut(ctx, in.Limit, in.query())
	found, err := t.LeadsByID(ctx, page.ids())
	if err != nil {
		return nil, err
	}
	return api.NewCounted(found, next, &page.total), nil
}

// leadsFromTable lists leads, newest first.
func (f *Feature) leadsFromTable(ctx context.Context, t *store.Tenant, in *leadsInput) (*api.Counted[*lead.Lead], error) {
	return tableList[*lead.Lead]{newest, t.Leads, f.allLeads}.page(ctx, f, t, in.PageInput, in.NarrowInput)
}

func (f *Feature) allLeads(ctx context.Context, t *store.Tenant, in NarrowInput) (int64, error) {
	q, err := f.askBy(ctx, t, in, segment.FromLeadFilter)
	if err != nil {
		return 0, err
	}
	page, err := q.asked(ctx, rules.RecordList{Of: rules.Leads, Rule: segment.Rule{Node: segment.All{}}})
	return page.total, err
}

func (f *Feature) leadGroups(ctx context.Context, in *groupsInput) (*groupsOutput, error) {
	q, err := f.askBy(ctx, f.tenant(ctx), in.NarrowInput, segment.FromLeadFilter)
	if err != nil {
		return nil, err
	}
	by := segment.LeadPathOf(in.By)
	_, known := segment.LeadFieldAt(by)
	if err := q.mayGroup(in.By, by, known, known); err != nil {
		return nil, err
	}
	return q.grouped(ctx, rules.RecordGroups{Of: rules.Leads, Rule: q.rule, Search: in.Q, By: by, Limit: in.Limit})
}
