package lists

import (
	"context"
	"strings"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/store"
)

// question is one that is asked of a tenant's lake.
type question struct {
	lake   *audience.Lake
	world  rules.World
	custom *customfield.Set
	rule   segment.Rule
}

// ask gets a question about the customers whom the input means ready.
func (f *Feature) ask(ctx context.Context, t *store.Tenant, in NarrowInput) (*question, error) {
	return f.askBy(ctx, t, in, segment.FromFilter)
}

// askBy gets a question ready: what was changed a moment ago is laid over the lake, and the filter is read. Like a field that is not there, a segment that is not
// there is refused: not to be in it would mean everybody.
func (f *Feature) askBy(ctx context.Context, t *store.Tenant, in NarrowInput, read segment.Grammar) (*question, error) {
	lake, err := audience.Over(f.env, t)
	if err != nil {
		return nil, err
	}
	if err := lake.Soon().LayOver(ctx, in.Input); err != nil {
		return nil, err
	}
	n, err := lake.Narrowed(ctx, read, in.Filter, in.Q)
	if err != nil {
		return nil, segment.InFilter(err)
	}
	return &question{lake: lake, world: n.World, custom: n.Fields, rule: n.Rule}, nil
}

// typeOf is the type of a custom field in a filter.
func (q *question) typeOf(key string) (segment.Type, bool) {
	return audience.FilterTypes(q.custom, q.world.Custom)(key)
}

// defined says whether a field that is a custom one was defined, or some customer has it.
func (q *question) defined(path string) bool {
	key, isCustom := strings.CutPrefix(path, "customer.custom.")
	_, known := q.typeOf(key)
	return known || !isCustom
}

// page is who is on a page, and how many there are in all.
type page struct {
	total  int64
	places []rules.Place
}

// ids are those of the page.
func (p page) ids() []string {
	out := make([]string, len(p.places))
	for i, at := range p.places {
		out[i] = at.ID
	}
	return out
}

// cut leaves as many as a page shows of one more, and returns the cursor of the next; "" when this is the last.
func (p *page) cut(ctx context.Context, limit int, query []string) string {
	if len(p.places) <= limit {
		return ""
	}
	p.places = p.places[:limit]
	return api.SealCursor(ctx, p.places[limit-1], query...)
}

// placeOf is where a cursor stands; nil for the first page.
func placeOf(ctx context.Context, cursor string, query []string) (*rules.Place, error) {
	var after rules.Place
	if turned, err := api.OpenCursor(ctx, cursor, &after, query...); err != nil || !turned {
		return nil, err
	}
	return &after, nil
}

// spare is how many more than a page of the highest scores are looked at, some of which may be of archived customers.
const spare = 8

func (q *question) page(ctx context.Context, l rules.List) (page, error) {
	if l.Short() && l.Limit > 0 {
		l.First = spare * l.Limit
		out, err := q.asked(ctx, l)
		if n := len(out.places); err != nil || n == l.Limit && out.places[n-1].Keys[0] != nil {
			return out, err
		}
		l.First = 0
	}
	return q.asked(ctx, l)
}

// listed is a list of something in the lake.
type listed interface {
	Statement(w rules.World) (sqltext.Statement, error)
}

func (q *question) asked(ctx context.Context, l listed) (out page, err error) {
	s, err := l.Statement(q.world)
	if err != nil {
		return out, err
	}
	err = q.lake.Ask(ctx, s, func(row []any) error {
		out.total, _ = row[0].(int64)
		if at, _ := rules.PlaceOf(row[1:], len(row)-2); at.ID != "" {
			out.places = append(out.places, at)
		}
		return nil
	})
	return out, err
}
