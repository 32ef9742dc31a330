package insights

import (
	"encoding/json"
	"time"

	"github.com/dangol/dangol/shared/lake/insight"
)

// rule is a rule as segments take it.
type rule = map[string]any

func field(path, op string, value any) rule { return rule{"field": path, "op": op, "value": value} }

func empty(path string) rule { return rule{"field": path, "op": "isEmpty"} }

// ordered asks for so many orders at times that meet a condition.
func ordered(op string, n int, when rule) rule {
	return rule{"orders": rule{"count": []any{op, n}, "where": when}}
}

func all(rules ...rule) rule { return rule{"all": rules} }

// written is a rule as it is sent; every one of this package can be written.
func written(r rule) json.RawMessage {
	b, _ := json.Marshal(r)
	return b
}

// boughtIn asks for those who ordered in a stretch of months.
func boughtIn(from, to insight.Month) rule {
	last := to.Start(time.UTC).AddDate(0, 1, -1)
	return ordered("gte", 1, field("order.orderedAt", "between", []string{day(from), last.Format(time.DateOnly)}))
}

// firstIn asks for those whose first order was in a month.
func firstIn(m insight.Month) []rule {
	return []rule{ordered("eq", 0, field("order.orderedAt", "before", day(m))), boughtIn(m, m)}
}

func day(m insight.Month) string { return m.Start(time.UTC).Format(time.DateOnly) }
