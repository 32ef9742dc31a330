package exportwork

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/store"
)

// columns are those of the workspace's own fields, in their order; archived ones have none.
type columns struct {
	fields   []customfield.Field
	language string // ko or en: the workspace's
}

func ownColumns(ctx context.Context, t *store.Tenant) (columns, error) {
	set, err := t.CustomFields(ctx)
	if err != nil {
		return columns{}, err
	}
	w, err := t.Workspace(ctx)
	if err != nil {
		return columns{}, err
	}
	return columns{set.Live(), w.Language}, nil
}

// header names them by their labels, by which an import finds them too.
func (c columns) header() (out []string) {
	for _, f := range c.fields {
		out = append(out, f.Label.In(c.language))
	}
	return out
}

func (c columns) cells(who *customer.Customer) (out []string) {
	for _, f := range c.fields {
		out = append(out, f.Words(who.Custom[f.Key], c.language))
	}
	return out
}
