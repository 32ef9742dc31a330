package scores

import "strconv"

// Table has a row for each flow, for callers who ask for CSV; the stages, which the flows add up to, are in the JSON alone.
func (l Lifecycle) Table() (header []string, rows [][]string) {
	for _, f := range l.Flows {
		rows = append(rows, []string{l.From, l.To, string(f.From), string(f.To), strconv.Itoa(f.Customers), f.Revenue.Amount.String(), f.Revenue.Currency})
	}
	return []string{"fromMonth", "toMonth", "from", "to", "customers", "revenue", "currency"}, rows
}
