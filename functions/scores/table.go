package scores

import (
	"strconv"

	"github.com/dangol/dangol/shared/crm/score"
)

// Table has a row for each flow, for callers who ask for CSV; the stages, which the flows add up to, are in the JSON alone.
func (l Lifecycle) Table() (header []string, rows [][]string) {
	for _, f := range l.Flows {
		rows = append(rows, []string{l.From, l.To, string(f.From), string(f.To), strconv.Itoa(f.Customers), f.Revenue.Amount.String(), f.Revenue.Currency})
	}
	return []string{"fromMonth", "toMonth", "from", "to", "customers", "revenue", "currency"}, rows
}

// Table has a row for each cell of the grid, or for each tenth or tier of the pyramid, as the caller chose.
func (p Picture) Table() (header []string, rows [][]string) {
	switch p.table {
	case "deciles":
		return tableOfTiers(p.Pyramid.Deciles)
	case "tiers":
		return tableOfTiers(p.Pyramid.Tiers)
	default:
		return tableOfGrid(p.RFMGrid)
	}
}

func tableOfGrid(cells []score.Cell) (header []string, rows [][]string) {
	for _, c := range cells {
		rows = append(rows, []string{strconv.Itoa(c.R), strconv.Itoa(c.F), strconv.Itoa(c.Customers), c.Revenue.Amount.String(), c.Revenue.Currency})
	}
	return []string{"r", "f", "customers", "revenue", "currency"}, rows
}

func tableOfTiers(tiers []score.Tier) (header []string, rows [][]string) {
	for _, t := range tiers {
		rows = append(rows, []string{strconv.Itoa(t.FromPercent), strconv.Itoa(t.ToPercent), strconv.Itoa(t.Customers),
			t.Revenue.Amount.String(), t.Revenue.Currency, fraction(t.Share), fraction(t.Cumulative)})
	}
	return []string{"fromPercent", "toPercent", "customers", "revenue", "currency", "share", "cumulative"}, rows
}

func fraction(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
