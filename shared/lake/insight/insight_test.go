//go:build cgo

package insight_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/insight"
)

// zones are one ahead of UTC, one behind whose clocks change, one on both sides of none, and one of quarter hours.
var zones = []string{"Asia/Seoul", "America/New_York", "Europe/London", "Asia/Kathmandu"}

func TestAPivotIsWhatCountingSays(t *testing.T) {
	for _, zone := range zones {
		t.Run(zone, func(t *testing.T) {
			s := open(t, zone)
			for _, c := range []struct {
				rows  string
				step  insight.Step
				rule  string
				of    func(person) []string
				among func(person) bool
			}{
				{"", insight.ByMonth, "", func(person) []string { return []string{""} }, nil},
				{"customer.address.region", insight.ByMonth, "", func(p person) []string { return []string{p.region} }, nil},
				{"customer.address.region", insight.ByQuarter, `{"field":"customer.tags","op":"contains","value":"vip"}`, func(p person) []string { return []string{p.region} },
					func(p person) bool { return len(p.tags) == 1 }},
				{"customer.tags", insight.ByYear, "", func(p person) []string {
					if len(p.tags) == 0 {
						return []string{""}
					}
					return p.tags
				}, nil},
			} {
				p := insight.Pivot{Rows: c.rows, Step: c.step, Range: insight.Range{From: 2024 * 12, To: 2026*12 + 11}}
				if c.rule != "" {
					if err := p.Rule.UnmarshalJSON([]byte(c.rule)); err != nil {
						t.Fatal(err)
					}
				}
				s.samePivot(p, s.counted(p, c.of, c.among))
			}
		})
	}
}

// counted is the naive pivot, by value and first month, and by value over all of the range.
func (s *shop) counted(p insight.Pivot, of func(person) []string, among func(person) bool) map[string]*figures {
	out := map[string]*figures{}
	for _, o := range s.sales {
		who, month := s.people[o.customer], s.month(o.at)
		if who.archived || month < p.Range.From || month > p.Range.To || among != nil && !among(who) {
			continue
		}
		for _, value := range of(who) {
			cell := fmt.Sprintf("%s %d", value, month/p.Step.Months()*p.Step.Months())
			out[cell], out[value+" all"] = out[cell].add(o), out[value+" all"].add(o)
		}
	}
	return out
}

func (s *shop) samePivot(p insight.Pivot, want map[string]*figures) {
	s.t.Helper()
	statement, err := p.Statement(s.World)
	if err != nil {
		s.t.Fatal(err)
	}
	seen, entered := 0, map[string]int64{}
	for _, row := range s.ask(statement) {
		value, _ := row[1].(string)
		cell := want[fmt.Sprintf("%s %d", value, row[2])]
		seen++
		entered[value] += row[6].(int64)
		if cell == nil {
			s.t.Errorf("%s by %s: nobody bought in %v %v, got %v", p.Rows, p.Step, value, row[2], row)
			continue
		}
		if got := revenue(row[3]); !got.Equal(cell.revenue) || row[4] != cell.orders || row[5] != int64(len(cell.who)) {
			s.t.Errorf("%s by %s, %v: got %v, want %v %d %d", p.Rows, p.Step, row[2], row, cell.revenue, cell.orders, len(cell.who))
		}
	}
	for value, n := range entered {
		if got := int64(len(want[value+" all"].who)); n != got {
			s.t.Errorf("%s by %s: %q has %d buyers over the range, want %d", p.Rows, p.Step, value, n, got)
		}
	}
	if cells := len(want) - len(entered); seen != cells || cells == 0 {
		s.t.Errorf("%s by %s: %d cells, want %d", p.Rows, p.Step, seen, cells)
	}
}

func TestAPivotRefusesWhatItCannotShow(t *testing.T) {
	for name, p := range map[string]insight.Pivot{
		"a field of texts without end": {Rows: "customer.email", Step: insight.ByMonth},
		"a score":                      {Rows: "score.rfm.r", Step: insight.ByMonth},
		"a field that is none":         {Rows: `customer.x"; DROP TABLE orders`, Step: insight.ByMonth},
		"a step that is none":          {Rows: "customer.kind", Step: "week"},
		"a range that ends first":      {Rows: "customer.kind", Step: insight.ByMonth, Range: insight.Range{From: 2, To: 1}},
	} {
		if s, err := p.Statement(insight.World{Env: segment.Env{Now: until, Zone: time.UTC, Currency: "KRW"}}); err == nil {
			t.Errorf("%s: got %s", name, s.SQL)
		}
	}
}

