package audience

import (
	"context"
	"strings"

	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/rules"
)

// filterTypes are those that values of custom fields have in a filter.
var filterTypes = map[customfield.Type]segment.Type{customfield.Text: segment.Text, customfield.Link: segment.Text, customfield.Choice: segment.Text,
	customfield.Choices: segment.Text, customfield.Date: segment.Text, customfield.Money: segment.Money, customfield.Number: segment.Number, customfield.YesNo: segment.Bool}

// FilterTypes tells the types of custom fields in a filter: as they are defined or, where customers have one that is not, as their values are. column tells the type
// of a column of customers in the lake.
func FilterTypes(defined *customfield.Set, column func(name string) (kind string, known bool)) segment.Custom {
	return func(key string) (segment.Type, bool) {
		if d := defined.At(key); d != nil {
			return filterTypes[d.Type], true
		}
		if _, ofLists := column(dictionary.Items("custom." + key)); ofLists {
			return segment.Text, true
		}
		switch kind, _ := column("custom." + key); kind {
		case "":
			_, ofMoney := column("custom." + key + ".currency")
			return segment.Money, ofMoney
		case "DOUBLE", "BIGINT":
			return segment.Number, true
		case "BOOLEAN":
			return segment.Bool, true
		default:
			return segment.Text, true
		}
	}
}

// Found returns the ids of all whom a filter and a search of the list of customers find, sorted; of nothing to look for, everybody. It refuses what the list refuses.
func (l *Lake) Found(ctx context.Context, filter, search string) (ids []string, err error) {
	n, err := l.Narrowed(ctx, segment.FromFilter, filter, search)
	if err != nil {
		return nil, err
	}
	s, err := rules.Found(n.Rule, search, n.World)
	if err != nil {
		return nil, err
	}
	err = l.lake.Query(ctx, s, func(row []any) error {
		ids = append(ids, textOf(row[0]))
		return nil
	})
	return ids, err
}

// Narrowing is the filter of a list, read, and what has to be known to ask the lake by it.
type Narrowing struct {
	Rule   segment.Rule
	World  rules.World
	Fields *customfield.Set
}

// Narrowed reads the filter of a list, which may have a search beside it. It refuses what the list refuses, and a segment that is not there.
func (l *Lake) Narrowed(ctx context.Context, read segment.Grammar, filter, search string) (n Narrowing, err error) {
	if n.Fields, err = l.t.CustomFields(ctx); err != nil {
		return n, err
	}
	columns, err := l.lake.Columns(ctx, "customers")
	if err != nil {
		return n, err
	}
	if n.Rule, err = read(filter, FilterTypes(n.Fields, ask.Kinds(columns))); err != nil {
		return n, err
	}
	n.World, err = l.worldOf(ctx, n.Rule, columns)
	if err == nil && strings.TrimSpace(search) != "" {
		err = l.lake.Query(ctx, rules.AnyCompany(), func([]any) error { n.World.Companies = true; return nil })
	}
	return n, err
}
