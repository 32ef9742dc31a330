package rules

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
)

// Column is one that rules read, with DuckDB's type.
type Column struct{ Subject, Name, Type string }

// types are those of the lake's columns for the types of rules; money is two columns, and custom fields are as they come.
var types = map[segment.Type]string{segment.Text: "VARCHAR", segment.Number: "DOUBLE", segment.Date: "TIMESTAMP", segment.Bool: "BOOLEAN", segment.Tags: "VARCHAR[]"}

// Columns lists every column that a rule may come to read, so that a test can hold the lake's dictionary against it.
func Columns() (out []Column) {
	for _, f := range segment.Fields() {
		out = append(out, columnsOf(f)...)
	}
	out = append(out, Column{"customers", "archivedAt", "TIMESTAMP"}, Column{"scores", "customerId", "VARCHAR"})
	out = append(out, Column{"orders", "customerId", "VARCHAR"}, Column{"orders", "orderedAt", "TIMESTAMP"}, Column{"orders", "products", "VARCHAR[]"},
		Column{"orders", "channel", "VARCHAR"}, Column{"orders", "campaignId", "VARCHAR"}, Column{"orders", "externalId", "VARCHAR"}, Column{"orders", "createdAt", "TIMESTAMP"})
	out = append(out, moneyColumns("orders", "total")...)
	out = append(out, Column{"events", "customerId", "VARCHAR"}, Column{"events", "type", "VARCHAR"}, Column{"events", "at", "TIMESTAMP"})
	out = append(out, Column{"messages", "customerId", "VARCHAR"}, Column{"messages", "campaignId", "VARCHAR"}, Column{"messages", "acceptedAt", "TIMESTAMP"})
	for _, name := range []string{"channel", "address", "state", "reason"} {
		out = append(out, Column{"messages", name, "VARCHAR"})
	}
	for _, name := range []string{"bouncedAt", "complainedAt", "unsubscribedAt"} {
		out = append(out, Column{"messages", name, "TIMESTAMP"})
	}
	for _, of := range kinds {
		out = append(out, of.columns()...)
	}
	return append(out, Column{"responses", "customerId", "VARCHAR"}, Column{"responses", "campaignId", "VARCHAR"}, Column{"responses", "kind", "VARCHAR"}, Column{"responses", "at", "TIMESTAMP"})
}

// columns are those that lists of the records read.
func (of Records) columns() (out []Column) {
	places := map[string]Column{}
	for _, s := range of.states {
		places[s.field] = Column{Subject: s.subject, Name: s.column}
	}
	for _, f := range of.Fields.All() {
		name := of.Fields.Name(f.Path)
		at, elsewhere := places[name]
		switch {
		case name == "id": // every row has one
		case elsewhere:
			out = append(out, Column{at.Subject, at.Name, types[f.Type]})
		case f.Type == segment.Money:
			out = append(out, moneyColumns(of.subject, name)...)
		default:
			out = append(out, Column{of.subject, name, types[f.Type]})
		}
	}
	return out
}

func columnsOf(f segment.FieldInfo) []Column {
	name, ofCustomer := strings.CutPrefix(f.Path, "customer.")
	switch {
	case name == "id":
		return nil // every row has one
	case name == "birthDate":
		return []Column{{"customers", name, "DATE"}}
	case ofCustomer:
		return []Column{{"customers", name, types[f.Type]}}
	case f.Type == segment.Money:
		return moneyColumns("scores", scoreMoney(f.Path))
	case f.Path == "score.churn":
		return nil // 1 - pAlive
	case f.Type == segment.Number:
		return []Column{{"scores", scoreColumn(f.Path), types[f.Type]}}
	default:
		return []Column{{"scores", strings.TrimPrefix(f.Path, "score."), types[f.Type]}}
	}
}

func moneyColumns(subject, field string) []Column {
	return []Column{{subject, amount(field), "DECIMAL(18,4)"}, {subject, currency(field), "VARCHAR"}}
}
