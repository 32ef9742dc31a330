package rules

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// customer is an expression for a column of the customer, and score for one of their score.
func customer(column string) string { return "c." + sqltext.Ident(column) }
func score(column string) string    { return "s." + sqltext.Ident(column) }
func ordered(column string) string  { return "o." + sqltext.Ident(column) }

// amount and currency name the two columns of a field of money, and items the one of the lists of a custom field.
func amount(field string) string   { return field + ".amount" }
func currency(field string) string { return field + ".currency" }
func items(field string) string    { return field + ".items" }

func (c *compiler) field(n segment.Field) string {
	f, known := segment.FieldAt(n.Path)
	if !known {
		return c.broken()
	}
	ofCustomer, isCustomer := strings.CutPrefix(n.Path, "customer.")
	c.scores = c.scores || !isCustomer
	switch f.Type {
	case segment.Text:
		return c.text(n, foldedText(n.Path), plainText(n.Path))
	case segment.Number:
		return c.number(n, scoreNumber(n.Path))
	case segment.Money:
		return c.money(n, score(amount(scoreMoney(n.Path))), score(currency(scoreMoney(n.Path))))
	case segment.Date:
		return c.customerDate(n, ofCustomer)
	case segment.Bool:
		return c.boolean(n, score("notEnoughData"))
	case segment.Tags:
		return c.list(n, customer(sqltext.Folded(ofCustomer)), customer(ofCustomer), false)
	default:
		return c.dynamic(n, ofCustomer)
	}
}

// plainText is a text of the customer or of their score, and foldedText the same as it is compared.
func plainText(path string) string {
	if column, of := strings.CutPrefix(path, "score."); of {
		return score(column)
	}
	return customer(strings.TrimPrefix(path, "customer."))
}

func foldedText(path string) string {
	if column, of := strings.CutPrefix(path, "score."); of {
		return sqltext.Fold(score(column))
	}
	return folded(strings.TrimPrefix(path, "customer."))
}

// folded is a text of the customer as it is compared: the runner keeps it beside the text, but for ids.
func folded(column string) string {
	if column == "id" {
		return sqltext.Fold(customer(column))
	}
	return customer(sqltext.Folded(column))
}

func (c *compiler) customerDate(n segment.Field, column string) string {
	if column == "birthDate" {
		return c.day(n, customer(column))
	}
	return c.moment(n, customer(column))
}

// scoreNumber is a figure of the score. Quintiles of 0 were not computed.
func scoreNumber(path string) string {
	switch column := score(scoreColumn(path)); path {
	case "score.rfm.r", "score.rfm.f", "score.rfm.m":
		return "nullif(" + column + ", 0)"
	case "score.churn":
		return "(1 - " + column + ")"
	default:
		return column
	}
}

// scoreColumn is the column of a figure, which segment names as its reader thinks of it.
func scoreColumn(path string) string {
	switch column := strings.TrimPrefix(path, "score."); column {
	case "daysSinceLast", "orders":
		return "rfm." + column
	case "churn":
		return "pAlive"
	case "expectedOrders":
		return "expectedOrders.value"
	default:
		return column
	}
}

func scoreMoney(path string) string {
	if path == "score.revenue" {
		return "rfm.revenue"
	}
	return strings.TrimPrefix(path, "score.")
}

func (c *compiler) boolean(n segment.Field, value string) string {
	want, _ := n.Value.(bool)
	switch n.Op {
	case segment.Eq:
		return value + " = " + c.Bind(want)
	case segment.Ne:
		return isNot(value + " = " + c.Bind(want))
	case segment.IsEmpty:
		return value + " IS NULL"
	case segment.IsNotEmpty:
		return value + " IS NOT NULL"
	default:
		return c.broken()
	}
}
