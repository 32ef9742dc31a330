//go:build cgo

package main

import (
	"time"

	"github.com/dangol/dangol/shared/lake/insight"
	"github.com/dangol/dangol/shared/lake/quality"
)

// insights asks what dashboards show, over all of the history.
func (m *maker) insights() {
	whole := insight.Range{From: insight.MonthOf(until) - 47, To: insight.MonthOf(until)/12*12 + 11}
	whole.From -= whole.From % 12
	for _, rows := range []string{"", "customer.kind", "customer.address.region", "customer.tags", "customer.lifecycleStage", "customer.custom.colour"} {
		for _, step := range []insight.Step{insight.ByMonth, insight.ByQuarter, insight.ByYear} {
			s, err := insight.Pivot{Rows: rows, Step: step, Range: whole}.Statement(m.World)
			m.add(question{"pivot", rows + " by " + string(step), s}, err)
		}
	}
	for name, rule := range map[string]string{"of the customers of a region": `{"field":"customer.address.region","op":"eq","value":"서울"}`} {
		s, err := insight.Pivot{Rows: "customer.kind", Step: insight.ByMonth, Range: whole, Rule: m.rule(rule)}.Statement(m.World)
		m.add(question{"pivot", name, s}, err)
	}
	m.add(question{"cohorts", "of all months", insight.Cohorts(whole, m.World)}, nil)
	m.morning()
	m.add(question{"value", "curve", insight.Curve(m.World)}, nil)
	m.add(question{"value", "grid", insight.Grid(m.World)}, nil)
}

// morning asks what the first page shows.
func (m *maker) morning() {
	days := insight.LastDays(m.World, 38)
	m.add(question{"morning", "days", days.Sold(m.World)}, nil)
	m.add(question{"morning", "new customers", days.Joined(m.World)}, nil)
	m.add(question{"morning", "other currencies", days.Others(m.World)}, nil)
	m.add(question{"morning", "lapsing", insight.Lapsing(m.World, 5)}, nil)
	m.add(question{"morning", "missing", insight.Missing(m.World, 5)}, nil)
	m.add(question{"morning", "big first orders", insight.FirstOrders(m.World, 5)}, nil)
	m.add(question{"morning", "birthdays", insight.Birthdays(m.World, 5)}, nil)
}

// quality asks what the page of data quality shows: figures by field and source, work lists, duplicates.
func (m *maker) quality() {
	w := quality.World{Now: until, Zone: time.UTC, StaleMonths: 12}
	m.add(question{"quality", "figures", quality.Figures(w)}, nil)
	m.add(question{"quality", "duplicates counted", quality.DuplicateCount()}, nil)
	m.add(question{"quality", "duplicates, first page", quality.Duplicates("", 51)}, nil)
	m.add(question{"quality", "work: stale", quality.Work(w, quality.Record, quality.Stale, "", "", 51)}, nil)
	m.add(question{"quality", "work: e-mail missing", quality.Work(w, "email", quality.Missing, "", "", 51)}, nil)
	m.add(question{"quality", "work: e-mail invalid, of imports", quality.Work(w, "email", quality.Invalid, quality.Import, "", 51)}, nil)
}
