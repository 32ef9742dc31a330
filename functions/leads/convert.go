package leads

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/id"
)

type convertInput struct {
	ByID
	api.IfMatch
}

// ConvertReply names the lead as it is now and the customer that it became.
type ConvertReply struct {
	Lead     *lead.Lead         `json:"lead"`
	Customer *customer.Customer `json:"customer"`
}

type convertOutput struct {
	Body ConvertReply
}

// convert makes the customer and closes the lead in one transaction. An e-mail that a customer already has is refused with that customer named.
func (f *Feature) convert(ctx context.Context, in *convertInput) (*convertOutput, error) {
	t := f.tenant(ctx)
	l, err := open(ctx, t, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	made, err := lead.Convert(l)
	if err != nil {
		return nil, err
	}
	set, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	made.Customer.Custom = set.Defaults() // what a lead cannot say is not asked of it, see customfield.Field.Required
	now := t.Now()
	c := &customer.Customer{ID: t.NewID(id.Customer), Fields: made.Customer}
	l.Status, l.CustomerID, l.ConvertedAt = lead.Converted, c.ID, &now
	tx := t.Begin()
	tx.CreateCustomer(c, timeline.Entry{ID: t.NewID(id.Event), Type: timeline.LeadConverted, At: now, Data: map[string]any{
		"leadId": made.LeadID, "source": made.Source, "company": made.Company, "notes": made.Notes,
	}})
	tx.SaveLead(l, []string{"status", "customerId"})
	out := &convertOutput{Body: ConvertReply{Lead: l, Customer: c}}
	if err := api.Commit(ctx, tx, http.StatusOK, out); err != nil {
		return nil, t.Taken(ctx, err, c)
	}
	return out, nil
}
