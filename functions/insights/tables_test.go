package insights

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/money"
)

// TestEveryRowHasTheCellsOfItsHeader: a row of a table is as long as its header, and there is one for each figure.
func TestEveryRowHasTheCellsOfItsHeader(t *testing.T) {
	won := money.Money{Amount: decimal.RequireFromString("-12.50"), Currency: "KRW"}
	for name, c := range map[string]struct {
		table api.Tabular
		rows  int
	}{
		"cohorts":        {Cohorts{Currency: "KRW", Cohorts: []Cohort{{Month: "2026-01", Months: []CohortMonth{{Revenue: won}, {Revenue: won}}}, {Months: []CohortMonth{{Revenue: won}}}}}, 3},
		"curve":          {Curve{Points: []Point{{Revenue: won}, {Revenue: won}}}, 2},
		"pyramid":        {Pyramid{Tiers: []Tier{{Revenue: won}}}, 1},
		"grid":           {Grid{Cells: []Cell{{Revenue: won}}}, 1},
		"pivot":          {PivotTable{Periods: []string{"2026-01", "2026-02"}, Rows: []PivotRow{{Value: "서울", Cells: []PivotCell{{Revenue: won}, {Revenue: won}}}}}, 2},
		"days":           {Morning{Days: []Day{{Revenue: won}, {Revenue: won}}, People: []Attention{{}}}, 2},
		"people":         {Morning{table: "people", Days: []Day{{Revenue: won}, {Revenue: won}}, People: []Attention{{Name: "=1+1", Amount: &won}}}, 1},
		"nobody's pivot": {PivotTable{Periods: []string{"2026-01"}}, 0},
	} {
		header, rows := c.table.Table()
		if len(rows) != c.rows {
			t.Errorf("%s: %d rows, want %d", name, len(rows), c.rows)
		}
		for _, row := range rows {
			if len(row) != len(header) {
				t.Errorf("%s: %q under %q", name, row, header)
			}
		}
	}
}
