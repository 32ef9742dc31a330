package lake

import (
	"maps"
	"slices"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

func customerRows(it *table.Item) ([]Row, error) {
	c, err := store.CustomerIn(it)
	if err != nil || c.MergedInto != "" { // one who was merged is not there: the other stands for both
		return nil, err
	}
	v := make(cells, 0, 24)
	for _, f := range customerTexts {
		v.text(f.column, f.get(&c.Fields))
	}
	v.list("tags", c.Tags)
	for _, slot := range consentSlots {
		v.text("consents."+slot, string(c.Consents[slot]))
	}
	v.origin(c.Origin)
	v.yesNo("sample", c.Sample)
	v.moment("createdAt", c.CreatedAt)
	v.moment("updatedAt", c.UpdatedAt)
	v.momentAt("archivedAt", c.ArchivedAt)
	for _, key := range slices.Sorted(maps.Keys(c.Custom)) {
		v.custom("custom."+key, c.Custom[key])
	}
	return []Row{{Subject: "customers", ID: c.ID, At: c.UpdatedAt, Cells: v}}, nil
}

// textField is a field of one text with its column.
type textField struct {
	column string
	get    func(*customer.Fields) string
}

var customerTexts = customerTextFields()

func customerTextFields() (out []textField) {
	for _, path := range customer.TextPaths() {
		out = append(out, textField{path, customer.TextAt(path)})
	}
	return out
}

var consentSlots = slots()

func slots() (out []string) {
	for _, p := range consent.Purposes {
		for _, c := range consent.Channels {
			out = append(out, consent.Slot(c, p))
		}
	}
	return out
}

func (c *cells) origin(o *origin.Origin) {
	if o != nil {
		c.text("origin.importId", o.ImportID)
		c.integer("origin.row", o.Row)
		c.integer("origin.version", o.Version)
	}
}

// custom writes a custom field by the type of its value, as customer's Normalise leaves it.
func (c *cells) custom(column string, v any) {
	switch v := v.(type) {
	case string:
		c.text(column, v)
	case float64:
		c.number(column, v)
	case bool:
		c.yesNo(column, v)
	case []any:
		c.list(dictionary.Items(column), texts(v))
	case map[string]any:
		amount, _ := v["amount"].(string)
		currency, _ := v["currency"].(string)
		if m, err := money.Parse(amount, currency); err == nil {
			c.money(column, m)
		}
	}
}

func texts(in []any) (out []string) {
	for _, v := range in {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func consentRows(it *table.Item) ([]Row, error) {
	customerID, said, err := store.ConsentIn(it)
	if err != nil || store.MovedAway(it) {
		return nil, err
	}
	var v cells
	v.text("customerId", customerID)
	v.text("channel", string(said.Channel))
	v.text("purpose", string(said.Purpose))
	v.text("state", string(said.State))
	v.text("source", said.Source)
	v.text("wording", said.Wording)
	v.moment("at", said.At)
	v.text("actor", said.Actor)
	return []Row{{Subject: "consents", ID: said.ID, At: said.At, Cells: v}}, nil
}

// entryRows leave out orders: orders has them, and their entries move when an order is put to another day.
func entryRows(it *table.Item) ([]Row, error) {
	if store.TellsOfOrder(it.Key) {
		return nil, nil
	}
	customerID, e, err := store.EntryIn(it)
	if err != nil || e.Type == timeline.Ordered || store.MovedAway(it) {
		return nil, err
	}
	var v cells
	v.text("customerId", customerID)
	v.text("type", string(e.Type))
	v.moment("at", e.At)
	v.text("actor", e.Actor)
	v.json("data", e.Data)
	return []Row{{Subject: "events", ID: e.ID, At: e.At, Cells: v}}, nil
}
