package dictionary

import "github.com/dangol/dangol/shared/crm/customfield"

// CustomType is the type of the column of a custom field. Dates are texts, as the records hold them (YYYY-MM-DD).
func CustomType(t customfield.Type) Type {
	switch t {
	case customfield.Number:
		return Number
	case customfield.Money:
		return Money
	case customfield.YesNo:
		return Bool
	case customfield.Choices:
		return List
	default:
		return Text
	}
}

// Custom are the fields of customers that a workspace has defined, to stand behind those of the dictionary. Keys that nobody has defined are columns too, of
// the type of their values; of several types, text, but for lists, which have a column of their own (Items).
func Custom(defined customfield.Set) []Field {
	out := make([]Field, 0, len(defined.Fields))
	for _, d := range defined.Fields {
		t := CustomType(d.Type)
		f := Field{Name: "custom." + d.Key, Type: t, Meaning: Meaning{d.Label.In("ko"), d.Label.In("en")}, Unit: units[t], Source: "the workspace's own field", PII: true}
		switch d.Type {
		case customfield.Date:
			f.Unit = units[Date]
		case customfield.Choices:
			f.Name = Items(f.Name)
		}
		out = append(out, f)
	}
	return out
}
