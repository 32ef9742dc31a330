package insights

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/insight"
	"github.com/dangol/dangol/shared/lake/rules"
)

// Curve is the 20/80 curve.
type Curve struct {
	AsOf    string      `json:"asOf,omitempty" format:"date" doc:"Last day counted by the scores; absent before the first rebuild."`
	Buyers  int64       `json:"buyers"`
	Revenue money.Money `json:"revenue" doc:"Of all buyers, in the workspace's currency."`
	Points  []Point     `json:"points" nullable:"false" doc:"For each percent of the buyers at which anybody stands."`
	Top     []TopBuyer  `json:"top" nullable:"false" doc:"Those who bring most among the percent asked for, up to ten."`
}

// Point is the buyers who bring most, up to a percent of all, together.
type Point struct {
	Percent   int         `json:"percent"`
	Customers int64       `json:"customers"`
	Revenue   money.Money `json:"revenue"`
	Share     float64     `json:"share" doc:"Of all revenue."`
	Rule      RawRule     `json:"rule"`
}

// TopBuyer is one of those who bring most.
type TopBuyer struct {
	CustomerID string      `json:"customerId"`
	Name       string      `json:"name"`
	Revenue    money.Money `json:"revenue"`
}

const (
	rank      = "score.revenueContribution.rankShare"
	topShown  = 10
	wholePart = 100
)

type curveInput struct {
	Percent int `query:"percent" minimum:"1" maximum:"100" default:"20" doc:"Of whom the top are wanted."`
}

func (f *Feature) curve(ctx context.Context, in *curveInput) (*struct{ Body Curve }, error) {
	v, err := f.view(ctx)
	if err != nil {
		return nil, err
	}
	out, err := v.points(ctx)
	if err == nil {
		out.Top, err = v.top(ctx, in.Percent)
	}
	return &struct{ Body Curve }{out}, err
}

// points adds up the hundredths of the buyers.
func (v *view) points(ctx context.Context) (Curve, error) {
	rows, err := v.rows(ctx, insight.Curve(v.World))
	out := Curve{Points: []Point{}, Top: []TopBuyer{}, Revenue: v.money(nil)}
	for _, row := range rows {
		amount, _ := row[2].(decimal.Decimal)
		out.Buyers, out.Revenue.Amount, out.AsOf = out.Buyers+count(row[1]), out.Revenue.Amount.Add(amount), max(out.AsOf, asOf(row[3]))
		percent := int(count(row[0]))
		out.Points = append(out.Points, Point{Percent: percent, Customers: out.Buyers, Revenue: out.Revenue,
			Rule: written(all(field(rank, "lte", float64(percent)/wholePart)))})
	}
	for i, p := range out.Points {
		out.Points[i].Share = share(p.Revenue.Amount, out.Revenue.Amount)
	}
	return out, err
}

func asOf(v any) string {
	if v == nil {
		return ""
	}
	return dayOf(v)
}

// top names those who bring most.
func (v *view) top(ctx context.Context, percent int) ([]TopBuyer, error) {
	r, err := segment.Parse(written(all(field(rank, "lte", float64(percent)/wholePart))), "/rule")
	if err != nil {
		return nil, err
	}
	s, err := rules.List{Rule: r, Sort: []rules.Sort{{Path: "score.revenue", Descending: true}}, Limit: topShown}.Statement(v.World)
	if err != nil {
		return nil, err
	}
	rows, err := v.rows(ctx, s)
	if err != nil {
		return nil, err
	}
	var ids []string
	revenue := map[string]string{}
	for _, row := range rows {
		if id := text(row[1]); id != "" {
			ids, revenue[id] = append(ids, id), text(row[2])
		}
	}
	found, err := v.tenant.CustomersByID(ctx, ids)
	out := []TopBuyer{}
	for _, c := range found {
		if c != nil {
			amount, _ := decimal.NewFromString(revenue[c.ID])
			out = append(out, TopBuyer{CustomerID: c.ID, Name: c.Name, Revenue: v.money(amount)})
		}
	}
	return out, err
}

// Pyramid is the buyers in tiers.
type Pyramid struct {
	AsOf  string `json:"asOf,omitempty" format:"date"`
	Tiers []Tier `json:"tiers" nullable:"false" doc:"Those who bring most first."`
}

// Tier is a stretch of the buyers in order of revenue.
type Tier struct {
	FromPercent int         `json:"fromPercent"`
	ToPercent   int         `json:"toPercent"`
	Customers   int64       `json:"customers"`
	Revenue     money.Money `json:"revenue"`
	Share       float64     `json:"share" doc:"Of all revenue."`
	Rule        RawRule     `json:"rule"`
}

// tiers end at these percents of the buyers, as those of the nightly picture.
var tiers = []int{1, 5, 20, 50, 100}

func (f *Feature) pyramid(ctx context.Context, _ *struct{}) (*struct{ Body Pyramid }, error) {
	v, err := f.view(ctx)
	if err != nil {
		return nil, err
	}
	curve, err := v.points(ctx)
	out := Pyramid{AsOf: curve.AsOf, Tiers: []Tier{}}
	from, done := 0, Point{Revenue: v.money(nil)}
	for _, to := range tiers {
		here := upTo(curve.Points, to, done)
		t := Tier{FromPercent: from, ToPercent: to, Customers: here.Customers - done.Customers, Revenue: v.money(here.Revenue.Amount.Sub(done.Revenue.Amount)), Rule: written(tierRule(from, to))}
		t.Share = share(t.Revenue.Amount, curve.Revenue.Amount)
		out.Tiers = append(out.Tiers, t)
		from, done = to, here
	}
	return &struct{ Body Pyramid }{out}, err
}

// upTo is the last point that is not beyond a percent.
func upTo(points []Point, percent int, before Point) Point {
	for _, p := range points {
		if p.Percent <= percent && p.Percent > before.Percent {
			before = p
		}
	}
	return before
}

func tierRule(from, to int) rule {
	if from == 0 {
		return all(field(rank, "lte", float64(to)/wholePart))
	}
	return all(field(rank, "gt", float64(from)/wholePart), field(rank, "lte", float64(to)/wholePart))
}

// Grid is the RFM grid.
type Grid struct {
	Currency string `json:"currency"`
	Cells    []Cell `json:"cells" nullable:"false" doc:"Those in which anybody is."`
}

// Cell is the customers of a pair of quintiles.
type Cell struct {
	R         int64       `json:"r" minimum:"1" maximum:"5"`
	F         int64       `json:"f" minimum:"1" maximum:"5"`
	Customers int64       `json:"customers"`
	Revenue   money.Money `json:"revenue"`
	Rule      RawRule     `json:"rule"`
}

func (f *Feature) grid(ctx context.Context, _ *struct{}) (*struct{ Body Grid }, error) {
	v, err := f.view(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := v.rows(ctx, insight.Grid(v.World))
	out := Grid{Currency: v.Currency, Cells: []Cell{}}
	for _, row := range rows {
		r, q := count(row[0]), count(row[1])
		out.Cells = append(out.Cells, Cell{R: r, F: q, Customers: count(row[2]), Revenue: v.money(row[3]), Rule: written(all(field("score.rfm.r", "eq", r), field("score.rfm.f", "eq", q)))})
	}
	return &struct{ Body Grid }{out}, err
}
