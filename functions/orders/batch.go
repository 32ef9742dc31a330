package orders

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lanes"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// batchWorkers is how many orders of a batch are written at once.
const batchWorkers = 16

type batchInput struct {
	Body struct {
		Data []Fields `json:"data" minItems:"1" maxItems:"200" doc:"Each is recorded, or replaces the order with its externalId."`
	}
}

// BatchResult tells what became of one order, at the order's place.
type BatchResult struct {
	Status string       `json:"status" enum:"created,updated,failed"`
	ID     string       `json:"id,omitempty"`
	Error  *api.Problem `json:"error,omitempty"`
}

type batchOutput struct {
	Body struct {
		Data []BatchResult `json:"data"`
	}
}

// batch writes each order in a transaction of its own; orders with one externalId are written in their order.
func (f *Feature) batch(ctx context.Context, in *batchInput) (*batchOutput, error) {
	out := &batchOutput{}
	out.Body.Data = make([]BatchResult, len(in.Body.Data))
	key := func(o Fields) string { return o.ExternalID }
	err := lanes.Each(ctx, batchWorkers, in.Body.Data, key, func(ctx context.Context, i int, o Fields) error {
		out.Body.Data[i] = f.upsertResult(ctx, o)
		return ctx.Err()
	})
	return out, err
}

func (f *Feature) upsertResult(ctx context.Context, in Fields) BatchResult {
	status, orderID, err := f.upsert(ctx, in)
	if table.FailedLabel(err, store.LabelRecord) || table.FailedLabel(err, store.LabelExternalID) {
		status, orderID, err = f.upsert(ctx, in) // someone wrote the same order meanwhile: look again, once
	}
	if err != nil {
		return BatchResult{Status: "failed", Error: api.ProblemOf(ctx, err)}
	}
	return BatchResult{Status: status, ID: orderID}
}

func (f *Feature) upsert(ctx context.Context, in Fields) (status, orderID string, err error) {
	if in.ExternalID == "" {
		return "", "", errs.InvalidField("/externalId", "batch_key_missing")
	}
	t := f.tenant(ctx)
	o, err := f.resolve(ctx, t, in)
	if err != nil {
		return "", "", err
	}
	holder, err := t.OrderIDBy(ctx, o.ExternalID)
	if err != nil {
		return "", "", err
	}
	tx := t.Begin()
	if holder == "" {
		o.ID = t.NewID(id.Order)
		tx.CreateOrder(o)
		return "created", o.ID, tx.Commit(ctx)
	}
	was, err := t.Order(ctx, holder)
	if err != nil {
		return "", "", err
	}
	o.ID, o.CreatedAt, o.Sample = was.ID, was.CreatedAt, was.Sample
	tx.SaveOrder(was, o)
	return "updated", o.ID, tx.Commit(ctx)
}
