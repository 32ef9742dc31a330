package lists

import (
	"context"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/store"
)

// question is one that is asked of a tenant's lake.
type question struct {
	lake   ask.Lake
	world  rules.World
	custom *customfield.Set
	rule   segment.Rule
}

// ask gets a question about the customers whom the input means ready.
func (f *Feature) ask(ctx context.Context, t *store.Tenant, in NarrowInput) (*question, error) {
	return f.askBy(ctx, t, in, segment.FromFilter)
}

// askBy gets a question ready: what was changed a moment ago is laid over the lake, and the filter is read.
func (f *Feature) askBy(ctx context.Context, t *store.Tenant, in NarrowInput, read segment.Grammar) (*question, error) {
	lake, err := f.env.Lake(t.ID)
	if err != nil {
		return nil, err
	}
	if err := in.LayOver(ctx, t, lake); err != nil {
		return nil, err
	}
	q := &question{lake: lake}
	if q.custom, err = t.CustomFields(ctx); err != nil {
		return nil, err
	}
	if err := q.know(ctx, t); err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Q) != "" {
		err = lake.Query(ctx, rules.AnyCompany(), func([]any) error { q.world.Companies = true; return nil })
		if err != nil {
			return nil, err
		}
	}
	if q.rule, err = read(in.Filter, q.typeOf); err != nil {
		return nil, err
	}
	return q, q.inside(ctx, audience.New(t, f.env.Objects(t.ID)))
}

// know reads what the meaning of a rule depends on beside the rule.
func (q *question) know(ctx context.Context, t *store.Tenant) error {
	ws, err := t.Workspace(ctx)
	if err != nil {
		return err
	}
	columns, err := q.lake.Columns(ctx, "customers")
	if err != nil {
		return err
	}
	q.world.Env = segment.Env{Now: t.Now(), Zone: ws.Zone(), Currency: ws.Currency}
	q.world.Custom = func(name string) (string, bool) {
		i := slices.IndexFunc(columns, func(c ask.Column) bool { return c.Name == name })
		if i < 0 {
			return "", false
		}
		return columns[i].Type, true
	}
	return nil
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

// inside gets the segments ready that the filter names. Like a field that is not there, one that is not there is refused: not to be in it would mean everybody.
func (q *question) inside(ctx context.Context, r *audience.Reader) error {
	named, err := r.Within(ctx, q.rule, q.world.Env)
	q.world.Segment, q.world.Frozen = named.Rule, named.Frozen
	return segment.InFilter(err)
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
	err = q.lake.Query(ctx, s, func(row []any) error {
		out.total, _ = row[0].(int64)
		if id, ok := row[1].(string); ok {
			out.places = append(out.places, rules.Place{ID: id, Keys: texts(row[2:])})
		}
		return nil
	})
	return out, err
}

func texts(values []any) []*string {
	out := make([]*string, len(values))
	for i, v := range values {
		if s, ok := v.(string); ok {
			out[i] = &s
		}
	}
	return out
}
