package scores

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// Lifecycle is where the customers stand at the end of a month, and who moved since the end of another.
type Lifecycle struct {
	From     string           `json:"from,omitempty" doc:"The earlier of the two months compared, YYYY-MM; absent while there is only one."`
	To       string           `json:"to" doc:"The later of the two months: its stages are shown."`
	AsOf     string           `json:"asOf" format:"date" doc:"The last day of To that was counted."`
	Currency string           `json:"currency"`
	Stages   []StageOf        `json:"stages" nullable:"false" doc:"In the order of the cycle, empty ones too."`
	Flows    []lifecycle.Flow `json:"flows" nullable:"false" doc:"Every move from From to To, those who stayed where they were among them: they add up to both months."`
	Months   []Month          `json:"months" nullable:"false" doc:"The months of which there are stages, the latest first, up to 24."`
	Reasons  []Meaning        `json:"reasons" nullable:"false" doc:"What each reason of a stage means, in the caller's language."`
}

// Month is a month with its stages.
type Month struct {
	lifecycle.Month
}

// StageOf is a stage with who is in it.
type StageOf struct {
	lifecycle.Count
	lifecycle.Words
	Share        float64 `json:"share" doc:"Of all customers, 0 to 1."`
	RevenueShare float64 `json:"revenueShare" doc:"Of the revenue of all, 0 to 1."`
}

// Meaning is a reason in words.
type Meaning struct {
	Reason lifecycle.Reason `json:"reason"`
	Words  string           `json:"words"`
}

type lifecycleInput struct {
	From string `query:"from" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" doc:"The earlier month (YYYY-MM); default the one before To." example:"2026-02"`
	To   string `query:"to" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" doc:"The later month (YYYY-MM); default the latest." example:"2026-03"`
}

// monthsShown is how many months are listed.
const monthsShown = 24

func (f *Feature) lifecycle(ctx context.Context, in *lifecycleInput) (*struct{ Body Lifecycle }, error) {
	t := f.tenant(ctx)
	months, err := t.LifecycleMonths(ctx, monthsShown)
	if err != nil {
		return nil, err
	}
	if len(months) == 0 {
		return nil, errs.New(errs.NotFound, "scores_not_built")
	}
	to, err := f.month(ctx, in.To, months, func(int) bool { return true })
	if err != nil {
		return nil, err
	}
	from, err := f.month(ctx, in.From, months, func(i int) bool { return months[i].Month.Month < to.Month.Month })
	if err != nil && in.From != "" {
		return nil, err
	}
	if from != nil && from.Month.Month >= to.Month.Month {
		return nil, errs.InvalidField("/query/from", "months_reversed")
	}
	flows, err := f.flows(ctx, from, to)
	if err != nil {
		return nil, err
	}
	return &struct{ Body Lifecycle }{shown(api.Language(ctx), from, to, flows, months)}, nil
}

// month is the one that was named, or the first of the list that fits; errs month_not_built.
func (f *Feature) month(ctx context.Context, name string, months []*store.LifecycleMonth, fits func(int) bool) (*store.LifecycleMonth, error) {
	for i, m := range months {
		if m.Month.Month == name || name == "" && fits(i) {
			return m, nil
		}
	}
	if name != "" { // further back than the list goes
		if m, err := f.tenant(ctx).LifecycleMonth(ctx, name); m != nil || err != nil {
			return m, err
		}
	}
	return nil, errs.Newf(errs.NotFound, "month_not_built", "month", name)
}

// flows are those that were counted with the later month, as long as the earlier one is the same still; else both months' files are compared.
func (f *Feature) flows(ctx context.Context, from, to *store.LifecycleMonth) ([]lifecycle.Flow, error) {
	if from == nil {
		return []lifecycle.Flow{}, nil
	}
	if from.Hash == to.FlowsOf && to.Flows != nil {
		return to.Flows, nil
	}
	a, err := f.open(ctx, from)
	if err != nil {
		return nil, err
	}
	defer a.close()
	b, err := f.open(ctx, to)
	if err != nil {
		return nil, err
	}
	defer b.close()
	flows := lifecycle.Flows(a.Next, b.Next, to.Currency)
	if err := a.Err(); err != nil {
		return nil, err
	}
	return flows, b.Err()
}

// file is a month that is being read.
type file struct {
	*lifecycle.Reader
	close func()
}

func (f *Feature) open(ctx context.Context, m *store.LifecycleMonth) (file, error) {
	t := f.tenant(ctx)
	object, _, err := f.env.Objects(t.ID).Get(ctx, t.LifecycleKey(m.Month.Month), 0, -1)
	if err != nil {
		return file{}, err
	}
	r, err := lifecycle.NewReader(object)
	if err != nil {
		_ = object.Close()
		return file{}, err
	}
	return file{r, func() { r.Close(); _ = object.Close() }}, nil
}

func shown(language string, from, to *store.LifecycleMonth, flows []lifecycle.Flow, months []*store.LifecycleMonth) Lifecycle {
	out := Lifecycle{To: to.Month.Month, AsOf: to.AsOf, Currency: to.Currency, Flows: flows, Stages: stages(language, to.Stages), Months: make([]Month, len(months))}
	if from != nil {
		out.From = from.Month.Month
	}
	for i, m := range months {
		out.Months[i] = Month{m.Month}
	}
	for _, r := range lifecycle.Reasons() {
		out.Reasons = append(out.Reasons, Meaning{r, lifecycle.Because(r, language)})
	}
	return out
}

func stages(language string, counts []lifecycle.Count) []StageOf {
	out := make([]StageOf, 0, len(counts))
	people, revenue := 0, money.Money{}
	for _, c := range counts {
		people += c.Customers
		revenue.Amount = revenue.Amount.Add(c.Revenue.Amount)
	}
	all := revenue.Amount.InexactFloat64()
	for _, c := range counts {
		out = append(out, StageOf{Count: c, Words: lifecycle.Explain(c.Stage, language), Share: part(float64(c.Customers), float64(people)),
			RevenueShare: part(c.Revenue.Amount.InexactFloat64(), all)})
	}
	return out
}

// part is a share of a total; of nothing there is none.
func part(of, total float64) float64 {
	if total <= 0 {
		return 0
	}
	return of / total
}