// TestAPivotAsksForCustomFieldsByTheirColumns: what the lake has a column of decides, and a field that nobody has a value of is no mistake.
func TestAPivotAsksForCustomFieldsByTheirColumns(t *testing.T) {
	kinds := map[string]string{"custom.grade": "VARCHAR", "custom.likes.items": "VARCHAR[]", "custom.vip": "BOOLEAN", "custom.visits": "DOUBLE", "custom.deposit.amount": "DECIMAL(18,4)", "custom.deposit.currency": "VARCHAR"}
	custom := func(column string) (string, bool) { kind, ok := kinds[column]; return kind, ok }
	w := insight.World{Env: segment.Env{Now: until, Zone: time.UTC, Currency: "KRW"}, Custom: custom}
	for key, want := range map[string]bool{"grade": true, "likes": true, "vip": true, "new": true, "visits": false, "deposit": false} {
		p := insight.Pivot{Rows: "customer.custom." + key, Step: insight.ByMonth}
		if s, err := p.Statement(w); (err == nil) != want {
			t.Errorf("%s: got %v, %s", key, err, s.SQL)
		}
	}
}

func TestCohortsAreWhatCountingSays(t *testing.T) {
	for _, zone := range zones {
		t.Run(zone, func(t *testing.T) {
			s := open(t, zone)
			first := map[string]insight.Month{}
			for _, o := range s.sales {
				if m, known := first[o.customer]; !o.refund() && (!known || s.month(o.at) < m) {
					first[o.customer] = s.month(o.at)
				}
			}
			r := insight.Range{From: 2023*12 + 11, To: 2026*12 + 10}
			want := map[string]*figures{}
			for _, o := range s.sales {
				if m := s.month(o.at); first[o.customer] >= r.From && m >= r.From && m <= r.To && !s.people[o.customer].archived {
					key := fmt.Sprintf("%d %d", first[o.customer], s.month(o.at))
					want[key] = want[key].add(o)
				}
			}
			rows := s.ask(insight.Cohorts(r, s.World))
			if len(rows) != len(want) || len(rows) < 100 {
				t.Errorf("%d cells, want %d", len(rows), len(want))
			}
			for _, row := range rows {
				cell := want[fmt.Sprintf("%d %d", row[0], row[1])]
				if cell == nil || row[2] != int64(len(cell.who)) || row[3] != cell.orders || !revenue(row[4]).Equal(cell.revenue) {
					t.Errorf("got %v, want %+v", row, cell)
				}
			}
		})
	}
}

func TestDaysAreThoseOfTheZone(t *testing.T) {
	for _, zone := range zones {
		t.Run(zone, func(t *testing.T) {
			s := open(t, zone)
			days := insight.LastDays(s.World, 400) // over both changes of the clocks
			want, joined := map[string]*figures{}, map[string]int64{}
			for _, o := range s.sales {
				if !o.at.Before(days.From) && o.at.Before(days.To) {
					day := o.at.In(s.Zone).Format(time.DateOnly)
					want[day] = want[day].add(o)
				}
			}
			for _, p := range s.people {
				if !p.created.Before(days.From) && p.created.Before(days.To) {
					joined[p.created.In(s.Zone).Format(time.DateOnly)]++
				}
			}
			rows := s.ask(days.Sold(s.World))
			if len(rows) != len(want) || len(rows) < 300 {
				t.Errorf("%d days, want %d", len(rows), len(want))
			}
			for _, row := range rows {
				day := want[row[0].(time.Time).Format(time.DateOnly)]
				if day == nil || row[1] != day.orders || row[2] != int64(len(day.who)) || !revenue(row[3]).Equal(day.revenue) {
					t.Errorf("got %v, want %+v", row, day)
				}
			}
			rows = s.ask(days.Joined(s.World))
			if len(rows) != len(joined) || len(rows) == 0 {
				t.Errorf("%d days of new customers, want %d", len(rows), len(joined))
			}
			for _, row := range rows {
				if got := joined[row[0].(time.Time).Format(time.DateOnly)]; row[1] != got {
					t.Errorf("new on %v: got %v, want %d", row[0], row[1], got)
				}
			}
		})
	}
}
