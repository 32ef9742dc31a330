package workspace

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/tenants/demo"
)

type sampleOutput struct{ Body sampled }

// sampled counts what the sample data holds.
type sampled struct {
	Customers int `json:"customers"`
	Products  int `json:"products"`
	Orders    int `json:"orders"`
	Segments  int `json:"segments"`
}

// most is how many operations one record of the sample data takes at most: a customer with unique values, timeline and three consents.
const most = 12

// addSample adds the records that are not there yet, in bounded transactions; some fifteen of them, well under a second. A call that was broken off
// is completed by the next one.
func (f *Feature) addSample(ctx context.Context, _ *struct{}) (*sampleOutput, error) {
	t := f.tenant(ctx)
	w, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	if err := mark(ctx, t, w, true); err != nil { // first, so that what was added can be removed at any time
		return nil, err
	}
	d := demo.Make(w, t.Now())
	tx, err := fill(ctx, t, d)
	if err != nil {
		return nil, err
	}
	out := &sampleOutput{sampled{len(d.Customers), len(d.Products), len(d.Orders), len(d.Segments)}}
	if err := api.Commit(ctx, tx, http.StatusOK, out); err != nil {
		return nil, err
	}
	return out, nil
}

func mark(ctx context.Context, t *store.Tenant, w *workspace.Workspace, sample bool) error {
	if w.Sample == sample {
		return nil
	}
	w.Sample = sample
	tx := t.Begin()
	tx.SaveWorkspace(w, []string{"sample"})
	return store.Raced(tx.Commit(ctx))
}

// fill writes what is missing and returns the last transaction, which is not committed.
func fill(ctx context.Context, t *store.Tenant, d *demo.Data) (*store.Tx, error) {
	all := writes(d)
	ids := make([]string, len(all))
	for i, w := range all {
		ids[i] = w.id
	}
	there, err := t.Present(ctx, ids)
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	for i, w := range all {
		if there[i] {
			continue
		}
		if tx.Len()+2*most > table.MaxTxItems { // room for this record, and for the reply in the last one
			if err := tx.Commit(ctx); err != nil {
				return nil, err
			}
			tx = t.Begin()
		}
		w.add(tx)
	}
	return tx, nil
}

// write is one record to add.
type write struct {
	id  string
	add func(*store.Tx)
}

// writes lists the records, those that others name first.
func writes(d *demo.Data) (all []write) {
	for _, p := range d.Products {
		all = append(all, write{p.ID, func(x *store.Tx) { x.CreateProduct(p) }})
	}
	for _, s := range d.Segments {
		all = append(all, write{s.ID, func(x *store.Tx) { x.CreateSegment(s) }})
	}
	for _, c := range d.Customers {
		all = append(all, write{c.ID, func(x *store.Tx) {
			x.CreateCustomer(c.Customer)
			for _, said := range c.Said {
				x.KeepConsent(c.ID, said)
			}
		}})
	}
	for _, o := range d.Orders {
		all = append(all, write{o.ID, func(x *store.Tx) { x.CreateOrder(o) }})
	}
	return all
}
