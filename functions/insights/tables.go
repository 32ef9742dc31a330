package insights

import "strconv"

// The tables of the answers, for callers who ask for CSV. Amounts are in the currency of the column beside them; rules are left out.

// Table has a row for each cohort and month.
func (c Cohorts) Table() (header []string, rows [][]string) {
	for _, cohort := range c.Cohorts {
		for _, m := range cohort.Months {
			rows = append(rows, []string{cohort.Month, whole(cohort.Customers), strconv.Itoa(m.Since), m.Month, whole(m.Buyers), part(m.Retention), whole(m.Orders), m.Revenue.Amount.String(), c.Currency})
		}
	}
	return []string{"cohort", "customers", "since", "month", "buyers", "retention", "orders", "revenue", "currency"}, rows
}

// Table has a row for each point; who the top are is in the JSON alone.
func (c Curve) Table() (header []string, rows [][]string) {
	for _, p := range c.Points {
		rows = append(rows, []string{strconv.Itoa(p.Percent), whole(p.Customers), p.Revenue.Amount.String(), p.Revenue.Currency, part(p.Share)})
	}
	return []string{"percent", "customers", "revenue", "currency", "share"}, rows
}

// Table has a row for each tier.
func (p Pyramid) Table() (header []string, rows [][]string) {
	for _, t := range p.Tiers {
		rows = append(rows, []string{strconv.Itoa(t.FromPercent), strconv.Itoa(t.ToPercent), whole(t.Customers), t.Revenue.Amount.String(), t.Revenue.Currency, part(t.Share)})
	}
	return []string{"fromPercent", "toPercent", "customers", "revenue", "currency", "share"}, rows
}

// Table has a row for each cell in which anybody is.
func (g Grid) Table() (header []string, rows [][]string) {
	for _, c := range g.Cells {
		rows = append(rows, []string{whole(c.R), whole(c.F), whole(c.Customers), c.Revenue.Amount.String(), g.Currency})
	}
	return []string{"r", "f", "customers", "revenue", "currency"}, rows
}

// Table has a row for each value and period. Totals are in the JSON alone: a column that holds them too would add up wrongly.
func (p PivotTable) Table() (header []string, rows [][]string) {
	for _, r := range p.Rows {
		for i, c := range r.Cells {
			rows = append(rows, []string{r.Value, p.Periods[i], c.Revenue.Amount.String(), p.Currency, whole(c.Orders), whole(c.Buyers)})
		}
	}
	return []string{"value", "period", "revenue", "currency", "orders", "buyers"}, rows
}

// Table has a row for each day, or for each person who needs attention, as the caller chose.
func (m Morning) Table() (header []string, rows [][]string) {
	if m.table == "people" {
		return tableOfPeople(m.People)
	}
	for _, d := range m.Days {
		rows = append(rows, []string{d.Day, whole(d.Customers), whole(d.Orders), whole(d.Buyers), d.Revenue.Amount.String(), d.Revenue.Currency})
	}
	return []string{"day", "customers", "orders", "buyers", "revenue", "currency"}, rows
}

// tableOfPeople leaves a cell empty for what is not known of a person.
func tableOfPeople(people []Attention) (header []string, rows [][]string) {
	for _, a := range people {
		var days, alive, amount, currency string
		if a.Days != nil {
			days = whole(*a.Days)
		}
		if a.PAlive != nil {
			alive = part(*a.PAlive)
		}
		if a.Amount != nil {
			amount, currency = a.Amount.Amount.String(), a.Amount.Currency
		}
		rows = append(rows, []string{a.CustomerID, a.Name, a.Reason, days, alive, amount, currency})
	}
	return []string{"customerId", "name", "reason", "days", "pAlive", "amount", "currency"}, rows
}

func whole(n int64) string { return strconv.FormatInt(n, 10) }

func part(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
