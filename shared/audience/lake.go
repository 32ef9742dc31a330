package audience

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/recent"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Lake answers for one tenant as a Reader does, out of the tenant's lake: in milliseconds where a Reader reads every customer, and up to Lag behind the table.
type Lake struct {
	*Reader
	env  *env.Env
	lake ask.Lake
}

// Lag is how far behind the table the lake is at most while all is well.
const Lag = 3 * time.Second

// Over returns the answers from a tenant's lake.
func Over(e *env.Env, t *store.Tenant) (*Lake, error) {
	l, err := e.Lake(t.ID)
	if err != nil {
		return nil, fmt.Errorf("open the lake: %w", err)
	}
	return &Lake{New(t, e.Objects(t.ID)), e, l}, nil
}

// Soon makes it a lake for people who wait: where catching up takes longer than Lag, they see what it had before.
func (l *Lake) Soon() *Lake {
	l.lake = ask.Soon(l.lake, Lag)
	return l
}

// Await returns when the lake has what the table had at a moment; errs try_again when that takes too long.
func (l *Lake) Await(ctx context.Context, at time.Time) error {
	err := Await(ctx, l.env, l.t, at)
	if errors.Is(err, lake.ErrBehind) {
		return errs.New(errs.Unavailable, "try_again").Because(err)
	}
	return err
}

// Ask puts a statement to the lake.
func (l *Lake) Ask(ctx context.Context, s sqltext.Statement, each func(row []any) error) error {
	return l.lake.Query(ctx, s, each)
}

// Read reads the lake at length: all questions of f are answered by one state of it, where its engine can.
func (l *Lake) Read(ctx context.Context, f func(ask.State) error) error {
	return ask.Read(ctx, l.lake, f)
}

// LayOver shows the lake what the caller just changed.
func (l *Lake) LayOver(ctx context.Context, in recent.Input) error {
	return in.LayOver(ctx, l.t, l.lake)
}

// Columns are the names of the columns of customers, those of custom fields that somebody has filled among them.
func (l *Lake) Columns(ctx context.Context) (names []string, err error) {
	columns, err := l.lake.Columns(ctx, "customers")
	for _, c := range columns {
		names = append(names, c.Name)
	}
	return names, err
}

// CustomTypes are the types of the columns of custom fields.
func (l *Lake) CustomTypes(ctx context.Context) (map[string]dictionary.Type, error) {
	columns, err := l.lake.Columns(ctx, "customers")
	out := map[string]dictionary.Type{}
	for _, c := range columns {
		if !strings.HasPrefix(c.Name, "custom.") {
			continue
		}
		out[c.Name] = dictionary.Text
		for _, t := range dictionary.Types() {
			if t.DuckDB() == c.Type {
				out[c.Name] = t
				break
			}
		}
	}
	return out, err
}

// World is what a rule, of customers or of a list of orders, needs to know to be asked of the lake. Like Check, it refuses a rule that cannot be asked.
func (l *Lake) World(ctx context.Context, rule segment.Rule) (rules.World, error) {
	columns, err := l.lake.Columns(ctx, "customers")
	if err != nil {
		return rules.World{}, err
	}
	return l.worldOf(ctx, rule, columns)
}

func (l *Lake) worldOf(ctx context.Context, rule segment.Rule, columns []ask.Column) (rules.World, error) {
	env, err := l.ruleEnv(ctx)
	if err != nil {
		return rules.World{}, err
	}
	named, err := l.Within(ctx, rule, env)
	return rules.World{Env: env, Custom: ask.Kinds(columns), Segment: named.Rule, Frozen: named.Frozen}, err
}

// IDs returns the ids of all who meet the rule, sorted.
func (l *Lake) IDs(ctx context.Context, rule segment.Rule) ([]string, error) {
	return l.IDsAsOf(ctx, rule, time.Time{})
}

// IDsAsOf returns the ids of all who met the rule at a moment, sorted: by the orders, events and messages up to then, and by profiles and scores of today.
func (l *Lake) IDsAsOf(ctx context.Context, rule segment.Rule, at time.Time) (ids []string, err error) {
	w, err := l.World(ctx, rule)
	if err != nil {
		return nil, err
	}
	if !at.IsZero() {
		w.AsOf, w.Now = at, at
	}
	s, err := rules.Members(rule, w)
	if err != nil {
		return nil, err
	}
	err = l.lake.Query(ctx, s, func(row []any) error {
		ids = append(ids, textOf(row[0]))
		return nil
	})
	return ids, err
}

// Members returns the ids of a segment's members as of now, sorted: who meets the rule, or who was frozen into it.
func (l *Lake) Members(ctx context.Context, s *segments.Segment) ([]string, error) {
	if s.Membership == segments.Frozen {
		return l.frozen(ctx, s.ID)
	}
	rule, err := ruleOf(s)
	if err != nil {
		return nil, err
	}
	return l.IDs(ctx, rule)
}

// Preview counts who meets the rule and what they are worth, in one question.
func (l *Lake) Preview(ctx context.Context, rule segment.Rule) (Picture, error) {
	w, err := l.World(ctx, rule)
	if err != nil {
		return Picture{}, err
	}
	return l.preview(ctx, rule, w)
}

// PreviewOf is Preview for some customers, of whom those that are archived or gone do not count.
func (l *Lake) PreviewOf(ctx context.Context, ids []string) (Picture, error) {
	w, err := l.World(ctx, segment.Rule{Node: segment.All{}})
	if err != nil {
		return Picture{}, err
	}
	w.Frozen = func(string) ([]string, bool) { return ids, true }
	return l.preview(ctx, segment.Rule{Node: segment.Segment{ID: "these"}}, w)
}

func (l *Lake) preview(ctx context.Context, rule segment.Rule, w rules.World) (Picture, error) {
	s, err := rules.Preview(rule, SampleSize, w)
	if err != nil {
		return Picture{}, err
	}
	p, sample := Picture{Sample: []*customer.Customer{}}, []string(nil)
	err = l.lake.Query(ctx, s, func(row []any) error {
		p.Count, _ = row[0].(int64)
		sample = textsOf(row[1])
		p.Value, err = worth(textsOf(row[2]), textsOf(row[3]), w.Currency)
		return err
	})
	if err != nil {
		return Picture{}, err
	}
	p.Sample, err = l.Present(ctx, sample)
	return p, err
}

// worth are sums per currency, the workspace's first.
func worth(codes, sums []string, first string) ([]money.Money, error) {
	bag := money.Bag{}
	for i, code := range codes {
		sum, err := decimal.NewFromString(sums[i])
		if err != nil {
			return nil, fmt.Errorf("sum of %s: %w", code, err)
		}
		bag.Add(money.Money{Amount: sum, Currency: code})
	}
	return bagOf(bag, first), nil
}

// Present reads customers by id, in the order of the ids, and leaves out those archived or removed since.
func (r *Reader) Present(ctx context.Context, ids []string) ([]*customer.Customer, error) {
	out := []*customer.Customer{}
	for chunk := range slices.Chunk(ids, table.MaxBatchGet) {
		got, err := r.t.CustomersByID(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, c := range got {
			if c != nil && c.ArchivedAt == nil {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

func textOf(v any) string {
	s, _ := v.(string)
	return s
}

func textsOf(v any) []string {
	list, _ := v.([]string)
	return list
}
