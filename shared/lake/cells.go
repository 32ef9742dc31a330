package lake

import (
	"time"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// cells collects the values of a row; those that are not there are left out, as the API leaves them out.
type cells []Cell

func (c *cells) text(column, v string) {
	if v != "" {
		*c = append(*c, Cell{column, v})
	}
}

func (c *cells) moment(column string, v time.Time) {
	if !v.IsZero() {
		*c = append(*c, Cell{column, v.UTC().Truncate(time.Millisecond)})
	}
}

func (c *cells) momentAt(column string, v *time.Time) {
	if v != nil {
		c.moment(column, *v)
	}
}

func (c *cells) integer(column string, v int64) { *c = append(*c, Cell{column, v}) }

func (c *cells) number(column string, v float64) { *c = append(*c, Cell{column, v}) }

func (c *cells) numberAt(column string, v *float64) {
	if v != nil {
		c.number(column, *v)
	}
}

func (c *cells) yesNo(column string, v bool) { *c = append(*c, Cell{column, v}) }

func (c *cells) list(column string, v []string) {
	if len(v) > 0 {
		*c = append(*c, Cell{column, v})
	}
}

// money writes two columns; an amount without a currency is none.
func (c *cells) money(field string, m money.Money) {
	if m.Currency != "" {
		*c = append(*c, Cell{dictionary.Amount(field), Units(m.Units())}, Cell{dictionary.Currency(field), m.Currency})
	}
}

func (c *cells) moneyAt(field string, m *money.Money) {
	if m != nil {
		c.money(field, *m)
	}
}
