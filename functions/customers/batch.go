package customers

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lanes"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// batchWorkers is how many items of a batch are written at once: enough to share the engine's commits, few beside other callers.
const batchWorkers = 16

// batchTries is how often an item is looked up and written anew when others write the same customer.
const batchTries = 5

type batchInput struct {
	Body struct {
		Data []customer.Fields `json:"data" minItems:"1" maxItems:"200" doc:"Each is created, or changes the customer with its externalId, else with its email; members that are absent stay."`
	}
}

// BatchResult tells what became of one item, at the item's place.
type BatchResult struct {
	Status string       `json:"status" enum:"created,updated,unchanged,failed"`
	ID     string       `json:"id,omitempty"`
	Error  *api.Problem `json:"error,omitempty"`
}

type batchOutput struct {
	Body struct {
		Data []BatchResult `json:"data"`
	}
}

// batch writes each item in a transaction of its own: one bad item does not keep the others out, and repeating a batch changes nothing more.
func (f *Feature) batch(ctx context.Context, in *batchInput) (*batchOutput, error) {
	set, err := f.tenant(ctx).CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	out := &batchOutput{}
	out.Body.Data = make([]BatchResult, len(in.Body.Data))
	err = lanes.Each(ctx, batchWorkers, in.Body.Data, batchKey, func(ctx context.Context, i int, item customer.Fields) error {
		out.Body.Data[i] = f.upsertResult(ctx, set, item)
		return ctx.Err()
	})
	return out, err
}

// batchKey keeps items about one customer in their order.
func batchKey(item customer.Fields) string {
	if key := customer.Text(item.ExternalID); key != "" {
		return key
	}
	email, _ := customer.Email(item.Email)
	return "@" + email
}

func (f *Feature) upsertResult(ctx context.Context, set *customfield.Set, item customer.Fields) BatchResult {
	var status, customerID string
	var err error
	for try := range batchTries {
		status, customerID, err = f.upsert(ctx, set, item)
		var lost *table.ConditionError
		if !errors.As(err, &lost) || try > 0 && errs.Code(err) == "customer_duplicate" {
			break // else someone wrote the same customer meanwhile: look again
		}
	}
	if err != nil {
		return BatchResult{Status: "failed", ID: customerID, Error: api.ProblemOf(ctx, err)}
	}
	return BatchResult{Status: status, ID: customerID}
}

func (f *Feature) upsert(ctx context.Context, set *customfield.Set, item customer.Fields) (status, customerID string, err error) {
	if item.ExternalID == "" && item.Email == "" {
		return "", "", errs.InvalidField("/externalId", "batch_key_missing")
	}
	t := f.tenant(ctx)
	fields, err := f.normalise(ctx, t, item)
	if err != nil {
		return "", "", err
	}
	was, err := known(ctx, t, fields)
	if err != nil {
		return "", "", err
	}
	if was == nil {
		return f.insert(ctx, t, set, fields)
	}
	c := *was
	c.Fields = customer.Merge(was.Fields, was.OwnKeys(fields))
	if len(item.Custom) > 0 {
		if err := changed(set, was, &c, nil); err != nil {
			return "", c.ID, err
		}
	}
	tx := t.Begin()
	tx.SaveCustomer(was, &c)
	if tx.Len() == 0 {
		return "unchanged", c.ID, nil
	}
	return "updated", c.ID, unique(ctx, t, tx.Commit(ctx), &c)
}

func (f *Feature) insert(ctx context.Context, t *store.Tenant, set *customfield.Set, fields customer.Fields) (status, customerID string, err error) {
	c := &customer.Customer{ID: t.NewID(id.Customer), Fields: fields}
	if err := defined(set, c, nil); err != nil {
		return "", "", err
	}
	tx := t.Begin()
	tx.CreateCustomer(c)
	return "created", c.ID, unique(ctx, t, tx.Commit(ctx), c)
}

// known finds the customer that an item means: by externalId if it has one, else by e-mail.
func known(ctx context.Context, t *store.Tenant, fields customer.Fields) (*customer.Customer, error) {
	label, value := store.LabelExternalID, fields.ExternalID
	if value == "" {
		label, value = store.LabelEmail, fields.Email
	}
	holder, err := t.CustomerIDBy(ctx, label, value)
	if err != nil || holder == "" {
		return nil, err
	}
	return t.Customer(ctx, holder)
}

// unique leaves a lost race for the caller to try again and turns a value that another customer holds into its refusal.
func unique(ctx context.Context, t *store.Tenant, err error, c *customer.Customer) error {
	if err == nil || table.FailedLabel(err, store.LabelRecord) {
		return err
	}
	return t.Taken(ctx, err, c)
}
